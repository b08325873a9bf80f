import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Which rooms a room may import. The table is the rule; docs/architecture.md says why. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  arithmetic: [],
  formats: [],
  'scoring/rules': ['arithmetic'],
  edition: ['arithmetic', 'scoring/rules'],
  scoring: ['arithmetic', 'scoring/rules', 'edition'],
  analysis: ['arithmetic', 'scoring/rules', 'edition', 'scoring'],
  tables: ['arithmetic', 'scoring/rules', 'edition', 'scoring'],
  evidence: ['arithmetic', 'formats', 'edition', 'scoring', 'tables'],
  importers: ['arithmetic', 'formats', 'scoring/rules', 'edition', 'scoring'],
  site: ['arithmetic', 'edition', 'scoring', 'analysis', 'tables', 'evidence'],
  cli: [
    'arithmetic',
    'scoring/rules',
    'edition',
    'scoring',
    'analysis',
    'tables',
    'evidence',
    'importers',
    'site',
  ],
};

/** The room of a path below src: the innermost that there is. */
const roomOf = (path: string): string =>
  Object.keys(MAY_IMPORT).findLast((room) => room.includes('/') && path.startsWith(`${room}/`)) ??
  path.split('/')[0] ??
  '';

/** Packages that belong to one room only. */
const PACKAGE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['tables', 'evidence'],
  'node:child_process': ['tables', 'evidence'],
  'write-excel-file/node': ['tables'],
  commander: ['cli'],
  'string-width': ['cli'],
  papaparse: ['edition', 'tables', 'importers'],
  yaml: ['edition'],
  'hono/html': ['site'],
  'hono/jsx': ['site'],
  'markdown-it': ['site'],
  'intl-messageformat': ['site'],
  sharp: ['site'],
  'playwright-core': ['evidence', 'site'],
  fflate: ['formats', 'tables', 'evidence', 'importers', 'site'],
  undici: ['evidence'],
  'tough-cookie': ['evidence'],
  parse5: ['evidence'],
  'css-tree/tokenizer': ['evidence'],
  'css-tree/utils': ['evidence'],
  'css-select': ['evidence'],
  'css-what': ['evidence'],
  'color-name': ['evidence'],
  unpdf: ['evidence'],
  chardet: ['formats'],
  numfmt: ['formats'],
  saxen: ['formats'],
  'postal-mime': ['evidence'],
  'fraction.js': ['arithmetic'],
  'pure-rand/generator/xoroshiro128plus': ['analysis'],
  warcio: ['evidence'],
  pkijs: ['evidence'],
};

const imports = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .flatMap((file) => {
    const room = roomOf(file);
    const source = readFileSync(join('src', file), 'utf8');
    return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => ({
      file,
      room,
      target: match[1] ?? '',
    }));
  });

describe('rooms', () => {
  it('are the ones in the table', () => {
    const outermost = Object.keys(MAY_IMPORT).filter((room) => !room.includes('/'));
    expect(readdirSync('src').toSorted()).toEqual(outermost.toSorted());
  });

  it('import only rooms above them', () => {
    const wrong = imports.filter(
      ({ room, target }) => target.startsWith('#') && !MAY_IMPORT[room]?.includes(roomOf(target.slice(1))),
    );
    expect(wrong).toEqual([]);
  });

  it('are entered by their doors', () => {
    const doors = [
      '#arithmetic/index',
      '#scoring/rules/index',
      '#formats/charset',
      '#formats/packed',
      '#formats/sheets',
      '#edition/index',
      '#edition/folder',
      '#scoring/index',
      '#scoring/reweigh',
      '#tables/index',
      '#tables/check',
      '#analysis/index',
      '#evidence/index',
      '#evidence/check',
      '#evidence/chromium',
      '#importers/index',
      '#site/index',
    ];
    expect(imports.filter(({ target }) => target.startsWith('#') && !doors.includes(target))).toEqual([]);
  });

  it('do not reach into each other by relative paths', () => {
    const leaves = ({ file, target }: (typeof imports)[number]) =>
      roomOf(join(file, '..', target)) !== roomOf(file);
    expect(imports.filter((found) => found.target.startsWith('.') && leaves(found))).toEqual([]);
  });

  it('keep their packages to themselves', () => {
    expect(
      imports.filter(({ room, target }) => PACKAGE_ROOMS[target] && !PACKAGE_ROOMS[target].includes(room)),
    ).toEqual([]);
  });
});
