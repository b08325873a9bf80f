import { describe, expect, it } from 'vitest';
import { readEdition, withQuote } from '#edition/folder';
import { citationsIn, type Quote, WEB_ADDRESS } from '#edition/index';
import { expectedOf } from '../src/edition/findings.ts';
import { doubledKeys } from '../src/edition/json-keys.ts';
import { spansIn, splitSections, unshownMarks, withoutFences } from '../src/edition/markdown.ts';
import { textFile } from '../src/edition/place.ts';
import { editionSchema } from '../src/edition/schema.ts';
import { isCalled } from '../src/importers/table-rows.ts';
import { withoutMarks } from '../src/site/feed.ts';
import { proseHtml } from '../src/site/markdown.ts';
import { smallEdition } from './folders.ts';

/**
 * Readers of somebody's text take no longer than its length: at this length, one whose time grew with its square would take minutes (one
 * with its third power, years). There is nothing to time, only to come to an end.
 */
const LENGTH = 300_000;
const PIECES = [
  ' ', '\t', '\n', '\t,\t', '[', ']', '[@', '[@a', '![', '[a]{', '[]{claim=a', '[](', '[a](b', '*a ', '__*\t', '**', '__', '`', '```x\n', '~~~\n',
  '<', '<a', '<a ', '@a-b', '@a-', '-a', ';@', '# a {#\n', '# ', '> ', '- ', '1. ', '|', '| a |\n', '&', '&#', '\\', '!', '(', '((', '"', '{', '}', '/@/', 'tp://./', '.', '/', '#', '=', '0', ',000', 'a,', ' and ', '\u00a0', 'http://a.', '---\n', ':', '==\n', '[a]: b\n', '[^', '\u202e', '\\"',
]; // biome-ignore format: a list of pieces
const texts = PIECES.flatMap((piece) => {
  const many = piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
  return [many, `http://p${many}\t`, `a${many}x`, `0${many}\n\u0000`];
});
const context = { cite: () => '', claim: () => '', undecided: () => '', headings: 2, tableName: '' };
const quote = { id: 'a', source: 'b', text: 'c', start: 0, end: 1, exact: 'd' } as Quote;

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'citations of a text': (text) => citationsIn(text, () => undefined),
  'marks that are not shown': unshownMarks,
  spans: (text) => spansIn(text, () => undefined),
  sections: (text) => splitSections(textFile('x.md', text), 0),
  fences: withoutFences,
  'figures of a claim': expectedOf,
  'addresses of sources': (text) => WEB_ADDRESS.test(text),
  'the address of the publisher': (text) => editionSchema.safeParse({ contact: text }),
  'keys of JSON': (text) => doubledKeys(JSON.stringify([text, { [text]: text }])),
  'a text in a feed': withoutMarks,
  'patterns of files': (text) => isCalled(text, 'a*a*a*a*a*a*a*a*b.csv'),
};

describe('whatever a text repeats', () => {
  it.each(Object.keys(READERS))('%s are read in time', (name) => {
    for (const text of texts) READERS[name]?.(text);
  });

  it('prose becomes HTML in time', () => {
    for (const text of texts) proseHtml(text.slice(0, 60_000), context);
  });

  it('a quote is put at the end of the file in time', () => {
    expect(withQuote(`# ${'\n'.repeat(LENGTH)}x`, quote)).toContain('exact: d');
  });

  it('a folder is checked in time', () => {
    for (const text of texts.filter((_, index) => index % 4 === 2))
      readEdition(
        smallEdition({
          'background.md': text,
          'findings.md': `## a {#a}\n${text}`,
          'assessments/north.md': `---\nunit: north\n---\n# North\n## Drills {#drills}\n${text}`,
        }),
      );
  });
});

it('a table of a hundred thousand columns is refused in few words', () => {
  const { problems } = readEdition(smallEdition({ 'companies.csv': `id,name,${'0001,'.repeat(100_000)}\n` }));
  expect(problems.filter(({ file }) => file === 'companies.csv').length).toBeLessThan(200);
});

it('the forms of addresses mean what they meant before they were linear', () => {
  const signs = ['a', '.', '/', ' ', '@', ':'];
  const old = /^https?:\/\/[^\s/]+\.[^\s]*$/;
  const all = (length: number): string[] =>
    length === 0 ? [''] : all(length - 1).flatMap((text) => ['', ...signs].map((sign) => text + sign));
  for (const text of new Set(all(5)))
    expect(WEB_ADDRESS.test(`http://${text}`), text).toBe(old.test(`http://${text}`));
});
