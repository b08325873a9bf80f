import type { Measure } from '#edition/index';
import { at } from '../addresses.ts';
import type { Page } from '../page.ts';
import { Prose } from '../parts/prose.tsx';
import { Rule } from '../parts/rule.tsx';
import { T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { Rubric } from './measure.tsx';

export function methodologyPages(site: Site): Page[] {
  const background: Page[] =
    site.edition.background === undefined
      ? []
      : [
          {
            path: at.background,
            kind: 'background',
            title: (view) => view.say('background.title'),
            body: (view, notes) => (
              <>
                <h1>{view.say('background.title')}</h1>
                <Prose view={view} notes={notes} of={view.texts.background} headings={2} />
              </>
            ),
          },
        ];
  return [
    {
      path: at.methodology,
      kind: 'methodology',
      title: (view) => view.say('nav.methodology'),
      body: (view) => (
        <>
          <h1>{view.say('nav.methodology')}</h1>
          <Methodology view={view} />
        </>
      ),
    },
    ...background,
  ];
}

/** Everything that turns answers into ranks, in words, from the rules as they are declared. */
export function Methodology({ view, level = 2 }: { view: View; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const { site, say, texts } = view;
  const { methodology } = site.edition;
  const roots = methodology.measures.filter(
    (measure) => measure.parent === undefined || !site.measure(measure.parent),
  );
  const scored = methodology.scales.filter((scale) =>
    scale.answers.some((option) => option.points !== undefined),
  );
  const recorded = methodology.scales.filter((scale) => scale.kind !== 'number' && !scored.includes(scale));
  const notAssessed = methodology['not-assessed'] ?? 'range';
  const isFloating = site.scored.scores.plan.nodes.some(({ floating }) => floating);
  return (
    <>
      <p class="standfirst">
        {say('methodology.ranking', {
          basis: methodology.ranking.basis,
          rule: methodology.rounding.rule.replace('-', ''),
          digits: methodology.rounding.digits,
        })}{' '}
        {view.has(at.background) ? <a href={view.href(at.background)}>{say('background.title')}</a> : null}
      </p>
      <p>
        {say('methodology.states')}
        {notAssessed === 'range'
          ? null
          : ` ${say('methodology.not-assessed', { mode: notAssessed.replace('-', '') })}`}
        {isFloating ? ` ${say('methodology.floating')}` : null}
      </p>
      <Heading id="measures">{say('methodology.measures')}</Heading>
      <ul class="tree">
        {roots.map((measure) => (
          <Branch view={view} measure={measure} />
        ))}
      </ul>
      {scored.length > 0 ? <Heading id="scales">{say('methodology.scales')}</Heading> : null}
      {scored.map((scale) => (
        <Rubric view={view} scale={scale} />
      ))}
      {recorded.length > 0 ? (
        <>
          <Heading id="recorded">{say('methodology.recorded-scales')}</Heading>
          <p>{say('measure.recorded')}</p>
          {recorded.map((scale) => (
            <>
              <p>
                {methodology.measures
                  .filter((measure) => measure.scale === scale.id)
                  .map((measure, index) => (
                    <>
                      {index > 0 ? ', ' : ''}
                      <T view={view} of={texts.measure(measure.id, 'name')} />
                    </>
                  ))}
              </p>
              <Rubric view={view} scale={scale} />
            </>
          ))}
        </>
      ) : null}
    </>
  );
}

function Branch({ view, measure }: { view: View; measure: Measure }) {
  const { site, say, texts } = view;
  const children = site.childrenOf(measure.id);
  return (
    <li>
      <a href={view.href(at.measure(measure.id))}>
        <T view={view} of={texts.measure(measure.id, 'name')} />
      </a>
      {measure.weight === undefined ? null : ` × ${measure.weight}`}
      {measure.recorded ? ` (${say('measure.recorded-short')})` : null}
      {measure.scale === undefined ? <Rule view={view} measure={measure} list={false} /> : null}
      {children.length > 0 ? (
        <ul>
          {children.map((child) => (
            <Branch view={view} measure={child} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
