import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachHost, politely } from '../capture/hosts.ts';
import { judge } from '../capture/walls/verdict.ts';
import { canonicalJson } from './canonical.ts';
import { inclusionProof, leafHash, makeTree, verifyInclusion } from './merkle.ts';
import { redact, seal, sealedFile, sealedRoot, sealedText } from './seal.ts';

describe('canonical JSON', () => {
  it('has one form for a value', () => {
    expect(canonicalJson({ b: [1, 'é\u2028"'], a: null, '\u{1f99c}': true, z: undefined })).toBe(
      '{"a":null,"b":[1,"é\u2028\\""],"\u{1f99c}":true}',
    );
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2 })).toBe('{"\u{1f600}":2,"\ufb33":1}'); // by UTF-16 units
  });

  it('refuses what has none', () => {
    for (const value of [Number.NaN, 1.5, 2 ** 60, '\ud800', undefined, () => 1, { a: ['\udc00'] }])
      expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('the tree over the ledger', () => {
  const leaves = (count: number) =>
    Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`line ${index}`)));
  const rootOf = (hashes: readonly Buffer[]) => {
    const tree = makeTree();
    for (const hash of hashes) tree.add(hash);
    return tree.root();
  };

  it('has the roots of RFC 9162: of nothing, of one empty leaf, of two', () => {
    expect(rootOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(rootOf([leafHash(Buffer.alloc(0))])).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(rootOf([leafHash(Buffer.alloc(0)), leafHash(Buffer.from([0]))])).toBe(
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    );
  });

  it('proves every leaf of every size, and nothing else', () => {
    for (let size = 1; size <= 40; size++) {
      const hashes = leaves(size);
      const root = rootOf(hashes);
      hashes.forEach((leaf, index) => {
        const path = inclusionProof(hashes, index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)) || 0);
        expect(verifyInclusion({ leaf, index, size, path, root })).toBe(true);
        expect(verifyInclusion({ leaf: leafHash(Buffer.from('other')), index, size, path, root })).toBe(
          false,
        );
        if (size > 1)
          expect(verifyInclusion({ leaf, index: (index + 1) % size, size, path, root })).toBe(false);
        if (path.length > 0)
          expect(verifyInclusion({ leaf, index, size, path: path.slice(1), root })).toBe(false);
      });
    }
    expect(() => inclusionProof(leaves(3), 3)).toThrow(RangeError);
  });
});

describe('a sealed letter', () => {
  it('has the same root whatever is taken out, and another whatever is changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        (lines, a, b) => {
          const text = lines.map((line) => line.replace(/\n/g, ' ')).join('\n');
          fc.pre(text !== '');
          const sealed = seal(text, Buffer.from('file'));
          const count = sealed.segments.length - 1;
          const [from, to] = [1 + (a % count), 1 + (b % count)].toSorted((x, y) => x - y) as [number, number];
          const less = redact(sealed, from, to);
          expect(sealedRoot(less)).toBe(sealedRoot(sealed));
          expect([...sealedText(less)].length).toBe([...sealedText(sealed)].length);
          expect(sealedText(sealed)).toBe(text);
          expect(sealedRoot(seal(`${text}x`))).not.toBe(sealedRoot(sealed));
        },
      ),
    );
  });

  it('loses its file with any line, and says what lines it has', () => {
    const sealed = seal('one\ntwo\nthree', Buffer.from('the letter itself'));
    expect(sealedFile(sealed)?.toString()).toBe('the letter itself');
    const less = redact(sealed, 2, 2);
    expect(sealedFile(less)).toBeUndefined();
    expect(sealedText(less)).toBe('one\n███\nthree');
    expect(JSON.stringify(less)).not.toMatch(/two|bGV0dGVy/);
    expect(() => redact(sealed, 0, 1)).toThrow('The letter has lines 1 to 3.');
    expect(() => redact(sealed, 2, 4)).toThrow(RangeError);
  });
});

describe('many hosts', () => {
  it('are asked next to each other, each one thing at a time, and items are taken as they are needed', async () => {
    const busy = new Map<string, number>();
    let [most, taken, done, ahead] = [0, 0, 0, 0];
    function* items() {
      for (; taken < 3000; taken++) {
        ahead = Math.max(ahead, taken - done);
        yield { host: `h${taken % 20}` };
      }
    }
    await eachHost(
      items(),
      ({ host }) => host,
      async ({ host }) => {
        busy.set(host, (busy.get(host) ?? 0) + 1);
        expect(busy.get(host)).toBe(1);
        most = Math.max(
          most,
          [...busy.values()].reduce((a, b) => a + b),
        );
        await new Promise((next) => setImmediate(next));
        busy.set(host, 0);
        done++;
      },
    );
    expect([done, most]).toEqual([3000, 8]);
    expect(ahead).toBeLessThan(300);
  });

  it('end with the first error, once what had begun is done', async () => {
    const done: number[] = [];
    const work = eachHost([1, 2, 3], String, async (number) => {
      if (number === 1) throw new Error('broken');
      await new Promise((next) => setTimeout(next, 5));
      done.push(number);
    });
    await expect(work).rejects.toThrow('broken');
    expect(done).toEqual([2]); // the third had not begun
  });

  it('are waited for as long as they ask', async () => {
    const waits: number[] = [];
    const answers = [
      { status: 429, headers: [['retry-after', '7']] },
      { status: 503, headers: [] },
      { status: 200, headers: [] },
    ] as const;
    let number = 0;
    const fetched = await politely(
      async () => ({
        kind: 'response',
        final: '',
        body: new Uint8Array(),
        hops: [{ address: '', ...(answers[number++] ?? answers[2]) }],
      }),
      { attempts: 3, sleep: async (ms) => waits.push(ms) },
    );
    expect(waits).toEqual([7000, 4000]);
    expect(fetched.hops[0]?.status).toBe(200);
  });
});

describe('what a page is', () => {
  const seen = (own: Partial<Parameters<typeof judge>[0]>) =>
    judge({
      status: 200,
      address: 'https://a.example/privacy',
      final: 'https://a.example/privacy',
      html: '',
      text: 'x'.repeat(500),
      ...own,
    }).verdict;

  it.each([
    ['ok', {}],
    [
      'ok',
      { text: `${'We keep data. '.repeat(400)} You may be asked whether you are a robot. Access denied.` },
    ],
    ['ok', { text: 'Security check: we check our systems. If access is denied, appeal. '.repeat(12) }],
    [
      'ok',
      {
        text: 'We never sell data. '.repeat(40),
        html: '<div class="g-recaptcha"></div><input type="password">',
      },
    ],
    ['ok', { text: 'Policy 404: we never sell data.' }],
    ['soft-block', { text: 'Just a moment… Checking your browser before accessing a.example.' }],
    ['soft-block', { html: '<div class="g-recaptcha"></div>', text: 'Please confirm.' }],
    ['soft-block', { status: 403 }],
    ['soft-block', { status: 429 }],
    ['soft-block', { status: 503, html: '<script src="/cdn-cgi/challenge-platform/x.js">' }],
    ['login-wall', { status: 401 }],
    ['login-wall', { html: '<input type="password">', text: 'Log in to go on' }],
    ['login-wall', { final: 'https://a.example/login?next=/privacy', text: 'Welcome' }],
    ['error', { status: 404 }],
    ['error', { status: 500 }],
    ['error', { status: 503 }],
    ['error', { text: 'Page not found' }],
    ['error', { html: '<div id="root"></div><script src="app.js"></script>', text: '' }],
  ])('%s: %j', (verdict, own) => {
    expect(seen(own)).toBe(verdict);
  });
});
