import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proseHtml } from './markdown.ts';

const html = (text: string, headings = 3) =>
  proseHtml(text, {
    cite: (citations) =>
      `<sup>${citations.map(({ source, locator }) => `${source}|${locator}`).join(' ')}</sup>`,
    claim: (figure, id) => `<a href="#${id}">${figure}</a>`,
    undecided: (figure, reason) => `${figure} (${reason})`,
    headings,
    tableName: 'Table',
  }).trim();

describe('the prose of an edition', () => {
  it('has numbers directly behind what they support, also over a line break', () => {
    expect(html('Said so [@a, p. 3; @b].')).toBe('<p>Said so<sup>a|p. 3 b|</sup>.</p>');
    expect(html('Said so\n[@a].')).toBe('<p>Said so<sup>a|</sup>.</p>');
  });

  it('links figures to their claims, and shows what is undecided', () => {
    expect(html('[Three]{claim=count is="3"} of [many]{undecided="why"}.')).toBe(
      '<p><a href="#count">Three</a> of many (why).</p>',
    );
  });

  it('leaves out the queries of findings, and keeps other code', () => {
    expect(html('Text.\n\n```sql count\nselect 1\n```')).toBe('<p>Text.</p>');
    expect(html('```js\na < b\n```')).toContain('a &lt; b');
  });

  it('puts headings below those of the page, in their order', () => {
    expect(html('# One\n\n## Two', 4)).toBe('<h4>One</h4>\n<h5>Two</h5>');
    expect(html('### Only', 2)).toBe('<h2>Only</h2>');
  });

  it('links only where it is safe, and loses nothing of what it does not link', () => {
    expect(html('[a](javascript:alert(1))')).toBe('<p>[a](javascript:alert(1))</p>');
    expect(html('[a](https://example.org/)')).toBe(
      '<p><a href="https://example.org/" rel="noopener noreferrer">a</a></p>',
    );
    expect(html('![a](https://example.org/x.png)')).not.toContain('<img');
  });

  it('puts a table into a region that can be scrolled, without inline styles', () => {
    const table = html('| a | b |\n|:--|--:|\n| 1 | 2 |');
    expect(table).toMatch(/^<div class="scroll" role="region" tabindex="0" aria-label="Table"><table>/);
    expect(table).not.toContain('style');
  });

  it('sets headings in the order of the page around them, however they are written', () => {
    expect(html('#')).toContain('<h3></h3>');
    expect(html('One\n===\n\n## Two')).toBe('<h3>One</h3>\n<h4>Two</h4>');
    expect(html('```\n# no heading\n```\n\n### Three')).toContain('<h3>Three</h3>');
  });

  it('gives no element but its own, whatever the text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<script>',
        '<img onerror=x>',
        '[@a]',
        '](javascript:x)',
        '[',
        '{claim=a}',
        '`',
        '```',
        '\n\n',
        '# ',
        '| ',
        '<!--',
        '&#60;',
        '<https://a.b/"x>',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const tags = [...html(pieces.join('')).matchAll(/<\/?([a-z][a-z0-9]*)([^>]*)>/gi)];
        const allowed =
          /^(?:p|sup|a|em|strong|code|pre|ul|ol|li|blockquote|h[1-6]|hr|br|div|table|thead|tbody|tr|th|td|s)$/;
        for (const [, name = '', rest = ''] of tags) {
          expect(name).toMatch(allowed);
          expect(rest).not.toMatch(/\son|style|src/i);
        }
      }),
      { numRuns: 500 },
    );
  });
});
