import type { Measure } from '#edition/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { Bar } from './bar.tsx';
import { answerName } from './facts.tsx';
import { Name, plainText, T } from './text.tsx';

/** Names are listed beside a bar as long as there are no more than these. */
const MOST_NAMED = 12;

interface Bin {
  readonly answer: string;
  readonly units: readonly string[];
}

/** How often each answer was given, in the order of the scale; empty for what is not answered by choice. */
export function binsOf(view: View, measure: Measure): readonly Bin[] {
  const { site } = view;
  const scale = site.scale(measure.scale);
  if (!scale || scale.kind === 'number') return [];
  const units =
    (measure.unit ?? 'company') === 'service' || measure.across
      ? site.edition.services
      : site.ranking.rows.flatMap(({ company }) => site.company(company) ?? []);
  const given = Map.groupBy(
    units.filter(({ id }) => site.answer(id, measure.id)),
    ({ id }) => site.answer(id, measure.id)?.answer ?? '',
  );
  const order = scale.answers.map(({ answer }) => answer);
  const states = [...given.keys()].filter((answer) => !order.includes(answer));
  return [...order, ...states].map((answer) => ({
    answer,
    units: (given.get(answer) ?? []).map(({ id }) => id),
  }));
}

/** A chart in a sentence, rows of bars, and its source: how often each answer to a measure was given, and to whom. */
export function Distribution({ view, measure }: { view: View; measure: Measure }) {
  const { site, say, texts } = view;
  const bins = binsOf(view, measure);
  const all = bins.reduce((sum, { units }) => sum + units.length, 0);
  const most = bins.toSorted((a, b) => b.units.length - a.units.length)[0];
  if (all === 0 || !most) return null;
  const scale = site.scale(measure.scale);
  const longest = most.units.length;
  return (
    <figure class="chart">
      <figcaption>
        {say('chart.distribution', {
          measure: plainText(texts.measure(measure.id, 'name')?.value ?? measure.id),
          count: longest,
          all,
          name: plainText(answerName(view, { answer: most.answer, scale }).value),
        })}
      </figcaption>
      <ul>
        {bins
          .filter(
            ({ answer, units }) => units.length > 0 || scale?.answers.some((own) => own.answer === answer),
          )
          .map(({ answer, units }) => (
            <li>
              <span class="bin">
                <T view={view} of={answerName(view, { answer, scale })} />
              </span>
              <b>{units.length}</b>
              <Bar of={{ from: 0, width: Math.round((units.length / longest) * 100), open: 0 }} />
              {units.length > 0 && units.length <= MOST_NAMED ? (
                <small>
                  {units.map((unit, index) => (
                    <>
                      {index > 0 ? ', ' : ''}
                      <Name view={view} of={texts.company(unit, 'name') ?? texts.service(unit, 'name')} />
                    </>
                  ))}
                </small>
              ) : null}
            </li>
          ))}
      </ul>
      <p class="source">
        {say('chart.source', { title: plainText(texts.title.value) })}{' '}
        <a href={view.href(at.measure(measure.id))}>
          <T view={view} of={texts.measure(measure.id, 'name')} />
        </a>
      </p>
    </figure>
  );
}
