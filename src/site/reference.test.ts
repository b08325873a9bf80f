import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import type { CslDate, Source } from '#edition/index';
import { bibtex, citeText, cslJson, ris, sourcesAsBibtex, sourcesAsRis } from './cite.ts';
import { cslDateText, formatDate } from './dates.ts';
import { translator } from './messages.ts';
import { reference, referenceText } from './reference.ts';

const source = (rest: Partial<Source>): Source => ({
  id: 'one',
  type: 'webpage',
  title: 'Title',
  custom: { kind: 'website' },
  ...rest,
});
const text = (rest: Partial<Source>, language: 'en' | 'fr' = 'en') =>
  referenceText(reference(source(rest), language, translator(language)));
const real = readEdition('editions/message-privacy/2016').edition?.sources ?? [];

describe('a date', () => {
  it('is written as exactly as it is known, in the words of the language', () => {
    expect(['2016', '2016-07', '2016-07-12'].map((date) => formatDate(date, 'en'))).toEqual([
      '2016',
      'July 2016',
      '12 July 2016',
    ]);
    expect(formatDate('2016-07-12', 'fr')).toBe('12 juillet 2016');
    expect(formatDate('2016-07-12', 'ar')).toMatch(/^12 .* 2016$/);
  });

  it('stays as it is where it is none', () => {
    expect(formatDate('spring 2016', 'en')).toBe('spring 2016');
    expect(formatDate('2016-13-45', 'en')).toBe('2016-13-45');
  });

  it('of CSL may be in parts, a range, or words', () => {
    expect(cslDateText({ 'date-parts': [[2016, 7, 2]] })).toBe('2016-07-02');
    expect(cslDateText({ 'date-parts': [[2015], [2016]] })).toBe('2015/2016');
    expect(cslDateText({ literal: 'spring' })).toBe('spring');
    expect(cslDateText(undefined)).toBeUndefined();
  });
});

describe('a reference', () => {
  it('says who, what, where and when', () => {
    expect(
      text({
        type: 'article-newspaper',
        title: 'On keys',
        author: [{ family: 'Lee', given: 'Y.' }],
        'container-title': 'The Paper',
        issued: { 'date-parts': [[2016, 3, 1]] },
      }),
    ).toBe('Lee, Y., “On keys”, The Paper, 1 March 2016.');
    expect(text({ type: 'report', title: 'Keys', issued: { 'date-parts': [[2016]] } }, 'fr')).toBe(
      'Keys, 2016.',
    );
  });

  it('names one of more than three authors, and nobody twice', () => {
    const authors = ['A', 'B', 'C', 'D'].map((family) => ({ family }));
    expect(text({ author: authors })).toBe('A et al., “Title”, undated.');
    expect(text({ author: [{ literal: 'Apple' }], publisher: 'Apple' })).toBe('Apple, “Title”, undated.');
  });

  it('says to whom a letter went, unless its title does', () => {
    const letter = {
      type: 'personal_communication',
      author: [{ literal: 'Kakao' }],
      recipient: [{ literal: 'Access Now' }],
    };
    expect(text({ ...letter, title: 'Reply' })).toBe('Kakao, “Reply”, to Access Now, undated.');
    expect(text({ ...letter, title: 'Letter to Access Now' })).toBe(
      'Kakao, “Letter to Access Now”, undated.',
    );
  });

  it('loses nothing of a title, and doubles no mark', () => {
    expect(real.length).toBeGreaterThan(100);
    for (const own of real) {
      const whole = referenceText(reference(own, 'en', translator('en')));
      expect(whole).toContain(own.title);
      expect(whole.replace(own.title, 'T')).not.toMatch(/, ,|,,|\.\.|^\W*,| ,/);
    }
  });
});

describe('citing the edition', () => {
  const item = {
    id: 'ranking-2016',
    title: 'Ranking 2016',
    publisher: 'Assay',
    issued: '2026-11-23',
    URL: 'https://example.org/',
    licence: 'CC-BY-4.0',
  };

  it('is a line of text, BibLaTeX, RIS and CSL-JSON', () => {
    expect(citeText(item)).toBe('Assay (2026). Ranking 2016 [data set]. https://example.org/.');
    expect(bibtex(item)).toBe(
      '@dataset{ranking-2016,\n  author = {{Assay}},\n  title = {{Ranking 2016}},\n  publisher = {Assay},\n  date = {2026-11-23},\n  url = {https://example.org/},\n}\n',
    );
    expect(ris(item)).toBe(
      'TY  - DATA\r\nAU  - Assay\r\nTI  - Ranking 2016\r\nPB  - Assay\r\nPY  - 2026\r\nDA  - 2026/11/23/\r\nUR  - https://example.org/\r\nID  - ranking-2016\r\nER  - \r\n\r\n',
    );
    expect(JSON.parse(cslJson(item))).toMatchObject([
      { type: 'dataset', issued: { 'date-parts': [[2026, 11, 23]] } },
    ]);
  });

  it('keeps TeX and RIS whole, whatever a title holds', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        const entry = bibtex({ ...item, title: `x${title}` });
        // Outside of escapes, every brace that opens closes again before the entry does.
        let depth = 0;
        for (const brace of entry.replace(/\\[{}]/g, '').match(/[{}]/g) ?? []) {
          depth += brace === '{' ? 1 : -1;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        const lines = ris({ ...item, title: `x${title}` }).split('\r\n');
        expect(lines.filter((line) => line !== '').every((line) => /^[A-Z][A-Z0-9] {2}- /.test(line))).toBe(
          true,
        );
      }),
    );
  });

  const hostile = fc.oneof(
    fc.constantFrom(
      '2020}, note = {\\immediate\\write18{id}',
      '10.1/x}, note = {\\immediate\\write18{id}}, x = {',
      '^^5cinput{/etc/passwd}',
      '\\input{/etc/passwd}',
      'x\u0085ER  - \u2028AU  - Somebody else',
      'constructor',
      '__proto__',
      '@book{x,',
    ),
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom('\\', '{', '}', '%', '^', '"', '@', ',', '=', '\n', '\u0007', 'a', ' '),
    }),
  );

  it('lets nothing of a source become a command, a field or an entry, whatever any of its values holds', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const text = `x${value}`;
        const own = {
          id: 'own',
          type: 'report',
          title: text,
          author: [{ literal: text }, { family: text, given: text }],
          issued: { literal: text },
          publisher: text,
          'container-title': text,
          number: text,
          DOI: text,
          URL: `https://example.org/${value}`,
          custom: { kind: 'report' as const },
        };
        const bib = sourcesAsBibtex([own, { ...own, type: value, id: 'other' }]);
        expect(bib.match(/^@\w+\{/gm)).toHaveLength(2);
        expect(bib.match(/^ {2}[a-z]+ = \{/gm)).toHaveLength(16);
        expect(bib.split('\n').every((line) => /^(?:@\w+\{\w+,| {2}[a-z]+ = \{.*\},|\}|)$/u.test(line))).toBe(
          true,
        );
        // No command but those that print a sign, and no other way to write a backslash.
        expect(bib.match(/\\(?!text(?:backslash|asciitilde|asciicircum)\{\}|[{}#$%&_])/g)).toBeNull();
        expect(bib).not.toContain('^^');
        for (const line of bib.split('\n').filter((own) => own.startsWith('  '))) {
          let depth = 0;
          const braces = line.replace(/\\[{}]/g, '').match(/[{}]/g) ?? [];
          const depths = braces.map((brace) => (depth += brace === '{' ? 1 : -1));
          expect(depths.indexOf(0)).toBe(depths.length - 1);
        }
        const records = sourcesAsRis([own, { ...own, type: value }]);
        expect(
          records.split(/\r\n|[\n\r\u0085\u2028\u2029]/).filter((line) => /^ER {2}-/.test(line)),
        ).toHaveLength(2);
      }),
    );
  });

  it('writes dates as dates, and what is none as the year', () => {
    const own = { id: 'own', type: 'report', title: 'T', custom: { kind: 'report' as const } };
    const dated = (issued: CslDate) =>
      /^ {2}(?:date|year) = .*$/m.exec(sourcesAsBibtex([{ ...own, issued }]))?.[0];
    expect(dated({ 'date-parts': [[2016, 7, 12]] })).toBe('  date = {2016-07-12},');
    expect(
      dated({
        'date-parts': [
          [2016, 7],
          [2016, 9],
        ],
      }),
    ).toBe('  date = {2016-07/2016-09},');
    expect(dated({ literal: 'in 2016 or so' })).toBe('  year = {in 2016 or so},');
  });

  it('takes the whole bibliography along', () => {
    expect(sourcesAsBibtex(real).match(/^@/gm)).toHaveLength(real.length);
    expect(sourcesAsRis(real).match(/^ER {2}- \r$/gm)).toHaveLength(real.length);
  });
});
