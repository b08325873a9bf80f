import type { Measure } from '#edition/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { T } from './text.tsx';

/** How the score of a measure is made, in a sentence or two. */
export function Rule({ view, measure, list = true }: { view: View; measure: Measure; list?: boolean }) {
  const { site, say, texts } = view;
  const children = site.childrenOf(measure.id).filter((child) => !child.recorded);
  return (
    <div class="rule">
      <p>
        {measure.scale === undefined
          ? say(`rule.${measure.combine ?? 'sum'}`, { count: children.length })
          : say('rule.answered')}
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
