import { describe, expect, it } from 'vitest';
import { expectedOf } from './findings.ts';
import { citationsIn, citationsInCell, fencedIn, spansIn, splitSections, withoutFences } from './markdown.ts';
import { textFile } from './place.ts';

describe('citations', () => {
  it('name sources and where in them', () => {
    expect(
      citationsIn('Found [@guide-2016, pp. 41-42; @letter].').map(({ source, locator }) => [source, locator]),
    ).toEqual([
      ['guide-2016', 'pp. 41-42'],
      ['letter', ''],
    ]);
  });

  it('know where they stand', () => {
    const text = 'Found [@guide; @letter].';
    expect(
      citationsIn(text).map(({ offset, source }) => text.slice(offset, offset + source.length + 1)),
    ).toEqual(['@guide', '@letter']);
  });

  it('are told from other brackets, and what only looks like one is reported', () => {
    const said: string[] = [];
    expect(citationsIn('[a link](x) [@Bad Id] me@example.org', (_, message) => said.push(message))).toEqual(
      [],
    );
    expect(said).toEqual(['“@Bad Id” is no citation. Write [@source-id, p. 3; @other-source#quote-id].']);
  });

  it('stand in cells without the sign', () => {
    expect(citationsInCell('guide, p. 3; letter')).toEqual([
      { source: 'guide', locator: 'p. 3' },
      { source: 'letter', locator: '' },
    ]);
    expect(citationsInCell('')).toEqual([]);
  });
});

describe('sections', () => {
  const sections = (text: string) =>
    splitSections(textFile('x.md', text), 0).sections.map(({ level, heading, id, text: body, place }) => [
      level,
      heading,
      id,
      body,
      place.line,
    ]);

  it('begin at headings, whose id stands in braces', () => {
    expect(sections('# One\n\nText.\n\n## Two {#two}\nMore.\n')).toEqual([
      [1, 'One', undefined, 'Text.', 1],
      [2, 'Two', 'two', 'More.', 5],
    ]);
  });

  it.each(['```', '````', '~~~'])('do not begin within fences of %s, and go on after them', (fence) => {
    const text = `## One {#one}\n\n${fence}sql x\n# not a heading\n${fence}\n## Two {#two}\n`;
    expect(sections(text).map(([, heading]) => heading)).toEqual(['One', 'Two']);
  });

  it('do not begin in a fence that holds shorter ones', () => {
    expect(sections('## One {#one}\n\n````\n```\n# no\n```\n# nor this\n````\n')).toHaveLength(1);
  });
});

describe('fenced blocks', () => {
  const blocks = (text: string) => fencedIn(text).map(({ info, content }) => [info, content]);

  it.each([
    ['three backquotes', '```sql x\nselect 1\n```\n'],
    ['four', '````sql x\nselect 1\n````\n'],
    ['tildes', '~~~sql x\nselect 1\n~~~\n'],
    ['more at their end', '```sql x\nselect 1\n`````\n'],
    ['no end but that of the text', '```sql x\nselect 1'],
  ])('may have %s', (_, text) => {
    expect(blocks(text)).toEqual([['sql x', 'select 1']]);
  });

  it.each([
    ['tildes', '```\n~~~\n```\n', '~~~'],
    ['fewer backquotes', '````\n```sql\n```\n````\n', '```sql\n```'],
  ])('do not end at %s', (_, text, content) => {
    expect(blocks(text)).toEqual([['', content]]);
  });

  it('do not begin with code within a sentence', () => {
    expect(blocks('```x``` is code.\n\n## Two\n')).toEqual([]);
  });

  it.each(['```', '````', '~~~'])(
    'between %s are blank where prose is read, so that places stay',
    (fence) => {
      const text = `One\n${fence}\n[x]{claim=y}\n${fence}\ntwo`;
      expect(withoutFences(text).replace(/ +/g, '')).toBe('One\n\n\n\ntwo');
      expect(withoutFences(text)).toHaveLength(text.length);
    },
  );
});

describe('figures', () => {
  it.each([
    ['Three', ['3']],
    ['twelve', ['12']],
    ['1,200', ['1200']],
    ['73', ['73']],
    ['Apple, Line and Viber Media', ['Apple', 'Line', 'Viber Media']],
    ['Apple, Line, and Viber\nMedia', ['Apple', 'Line', 'Viber Media']],
    ['WhatsApp', ['WhatsApp']],
  ])('%s is %j', (figure, expected) => {
    expect(expectedOf(figure)).toEqual(expected);
  });

  it('are read with their attributes', () => {
    const [span] = spansIn('It is [about **half**]{claim=reports is="6"}.', () => expect.unreachable());
    expect([span?.figure, Object.fromEntries(span?.attributes ?? [])]).toEqual([
      'about half',
      { claim: 'reports', is: '6' },
    ]);
  });
});

describe('hostile texts', () => {
  const long = 200_000;
  it.each([
    ['brackets', '['.repeat(long)],
    ['citations', '[@'.repeat(long)],
    ['spans', '[a]{'.repeat(long)],
    ['fences', '```x\n'.repeat(long)],
    ['spaces in a heading', `# a${' '.repeat(long)}b`],
    ['spaces in a citation', `[@a,${' '.repeat(long)};]`],
    ['headings', '# a {#\n'.repeat(long)],
  ])('%s take no longer than their length', (_, text) => {
    // Each of these took minutes where two quantifiers competed; there is nothing to time, only to come to an end.
    citationsIn(text, () => {});
    spansIn(text, () => {});
    splitSections(textFile('x.md', text), 0);
    expect(withoutFences(text)).toHaveLength(text.length);
  });
});
