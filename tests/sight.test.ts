import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeArchiveFolder, makeCapturer, openArchive } from '#evidence/index';
import { paintedNodes } from '../src/evidence/capture/browser/painted.ts';
import { snapshotPage } from '../src/evidence/capture/browser/snapshot.ts';
import { htmlText } from '../src/evidence/text/page/html-text.ts';
import { readPainted, writePainted } from '../src/evidence/text/page/painted-nodes.ts';
import { paintedText } from '../src/evidence/text/page/painted-text.ts';
import { CHROMIUM, launch } from './browser.ts';
import { temporaryFolder } from './folders.ts';
import { type Answer, localServer } from './servers.ts';

const FILLER =
  '<p>The service keeps what it needs, and no more than that, for as long as it needs it.</p>'.repeat(4);
const SENTENCE = 'We do not share your data with advertisers.';

describe.skipIf(!CHROMIUM)('what a browser paints (install chromium to run this)', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  }, 60_000);
  afterAll(() => browser?.close());

  const painted = async (body: string) => {
    await page.setContent(`<!doctype html><html><body>${body}</body></html>`);
    // As it is kept, and read again.
    return paintedText(readPainted(writePainted(paintedNodes(await snapshotPage(page)))));
  };

  it.each([
    ['struck out', 'We do <s>not</s> share.', 'We do share.', '[struck out]\nWe do not share.'],
    [
      'struck out by a class',
      '<style>.x{text-decoration:line-through}</style>We do <b class=x>not</b> share.',
      'We do share.',
      '[struck out]\nWe do not share.',
    ],
    [
      'hidden by a class',
      '<style>.x{display:none}</style>We do <b class=x>not</b> share.',
      'We do share.',
      'We do not share.',
    ],
    [
      'for screen readers only',
      '<style>.x{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)}</style>We do <b class=x>not</b> share.',
      'We do share.',
      'We do not share.',
    ],
    [
      '::before and ::after',
      '<style>.x::before{content:"never "}.x::after{content:", really"}</style>We <b class=x>share</b>.',
      'We never share, really.',
      '',
    ],
    [
      'counters and quotation marks',
      '<style>b::before{counter-increment:n;content:counter(n) ") "}</style><b>one</b> <q>two</q>',
      '1) one “two”',
      '',
    ],
    [
      'signs of a list that mean something',
      '<ul style="list-style-type:\'✗ \'"><li>Ads</li></ul><ol><li>Logs</li></ol>',
      '✗ Ads\n\nLogs',
      '',
    ],
    [
      'painted over',
      '<p>We do <span style="position:relative">not<i style="position:absolute;inset:0;background:#fff"></i></span> share.</p>',
      'We do share.',
      'We do not share.',
    ],
    [
      'not what floats over a page',
      '<p>We do not share.</p><div style="position:fixed;inset:0;background:#fff;z-index:9">Cookies?</div>',
      'We do not share.\n\nCookies?',
      '',
    ],
    ['white on white', '<p style="color:#fff">We share.', '', 'We share.'],
    [
      'white on a dark ground further up',
      '<div style="background:#123"><p style="color:#fff">We share.</p></div>',
      'We share.',
      '',
    ],
    [
      'on a picture',
      '<div style="background:linear-gradient(#000,#222)"><p style="color:#fff">We share.</p></div>',
      'We share.',
      '',
    ],
    [
      'moved away',
      '<p style="position:absolute;left:-9999px">one</p><p style="text-indent:-9999px">two</p><p style="transform:translateX(-200vw)">three</p><p>four</p>',
      'four',
      'one\n\ntwo\n\nthree',
    ],
    [
      'cut off',
      '<div style="height:20px;line-height:20px;overflow:hidden">one<br>two</div>',
      'one',
      'one two',
    ],
    [
      'to be scrolled to',
      '<div style="height:50px;overflow:auto"><p>one</p><div style="height:900px"></div><p>two</p></div>',
      'one\n\ntwo',
      '',
    ],
    [
      'far below',
      '<div style="height:9000px">one</div><p style="content-visibility:auto">two</p>',
      'one\n\ntwo',
      '',
    ],
    [
      'closed details',
      '<details><summary>More</summary>inside <b hidden>not</b></details>',
      'More\ninside',
      'inside not',
    ],
    [
      'a shadow tree',
      '<x-a>slotted</x-a><script>document.querySelector("x-a").attachShadow({mode:"closed"}).innerHTML="<style>.n{display:none}</style><p>We <b class=n>never</b> share <slot></slot></p>"</script>',
      'We share slotted',
      'We never share slotted',
    ],
    [
      'frames in the page',
      '<p>a</p><iframe srcdoc="<p>We <s>never</s> share.</p><iframe srcdoc=\'<p>b\'></iframe>"></iframe>',
      'a\n\nWe share.\n\nb',
      '[struck out]\nWe never share.',
    ],
    [
      'a frame that is not seen',
      '<p>a</p><iframe srcdoc="<p>b" style="width:0;height:0;border:0"></iframe>',
      'a',
      'b',
    ],
    [
      'what scripts have typed and ticked',
      '<input id=a type=checkbox> Ads <input id=b> days<script>a.checked=true;b.value=30</script>',
      '☑ Ads 30 days',
      '',
    ],
    [
      'a box behind a painted one',
      '<label><input type=checkbox checked style="opacity:0;position:absolute"><i></i> Ads</label>',
      '☑ Ads',
      '',
    ],
    [
      'a choice',
      '<select><option>30 days<option>90 days</select><script>document.querySelector("select").value="90 days"</script>',
      '90 days',
      '',
    ],
    [
      'a picture by its words',
      '<img alt="Yes" width=9 height=9 src="data:image/gif;base64,R0lGODlhAQABAAAAACw="> <img alt="No" style="opacity:0" width=9 height=9> Ads',
      '[Yes] Ads',
      '[Yes] [No] Ads',
    ],
    [
      'raised and turned',
      '10<sup style="vertical-align:baseline;position:relative;top:-.5em">3</sup> <span style="unicode-bidi:bidi-override;direction:rtl">12</span>',
      '10³ \u202e12\u202c',
      '',
    ],
    ['letters in another case', '<p style="text-transform:uppercase">We share.', 'We share.', ''],
    [
      'lines kept as they are',
      '<pre>a\n b</pre><p style="white-space:pre-line">c\nd</p>',
      'a\n b\n\nc\nd',
      '',
    ],
    [
      'what runs from right to left',
      '<div dir=rtl><p>لا نشارك بياناتك مع المعلنين.</p></div>',
      'لا نشارك بياناتك مع المعلنين.',
      '',
    ],
  ])('%s', async (_, body, text, hidden) => {
    expect(await painted(body)).toMatchObject({ text, hidden });
  });

  it('has the blocks of the page', async () => {
    const { text, blocks } = await painted(
      '<h2>Never</h2><ul><li>Ads</li></ul><table><tr><th>A<th>B<tr><td>1<td>2</table><p>x <i>y</i></p>',
    );
    expect(blocks.map(({ start, end, ...own }) => ({ text: text.slice(start, end), ...own }))).toEqual([
      { text: 'Never', kind: 'heading', level: 2 },
      { text: 'Ads', kind: 'item', level: 1 },
      { text: 'A', kind: 'cell' },
      { text: 'B', kind: 'cell', heads: ['A'] },
      { text: '1', kind: 'cell', heads: ['A'] },
      { text: '2', kind: 'cell', heads: ['1', 'B'] },
      { text: 'x y', kind: 'paragraph' },
    ]);
  });

  it('is the same as what is read without a browser, where that knows everything', async () => {
    const body = `<h1>Policy</h1>${FILLER}<p>We <b>never</b> share 10<sup>3</sup> <q>records</q>.</p><table><tr><th>Data<th>Sold<tr><td>Name<td>No</table><ul><li>one<li>two <s>three</s></ul><style>.n{opacity:0}</style><p>a <i class=n>b</i> c</p><details><summary>s</summary>d</details>`;
    const { text, hidden, blocks } = htmlText(`<!doctype html><html><body>${body}</body></html>`);
    expect(await painted(body)).toMatchObject({ text, hidden, blocks });
  });
});

describe.skipIf(!CHROMIUM)('a page captured with a browser (install chromium to run this)', () => {
  async function edition(answers: Record<string, Answer>) {
    const server = await localServer(answers);
    const folder = join(temporaryFolder(), 'edition');
    mkdirSync(folder);
    await makeArchiveFolder(folder);
    const archive = openArchive(folder);
    const capturer = (browser?: boolean) => {
      const made = makeCapturer(archive, {
        allowed: [server.host],
        sleep: async () => {},
        ...(browser ? { browser } : {}),
      });
      onTestFinished(() => made.close());
      return made;
    };
    return { server, archive, capturer };
  }

  it('is changed when what it paints is, and only then', async () => {
    let css = '';
    let comment = '';
    const { server, archive, capturer } = await edition({
      '/': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(
            `<!doctype html><title>P</title><link rel=stylesheet href=/a.css><!--${comment}--><p>We do <span class=x>not</span> share your data with advertisers.</p>${FILLER}`,
          ),
      '/a.css': (_, response) => response.writeHead(200, { 'content-type': 'text/css' }).end(css),
    });
    const first = await capturer(true).capture('p', `${server.url}/`);
    if (first.kind !== 'captured') throw new Error(JSON.stringify(first));
    expect(await archive.text(first.manifest)).toContain(SENTENCE);
    expect(first.manifest).toMatchObject({ method: 'browser', extractor: { id: 'painted', version: '1' } });
    comment = 'another';
    expect(await capturer(true).capture('p', `${server.url}/`, first.hash)).toMatchObject({
      kind: 'unchanged',
    });
    css = '.x{position:absolute;clip-path:inset(50%)}';
    // Looked at in a browser again, whether somebody asks for it or not.
    const second = await capturer().capture('p', `${server.url}/`, first.hash);
    if (second.kind !== 'captured') throw new Error(JSON.stringify(second));
    expect(await archive.text(second.manifest)).toContain('We do share your data with advertisers.');
    expect(await archive.text(second.manifest, 'hidden')).toBe(SENTENCE);
    // The text is that of what is kept.
    const kept = second.manifest.parts.find(({ role }) => role === 'painted')?.sha256 ?? '';
    const read = paintedText(readPainted(Buffer.from(await archive.blobs.get(kept)).toString()));
    expect(read.text).toBe(await archive.text(second.manifest));
  }, 120_000);

  it('has the text of frames, also of those that the browser keeps apart', async () => {
    const { server, archive } = await edition({
      '/': '<!doctype html><title>P</title><h1>Policy</h1><iframe src="/a" width=600 height=300></iframe><iframe sandbox src="/b" width=600 height=300></iframe>',
      '/a': '<p>We <s>never</s> sell anything.</p>',
      '/b': `<p>${SENTENCE}</p>`,
    });
    const made = makeCapturer(archive, { allowed: [server.host], sleep: async () => {}, browser: true });
    onTestFinished(() => made.close());
    const result = await made.capture('p', `${server.url}/`);
    if (result.kind !== 'captured') throw new Error(JSON.stringify(result));
    expect(await archive.text(result.manifest)).toBe(`Policy\n\nWe sell anything.\n\n${SENTENCE}`);
  }, 120_000);

  it('shows what appears as a reader comes near', async () => {
    const { server, archive, capturer } = await edition({
      '/': `<!doctype html><title>P</title><style>.r{opacity:0}.r.in{opacity:1}</style>${FILLER}<div style="height:4000px"></div><p class=r>${SENTENCE}</p><script>new IntersectionObserver((all)=>all.forEach((one)=>one.isIntersecting&&one.target.classList.add('in'))).observe(document.querySelector('.r'))</script>`,
    });
    const result = await capturer(true).capture('p', `${server.url}/`);
    if (result.kind !== 'captured') throw new Error(JSON.stringify(result));
    expect(await archive.text(result.manifest)).toContain(SENTENCE);
  }, 120_000);
});
