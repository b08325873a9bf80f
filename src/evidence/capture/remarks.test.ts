import { describe, expect, it } from 'vitest';
import type { Manifest } from '../archive/manifest.ts';
import { doubtOf, remarksOn } from './remarks.ts';

const manifest = (own: Partial<Manifest>): Manifest => ({
  format: 1,
  tool: 'assay/0.1.0',
  source: 'a',
  time: '2026-11-01T00:00:00.000Z',
  method: 'fetch',
  final: 'https://alder.example/policy/',
  parts: [],
  verdict: 'ok',
  ...own,
});

describe('what is said of a capture', () => {
  it('is nothing, where all of the page is in its text', () => {
    expect(remarksOn(manifest({}))).toEqual([]);
    expect(doubtOf(manifest({}))).toBeUndefined();
  });
  it('is which frames hold more, by the address that can be captured', () => {
    expect(remarksOn(manifest({ frames: ['inner.html'] }))).toEqual([
      'a frame holds more, which is not in the text: capture https://alder.example/policy/inner.html, or the page with --browser',
    ]);
    expect(remarksOn(manifest({ frames: ['a', 'b', 'c', 'd', 'e'] })).at(-1)).toBe('so do 2 other frames');
  });
  it.each([
    ['html', ['the page hides or strikes out some of its text: 64 bytes, kept apart']],
    ['pdf', ['running heads and page numbers of the PDF are not in the text: 64 bytes, kept apart']],
    ['word', []],
  ])('is what is kept apart, in words for what it is: %s', (id, remarks) => {
    const hidden = { role: 'hidden' as const, type: 'text/plain', sha256: '0'.repeat(64), bytes: 64 };
    expect(remarksOn(manifest({ parts: [hidden], extractor: { id, version: '1' } }))).toEqual(remarks);
  });
  it('is what was not looked at, when a passage is quoted', () => {
    expect(doubtOf(manifest({ unsure: ['scripts', 'style-sheets'] }))).toBe(
      'The page has scripts and style sheets that were not looked at; whether they change what readers see of this, a capture with --browser tells.',
    );
  });
});
