import { type Source, WEB_ADDRESS } from '#edition/index';
import { idMaker } from './ids.ts';
import type { Remarks } from './imported.ts';

const DATE_LIKE = /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2})$/;

/** Keeps each source once; where a cell names none, the tables themselves are cited. */
export function sourceKeeper(title: string, publisher: string | undefined, remarks: Remarks) {
  const makeId = idMaker();
  const release = makeId('release');
  const sources: Source[] = [
    {
      id: release,
      type: 'dataset',
      title: `${title}: published tables`,
      ...(publisher ? { publisher } : {}),
      custom: { kind: 'report' },
    },
  ];
  const known = new Map<string, string>();
  const keep = (text: string): string => {
    const isAddress = WEB_ADDRESS.test(text);
    const id = makeId(
      isAddress ? text.replace(/^https?:\/\/(?:www\.)?/, '').slice(0, 40) : text.slice(0, 40),
    );
    sources.push({
      id,
      type: isAddress ? 'webpage' : 'document',
      title: text.slice(0, 300),
      ...(isAddress ? { URL: text } : {}),
      custom: { kind: isAddress ? 'website' : 'documentation' },
    });
    known.set(text, id);
    return id;
  };
  return {
    release,
    all: (): readonly Source[] => sources,
    /** The citation of a cell with addresses or names of sources, separated by semicolons or line breaks. */
    cite: (cell: string): string => {
      const texts = cell
        .split(/[\n;]|\s(?=https?:\/\/)/)
        .map((text) => text.trim())
        .filter(Boolean);
      for (const text of texts)
        if (DATE_LIKE.test(text))
          remarks.add(
            'date-as-reference',
            `A source is called “${text}”, which looks like a date that a spreadsheet made of a reference.`,
          );
      return [...new Set(texts.map((text) => known.get(text) ?? keep(text)))].join('; ') || release;
    },
  };
}
