import type { Measure } from '#edition/index';
import { at, PROSE_PAGES } from '../addresses.ts';
import type { Page } from '../page.ts';
import { Prose } from '../parts/prose.tsx';
import { Rule } from '../parts/rule.tsx';
import { T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';
import { Rubric } from './measure.tsx';

export function methodologyPages(site: Site): Page[] {
  const prose = (['recommendations', 'background'] as const).flatMap((file): Page[] =>
    site.edition.prose[file] === undefined
      ? []
      : [
          {
            path: PROSE_PAGES[file],
            kind: file,
            title: (view) => view.say(`${file}.title`),
            body: (view, notes) => (
              <>
                <h1>{view.say(`${file}.title`)}</h1>
                <Prose view={view} notes={notes} of={withoutTitle(view.texts.prose(file))} headings={2} />
              </>
            ),
          },
        ],
  );
  return [
    {
      path: at.methodology,
      kind: 'methodology',
      title: (view) => view.say('nav.methodology'),
      body: (view, notes) => (
        <>
          <h1>{view.say('nav.methodology')}</h1>
          <Prose view={view} notes={notes} of={withoutTitle(view.texts.prose('method'))} headings={2} />
          <Methodology view={view} />
        </>
      ),
    },
    ...prose,
  ];
}

/** The page has a title of its own; that of the file would stand twice. */
function withoutTitle(text: Text | undefined): Text | undefined {
  return text && { ...text, value: text.value.replace(/^# .*\n+/, '') };
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
        })}
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
