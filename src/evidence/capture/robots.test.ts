import { describe, expect, it } from 'vitest';
import type { Denial, Fetched } from './fetch.ts';
import { makeRobots } from './robots.ts';
import { parseRobots } from './robots-rules.ts';

const allows = (lines: readonly string[], path: string) =>
  parseRobots(lines.join('\n'), 'Assay').allows(path);

describe('the rules of a robots.txt', () => {
  it.each<[boolean, string, readonly string[]]>([
    [true, '/a', []],
    [false, '/a', ['User-agent: *', 'Disallow: /']],
    [true, '/a', ['User-agent: *', 'Disallow: /', '', 'User-agent: Assay', 'Allow: /']],
    [true, '/a', ['User-agent: Assay', 'Disallow:', 'User-agent: *', 'Disallow: /']],
    [false, '/a', ['User-agent: other', 'User-agent: ASSAY/2.0', 'Disallow: /a']],
    [true, '/a', ['User-agent: Assayer', 'Disallow: /a']],
    [false, '/a', ['User-agent: Assay', 'Allow: /', 'user-AGENT : assay', 'disallow : /a # no']],
    [false, '/a', ['User-agent: Assay', 'Sitemap: https://a.example/s', 'Crawl-delay: 3', 'Disallow: /a']],
    [true, '/robots.txt', ['User-agent: *', 'Disallow: /']],
    [true, '/folder/page', ['User-agent: *', 'Allow: /folder', 'Disallow: /']],
    [true, '/page', ['User-agent: *', 'Disallow: /page', 'Allow: /page']],
    [false, '/x/secret?y', ['User-agent: *', 'Disallow: /*secret']],
    [false, '/a.pdf', ['User-agent: *', 'Disallow: /*.pdf$']],
    [true, '/a.pdf?x', ['User-agent: *', 'Disallow: /*.pdf$']],
    [false, '/a/b/a', ['User-agent: *', 'Disallow: /a*a$']],
    [true, '/a', ['User-agent: *', 'Disallow: /a*a$']],
    [false, '/caf%C3%A9', ['User-agent: *', 'Disallow: /café']],
    [false, '/caf%c3%a9', ['User-agent: *', 'Disallow: /caf%C3%A9']],
    [false, '/~jo', ['User-agent: *', 'Disallow: /%7Ejo']],
    [false, '/a', ['\uFEFFUser-agent: *', 'Disallow: /']],
    [true, '/a', ['Disallow: /a', 'nonsense', ': x', 'User-agent']],
  ])('allow (%s) %s', (allowed, path, lines) => {
    expect(allows(lines, path)).toBe(allowed);
  });

  it('cost little, whatever they are made of', () => {
    const path = `/${'ab'.repeat(990)}`;
    for (const rule of [
      '*'.repeat(490_000),
      `/${'*a'.repeat(245_000)}b`,
      Array.from({ length: 240 }, () => `/${'*a*b'.repeat(500)}c`).join('\nDisallow: '),
      Array.from({ length: 240 }, () => `/*${'ab'.repeat(980)}c`).join('\nDisallow: '),
      Array.from({ length: 40_000 }, () => '/*b*a$').join('\nDisallow: '),
      Array.from({ length: 40_000 }, () => '').join('\nUser-agent: a'),
    ]) {
      const began = performance.now();
      const rules = parseRobots(`User-agent: *\nDisallow: ${rule}`, 'Assay');
      for (let asked = 0; asked < 5; asked++) rules.allows(path);
      expect(performance.now() - began).toBeLessThan(1500);
    }
  });
});

describe('a robots.txt', () => {
  const failed = (reason: Denial['reason']): Fetched => ({
    kind: 'failed',
    hops: [],
    reason,
    message: reason,
  });
  const answered = (status: number, text = ''): Fetched => ({
    kind: 'response',
    hops: [{ address: '', status, headers: [] }],
    final: '',
    body: Buffer.from(text),
  });

  it.each<[string, Fetched, Denial['reason'] | undefined]>([
    ['forbids', answered(200, 'User-agent: *\nDisallow: /'), 'robots'],
    ['allows', answered(200, ''), undefined],
    ['is not there', answered(404), undefined],
    ['is kept from programs', answered(403), undefined],
    ['is of a server in trouble', answered(503), 'unreachable'],
    ['breaks off', failed('connect'), 'connect'],
    ['does not come', failed('timeout'), 'timeout'],
    ['is cut off', failed('broken'), 'unreachable'],
    ['never ends', failed('redirects'), 'unreachable'],
    ['is of a host that is not there', failed('dns'), undefined],
  ])('that %s', async (_, fetched, reason) => {
    const robots = makeRobots(async () => fetched);
    expect((await robots.denies('https://a.example/x'))?.reason).toBe(reason);
  });
});
