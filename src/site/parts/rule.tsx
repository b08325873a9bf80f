import { combinedBy, type Measure, type Scale } from '#edition/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { T } from './text.tsx';

/** How the score of a measure is made, in a sentence or two. */
export function Rule({ view, measure, list = true }: { view: View; measure: Measure; list?: boolean }) {
  const { site, say, texts } = view;
  const children = combinedBy(site.edition.methodology).get(measure.id) ?? [];
  return (
    <div class="rule">
      <p>
        {measure.scale === undefined
          ? say(`rule.${measure.combine ?? 'sum'}`, { count: children.length })
          : answeredText(view, measure, site.scale(measure.scale))}
        {measure.reversed ? ` ${say('rule.reversed')}` : null}
        {measure.requires === undefined
          ? null
          : ` ${say('rule.requires', { share: percentOf(measure.requires) })}`}
        {measure.across ? ` ${say('rule.across', { rule: measure.across.services })}` : null}
        {measure['out-of'] === undefined ? null : ` ${say('rule.out-of', { outOf: measure['out-of'] })}`}
        {measure.weight === undefined ? null : ` ${say('rule.weight', { weight: measure.weight })}`}
      </p>
      {measure.bands ? (
        <ul>
          {measure.bands.map((band) => (
            <li>
              {say('rule.band', {
                from: band.from,
                to: band.to,
                points: band.points,
                name: band.name ?? 'none',
              })}
            </li>
          ))}
        </ul>
      ) : null}
      {list && children.length > 0 && children.length <= 30 ? (
        <ul>
          {children.map((child) => (
            <li>
              <a href={view.href(at.measure(child.id))}>
                <T view={view} of={texts.measure(child.id, 'name')} />
              </a>
              {child.weight === undefined ? null : ` × ${child.weight}`}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function answeredText({ say }: View, { normalise, direction }: Measure, scale: Scale | undefined): string {
  if (scale?.kind !== 'number') return say('rule.answered');
  if (!normalise) return say('rule.number');
  const how = say('rule.normalised', {
    method: normalise.method.replace('-', ''),
    direction: direction ?? 'higher',
  });
  return `${how} ${say('rule.floating')}`;
}

/** A share as it is declared, `0.6` or `2/3`, in per cent. */
function percentOf(share: string): number {
  const [numerator = '0', denominator = '1'] = share.split('/');
  return Math.round((Number(numerator) / Number(denominator)) * 1000) / 10;
}
