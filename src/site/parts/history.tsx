import { at } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import type { Notes } from '../notes.ts';
import type { View } from '../view.ts';
import { Prose } from './prose.tsx';
import { T } from './text.tsx';

/** What became of one score: in earlier editions, where they can be compared, and since this one was published. */
export function History({
  view,
  notes,
  unit,
  measure,
}: {
  view: View;
  notes: Notes;
  unit: string;
  measure: string;
}) {
  const { site, say } = view;
  const corrections = site.edition.corrections.filter((correction) =>
    correction.concerns?.some((concern) => concern.unit === unit && concern.measure === measure),
  );
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('history.title')}</h2>
      {site.earlier.length > 0 ? (
        <ul>
          {site.earlier.map(({ scored, comparison, printedScore }) => {
            const status = comparison.measures.find((own) => own.measure === measure)?.status;
            const comparable = status === 'same' || status === 'reworded';
            const before = comparable ? printedScore(unit, measure) : undefined;
            return (
              <li>
                <T view={view} of={view.texts.original(scored.edition.meta.title)} />:{' '}
                {before ?? say(comparable ? 'history.not-there' : 'history.not-comparable')}
              </li>
            );
          })}
        </ul>
      ) : null}
      {corrections.length === 0 ? (
        <p>
          {say('history.unchanged')} <a href={view.href(at.corrections)}>{say('nav.corrections')}</a>
        </p>
      ) : (
        corrections.map((correction) => (
          <div>
            <p>
              <strong>{formatDate(correction.date, view.language)}</strong>{' '}
              {say(`corrections.${correction.kind}`)}
            </p>
            <Prose view={view} notes={notes} of={view.texts.original(correction.text)} />
          </div>
        ))
      )}
    </section>
  );
}
