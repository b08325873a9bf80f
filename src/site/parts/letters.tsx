import type { Company, Letter } from '#edition/index';
import { at } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import type { Notes } from '../notes.ts';
import type { View } from '../view.ts';
import { Citations } from './prose.tsx';
import { languageOf, Marked, T } from './text.tsx';

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
  const [about, outcome] = [texts.original(letter.about), texts.original(letter.outcome)];
  const remark = texts.original(letter.remark || undefined);
  return (
    <>
      <h3>
        {say('letters.heading', {
          direction: letter.direction,
          kind: letter.kind,
          date,
          round: letter.round,
        })}
      </h3>
      <p {...languageOf(view, about)}>
        <Marked of={about} />
        <Citations
          view={view}
          notes={notes}
          of={letter.source ? [{ source: letter.source, locator: '' }] : []}
        />
      </p>
      {outcome && outcome.language === view.language ? (
        <p>
          <em>{say('letters.outcome')}</em> <Marked of={outcome} />
        </p>
      ) : null}
      {outcome && outcome.language !== view.language ? (
        <>
          <p>
            <em>{say('letters.outcome')}</em>
          </p>
          <p {...languageOf(view, outcome)}>
            <Marked of={outcome} />
          </p>
        </>
      ) : null}
      {letter.reply_by === '' ? null : (
        <p>{say('letters.reply-by', { date: formatDate(letter.reply_by, view.language) })}</p>
      )}
      {remark ? (
        <p class="remark">
          <em>{say('letters.remark')}</em> <T view={view} of={remark} />
        </p>
      ) : null}
    </>
  );
}
