import type { Company, Letter } from '#edition/index';
import { at } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import type { Notes } from '../notes.ts';
import type { View } from '../view.ts';
import { Citations } from './prose.tsx';
import { T } from './text.tsx';

/** What a company replied. Its silence is said as well. */
export function Letters({ view, notes, company }: { view: View; notes: Notes; company: Company }) {
  const { site, say } = view;
  if (site.edition.correspondence.length === 0) return null;
  const received = site.lettersOf(company.id).filter((letter) => letter.direction === 'received');
  return (
    <>
      <h2 id="replies">{say('letters.replies')}</h2>
      {received.length === 0 ? <p>{say('letters.none')}</p> : null}
      {received.map((letter) => (
        <LetterText view={view} notes={notes} letter={letter} />
      ))}
      <p>
        <a href={view.href(`${at.correspondence}#company-${company.id}`)}>{say('letters.all')}</a>
      </p>
    </>
  );
}

export function LetterText({ view, notes, letter }: { view: View; notes: Notes; letter: Letter }) {
  const { say, texts } = view;
  const date = letter.date === '' ? say('letters.undated') : formatDate(letter.date, view.language);
  return (
    <p>
      <strong>
        {say('letters.heading', {
          direction: letter.direction,
          kind: letter.kind,
          date,
          round: letter.round,
        })}
      </strong>{' '}
      <T view={view} of={texts.original(letter.about)} />
      <Citations
        view={view}
        notes={notes}
        of={letter.source ? [{ source: letter.source, locator: '' }] : []}
      />
      {letter.outcome ? (
        <>
          {' '}
          <em>{say('letters.outcome')}</em> <T view={view} of={texts.original(letter.outcome)} />
        </>
      ) : null}
    </p>
  );
}
