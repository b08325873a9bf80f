import { raw } from 'hono/html';
import type { Citation } from '#edition/index';
import { at } from '../addresses.ts';
import { escapeMarkup } from '../escape.ts';
import { directionOf } from '../languages.ts';
import { proseHtml } from '../markdown.ts';
import type { Notes } from '../notes.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';
import { printable } from './text.tsx';

interface ProseProps {
  readonly view: View;
  readonly notes: Notes;
  readonly of: Text | undefined;
  /** The level of the highest heading in it. */
  readonly headings?: number;
  /** The finding it belongs to, for links from its figures. */
  readonly finding?: string;
}

/** Prose of the edition, with numbered citations and figures that lead to their data. */
export function Prose({ view, notes, of, headings = 3, finding }: ProseProps) {
  if (!of) return null;
  const foreign = of.language !== view.language;
  if (foreign) view.seen.original = true;
  const html = proseHtml(printable(of.value), {
    cite: (citations) => citationMarks(view, notes, citations),
    claim: (figure, id) =>
      finding === undefined
        ? figure
        : `<a class="figure" href="${view.href(`${at.findings}#claim-${finding}-${id}`)}">${figure}</a>`,
    undecided: (figure) =>
      `${figure} <small class="undecided">(${escapeMarkup(view.say('finding.undecided'))})</small>`,
    headings,
    tableName: view.say('table.region'),
  });
  return (
    <div class="prose" {...(foreign ? { lang: of.language, dir: directionOf(of.language) } : {})}>
      {raw(html)}
    </div>
  );
}

/** Superscript numbers that lead to the endnotes. */
export function citationMarks(view: View, notes: Notes, citations: readonly Citation[]): string {
  const marks = citations.map((citation) => {
    const { number, first } = notes.cite(citation);
    const id = first ? ` id="ref-${number}"` : '';
    return `<a${id} href="#note-${number}" aria-label="${escapeMarkup(view.say('note.to', { number }))}">${number}</a>`;
  });
  return marks.length === 0 ? '' : `<sup class="cite">${marks.join(' ')}</sup>`;
}

export function Citations({ view, notes, of }: { view: View; notes: Notes; of: readonly Citation[] }) {
  return of.length === 0 ? null : <>{raw(citationMarks(view, notes, of))}</>;
}
