import type { Company, Measure, Service } from '#edition/index';
import { at } from '../addresses.ts';
import type { Notes } from '../notes.ts';
import type { Answer } from '../site.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';
import { Citations } from './prose.tsx';
import { languageOf, Marked, Name, T } from './text.tsx';

type Unit = Company | Service;

/** What an answer is called. */
export function answerName(view: View, { answer, scale }: Pick<Answer, 'answer' | 'scale'>): Text {
  const name = scale && view.texts.option(scale.id, answer, 'name');
  if (name) return name;
  const state = ['not-applicable', 'no-evidence', 'not-assessed'].find((candidate) => candidate === answer);
  const measuredIn = scale?.['measured-in'];
  if (!state && measuredIn)
    return { value: `${answer} ${measuredIn}`, language: view.site.edition.meta.languages[0] ?? 'en' };
  return {
    value: state ? view.say(`state.${state}` as 'state.not-assessed') : answer,
    language: view.language,
  };
}

/** The recorded facts about units, below one measure or all: what was found, by whom it can be checked, never scored itself. */
export function Facts({
  view,
  notes,
  units,
  below,
  heading = 2,
  title,
}: {
  view: View;
  notes: Notes;
  units: readonly Unit[];
  below?: Measure;
  heading?: 2 | 3;
  title?: string;
}) {
  const { site, say, texts } = view;
  const facts = site.edition.methodology.measures
    .filter((measure) => measure.scale !== undefined && measure !== below)
    .filter((measure) => (below ? site.lineageOf(measure.id).includes(below) : measure.recorded === true))
    .flatMap((measure) =>
      units.flatMap((unit) => {
        const answer = site.answer(unit.id, measure.id);
        return answer ? [{ measure, unit, answer }] : [];
      }),
    );
  if (facts.length === 0) return null;
  const Heading = heading === 2 ? 'h2' : 'h3';
  return (
    <>
      <Heading id="facts">
        {title ?? say(facts.every(({ measure }) => measure.recorded) ? 'facts.title' : 'measure.found')}
      </Heading>
      <section class="scroll" tabindex={0} aria-labelledby="facts">
        <table class="facts stacked">
          <thead>
            <tr>
              <th scope="col">{say('facts.question')}</th>
              {units.length > 1 ? <th scope="col">{say('facts.unit')}</th> : null}
              <th scope="col">{say('facts.answer')}</th>
              <th scope="col">{say('facts.note')}</th>
            </tr>
          </thead>
          <tbody>
            {facts.map(({ measure, unit, answer }) => (
              <tr>
                <th scope="row">
                  <a href={view.href(at.measure(measure.id))}>
                    <T view={view} of={texts.measure(measure.id, 'name')} />
                  </a>
                </th>
                {units.length > 1 ? (
                  <td data-label={say('facts.unit')}>
                    <Name view={view} of={texts.company(unit.id, 'name') ?? texts.service(unit.id, 'name')} />
                  </td>
                ) : null}
                <td class="answer">
                  <T view={view} of={answerName(view, answer)} />
                </td>
                <td {...languageOf(view, texts.note(unit.id, measure.id))}>
                  <Marked of={texts.note(unit.id, measure.id)} />
                  <Citations view={view} notes={notes} of={answer.citations} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
