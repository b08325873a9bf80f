import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relative } from './addresses.ts';

const segment = fc.stringMatching(/^[a-z0-9]{1,6}$/);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}.html`);

describe('a link from one page to another', () => {
  it.each([
    ['index.html', 'companies/apple.html', 'companies/apple.html'],
    ['companies/apple.html', 'index.html', '../index.html'],
    ['scores/apple/threats.html', 'scores/apple/requests.html', 'requests.html'],
    ['scores/apple/threats.html', 'scores/google/threats.html#history', '../google/threats.html#history'],
    ['fr/index.html', 'assets/site.css', '../assets/site.css'],
    ['about.html', 'about.html#limits', '#limits'],
    ['about.html', 'about.html', 'about.html'],
  ])('from %s to %s is %s', (from, to, link) => {
    expect(relative(from, to)).toBe(link);
  });

  it('leads there from below any folder', () => {
    fc.assert(
      fc.property(path, path, fc.constantFrom('', 'a/', 'a/b/'), (from, to, base) => {
        expect(new URL(relative(from, to), `http://site/${base}${from}`).pathname).toBe(`/${base}${to}`);
      }),
    );
  });
});
