import { at } from '../addresses.ts';
import type { Notes } from '../notes.ts';
import type { View } from '../view.ts';
import { QuoteInContext } from './quote.tsx';
import { SourceReference } from './reference.tsx';

/** The sources a page cites, by number, each with its honest label and the way back to the text. */
export function Endnotes({ view, notes, heading = 2 }: { view: View; notes: Notes; heading?: 2 | 3 }) {
  const { say, site } = view;
  if (notes.citations.length === 0) return null;
  const Heading = heading === 2 ? 'h2' : 'h3';
  return (
    <section class="notes" aria-labelledby="notes">
      <Heading id="notes">{say('note.title')}</Heading>
      <ol>
        {notes.citations.map((citation, index) => {
          const { source: id, locator } = citation;
          const source = site.source(id);
          const quote = site.quote(citation.quote);
          return (
            <li id={`note-${index + 1}`}>
              {source ? <SourceReference view={view} source={source} locator={locator} /> : id}{' '}
              <span class="label">{say(`label.${site.labelOf(citation)}`)}</span>{' '}
              {view.has(at.source(id)) ? <a href={view.href(at.source(id))}>{say('note.source')}</a> : null}{' '}
              <a href={`#ref-${index + 1}`} aria-label={say('note.back', { number: index + 1 })}>
                ↑
              </a>
              {quote ? <QuoteInContext view={view} quote={quote} /> : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
