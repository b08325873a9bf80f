import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeUrl } from './safe-url.ts';

describe('safeUrl', () => {
  it.each([
    'https://example.org/a?b=c#d',
    'http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion/',
    'https://例え.jp/',
  ])('lets %s through', (address) => {
    expect(safeUrl(address)).toMatch(/^https?:\/\//);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' https://example.org',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.org/',
    '/relative',
    'https:',
    'https://',
    'https:///path',
    'http://user:password@example.org/',
    'mailto:someone@example.org',
    '',
  ])('refuses %j', (address) => {
    expect(safeUrl(address)).toBeUndefined();
  });

  it('gives nothing that could end an attribute or an element', () => {
    fc.assert(
      fc.property(fc.string(), (end) => {
        expect(safeUrl(`https://example.org/${end}`) ?? '').not.toMatch(/["<>\s]/);
      }),
    );
  });
});
