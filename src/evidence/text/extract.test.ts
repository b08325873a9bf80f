import { deflateSync, gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { decodeText } from '#formats/charset';
import { sha256 } from '../archive/hash.ts';
import { readApart } from './apart/reader.ts';
import { extractText } from './extract.ts';
import { ExtractError } from './extract-error.ts';
import { htmlText, TextLimitError } from './page/html-text.ts';

const html = (body: string) =>
  htmlText(`<!doctype html><html lang="en"><head><title> A  page </title></head><body>${body}</body></html>`);

describe('the text of a page', () => {
  it('is what a reader sees, a block a line, a paragraph apart', () => {
    expect(
      html(
        '<h1>Privacy</h1><p>We keep <b>logs</b>\n for 30&nbsp;days.</p><ul><li>one</li><li>two <i>three</i></li></ul>line<br>break',
      ).text,
    ).toBe('Privacy\n\nWe keep logs for 30\u00a0days.\n\none\ntwo three\n\nline\nbreak');
    expect(html('<table><tr><th>Name<th>Days</tr><tr><td>Logs<td>30</tr></table>').text).toBe(
      'Name\tDays\nLogs\t30',
    );
    expect(html('<pre>a\n  b\n\nc</pre><div>x</div><div><div>y</div></div>').text).toBe(
      'a\n  b\n\nc\n\nx\ny',
    );
    expect(html('a<span> b </span>c<wbr>d').text).toBe('a b cd');
  });

  it('leaves out what nobody reads', () => {
    expect(
      html(
        '<script>1</script><style>p{}</style><template>t</template><!-- c -->shown<datalist><option>o</datalist><svg><defs><text>s</text></defs></svg>',
      ).text,
    ).toBe('shown');
    expect(html('shown')).toMatchObject({ title: 'A page', language: 'en' });
  });

  it('tells what the page hides from what it shows', () => {
    const page = html(
      '<p hidden>one</p><p style="display: none">two</p><div style="visibility:hidden">three</div><noscript>four</noscript><dialog>five</dialog><p style="color:red">shown</p><details><summary>more</summary>inside</details>',
    );
    expect(page.text).toBe('shown\n\nmore\ninside');
    expect(page.hidden.split(/\s+/)).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('hides nothing that is only small or pale', () => {
    for (const style of [
      'font-size:0.8em',
      'font-size: .9rem',
      'opacity:0.5',
      'opacity: .05',
      'font-size:10px',
      'display:block',
    ])
      expect(html(`<p style="${style}">shown</p>`).text, style).toBe('shown');
    for (const style of [
      'font-size:0',
      'font-size: 0px;',
      'opacity:0',
      'opacity: 0.0 !important',
      'color:red;display: none',
      'opacity:0%',
    ])
      expect(html(`<p style="${style}">hidden</p>`), style).toMatchObject({ text: '', hidden: 'hidden' });
  });

  it('keeps every script, joiner and mark as it is', () => {
    const text = 'نحن لا نشارك\u200c بياناتك. שָׁלוֹם e\u0301te\u0301 agree\u00adment ﬁ 数据 🦜';
    expect(html(`<p>${text}</p>`).text).toBe(text);
  });

  it('does not mind 20,000 elements within each other, nor markup that is crossed', () => {
    expect(htmlText(`${'<div>'.repeat(20_000)}deep${'</div>'.repeat(20_000)}`).text).toBe('deep');
    expect(htmlText(`${'<b><i><a>'.repeat(2_000)}x${'</b></i>'.repeat(2_000)}`).text).toContain('x');
    expect(htmlText('<table><table><p>a<td><table>b').text).toMatch(/a[\s\S]*b/);
    expect(() => htmlText('<b>'.repeat(30_000))).toThrow(TextLimitError);
  }, 60_000);
});

describe('character sets', () => {
  const bytes = (...codes: number[]) => Uint8Array.from(codes);
  it.each([
    ['declared by the server', bytes(0xe9), 'text/html; charset=ISO-8859-1', 'é', 'windows-1252', 0],
    [
      'declared in the page',
      Buffer.concat([Buffer.from('<meta charset="windows-1251">'), bytes(0xcf)]),
      '',
      '<meta charset="windows-1251">П',
      'windows-1251',
      0,
    ],
    [
      'a mark before everything else',
      bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9),
      'text/html; charset=latin1',
      'é',
      'utf-8',
      0,
    ],
    ['UTF-16 with a mark', bytes(0xff, 0xfe, 0xe9, 0), '', 'é', 'utf-16le', 0],
    ['nothing said, and UTF-8', Buffer.from('é'), '', 'é', 'utf-8', 0],
    ['nothing said, and not', bytes(0xe9), '', 'é', 'windows-1252', 0],
    [
      'said to be UTF-8, and not',
      bytes(0x61, 0xe9, 0x62),
      'text/html; charset=utf-8',
      'aéb',
      'windows-1252',
      0,
    ],
    ['a set that there is not', Buffer.from('é'), 'text/html; charset=klingon', 'é', 'utf-8', 0],
    [
      'bytes that mean nothing in it',
      bytes(0x81, 0x20),
      'text/plain; charset=shift_jis',
      '\ufffd ',
      'shift_jis',
      1,
    ],
    ['line ends', Buffer.from('a\r\nb\rc'), '', 'a\nb\nc', 'utf-8', 0],
  ])('%s', (_, own, type, text, charset, replaced) => {
    expect(decodeText(own, { contentType: type })).toMatchObject({ text, charset, replaced });
  });
});

/** A PDF of these pages, each with these lines, written by hand; its streams deflated if asked for. */
function pdf(
  pages: readonly (readonly string[])[],
  { deflated = false, stream }: { deflated?: boolean; stream?: Buffer } = {},
): Buffer {
  const objects: Buffer[] = [];
  const add = (content: string | Buffer) =>
    objects.push(Buffer.isBuffer(content) ? content : Buffer.from(content));
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  pages.forEach((lines, index) => {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
    );
    const drawn =
      stream ??
      Buffer.from(`BT /F1 12 Tf 72 720 Td 14 TL ${lines.map((line) => `(${line}) Tj T*`).join(' ')} ET`);
    const content = deflated ? deflateSync(drawn) : drawn;
    add(
      Buffer.concat([
        Buffer.from(`<< /Length ${content.length}${deflated ? ' /Filter /FlateDecode' : ''} >>\nstream\n`),
        content,
        Buffer.from('\nendstream'),
      ]),
    );
  });
  let file = Buffer.from('%PDF-1.4\n');
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(file.length);
    file = Buffer.concat([file, Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.concat([
    file,
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    ),
  ]);
}

describe('the text of a PDF', () => {
  it('comes page by page, with where each begins and ends', async () => {
    const { kind, text, pages } = await extractText({
      bytes: pdf([['We keep data for ten years.'], ['The agree-', 'ment ends.']]),
    });
    expect(kind).toBe('pdf');
    expect(pages.map(([start, end]) => text.slice(start, end).replace(/\s+/g, ' '))).toEqual([
      'We keep data for ten years.',
      'The agree- ment ends.',
    ]);
  });

  it.each([
    ['is cut off', pdf([['Text']]).subarray(0, 200)],
    ['is only a beginning', Buffer.from('%PDF-1.7\n')],
    ['is nonsense', Buffer.from(`%PDF-1.7\n${'\u0000\u0001'.repeat(1000)}`)],
  ])('is refused where the file %s', async (_, bytes) => {
    await expect(extractText({ bytes })).rejects.toThrow(ExtractError);
  });

  it('is refused, and not waited for, where the file is a bomb', async () => {
    const bomb = pdf([['x']], { deflated: true, stream: Buffer.alloc(900 * 1024 * 1024, 'BT (x) Tj ET ') });
    expect(bomb.length).toBeLessThan(8 * 1024 * 1024);
    await expect(
      readApart({ kind: 'pdf', type: 'application/pdf' }, bomb, { cpuMs: 4000, memoryMiB: 512 }),
    ).rejects.toThrow(ExtractError);
  }, 60_000);
});

describe('other documents', () => {
  it('an e-mail is who wrote what to whom; attachments are named', async () => {
    const mail = [
      'From: Jo Doe <jo@example.org>',
      'To: privacy@heron.example',
      'Date: Fri, 04 Sep 2026 10:00:00 +0000',
      'Subject: =?utf-8?Q?Caf=C3=A9?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>We <b>never</b> sell data.</p>',
      '--x',
      'Content-Type: application/pdf; name=a.pdf',
      'Content-Disposition: attachment; filename=a.pdf',
      '',
      'x',
      '--x--',
      '',
    ].join('\r\n');
    const { kind, title, text } = await extractText({ bytes: Buffer.from(mail), name: 'letter.eml' });
    expect({ kind, title }).toEqual({ kind: 'mail', title: 'Café' });
    expect(text).toMatch(
      /^From: Jo Doe <jo@example.org>\nTo: privacy@heron.example\nDate: .*\nSubject: Café\n\nWe never sell data\.\n\n\[Attachment: a\.pdf, application\/pdf\]$/,
    );
  });

  it('a spreadsheet is its rows', async () => {
    const sheet = await writeXlsx(
      [
        [{ value: 'Requests' }, { value: 41 }],
        [{ value: 'Refused' }, { value: 32 }],
      ],
      { sheet: 'Half year' } as never,
    );
    const bytes = Buffer.isBuffer(sheet)
      ? sheet
      : await (sheet as unknown as { toBuffer(): Promise<Buffer> }).toBuffer();
    expect((await extractText({ bytes, name: 'requests.xlsx' })).text).toBe(
      'Half year\nRequests\t41\nRefused\t32',
    );
    expect(await extractText({ bytes: Buffer.from('a,b\n1,2\n'), name: 'x.csv' })).toMatchObject({
      kind: 'text',
      type: 'text/csv',
      text: 'a,b\n1,2\n',
    });
  });

  it('a spreadsheet that is a bomb, or broken, is refused', async () => {
    const bomb = zipSync({ 'xl/workbook.xml': strToU8(' '.repeat(100 * 1024 * 1024)) }, { level: 9 });
    await expect(extractText({ bytes: bomb, name: 'x.xlsx' })).rejects.toThrow('unpacks to more than 64 MiB');
    await expect(extractText({ bytes: Buffer.from('PK nonsense'), name: 'x.xlsx' })).rejects.toThrow(
      ExtractError,
    );
  });

  it('a picture has no text, whatever it is called; other bytes neither', async () => {
    const png = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\x1a\n'), Buffer.alloc(20)]);
    expect(await extractText({ bytes: png, name: 'policy.html' })).toMatchObject({
      kind: 'picture',
      text: '',
    });
    expect(await extractText({ bytes: gzipSync('x'), name: 'x.bin' })).toMatchObject({
      kind: 'other',
      text: '',
    });
  });

  it('give the same text in every version of the extractor, or a new version number', async () => {
    const page = await extractText({
      bytes: Buffer.from(
        '<!doctype html><p>One <b>two</b><p hidden>three<table><td>a<td>b</table><pre>x\n y</pre>',
      ),
      name: 'a.html',
    });
    expect({ ...page.extractor, text: sha256(page.text), hidden: sha256(page.hidden) }).toEqual({
      id: 'html',
      version: '2',
      text: sha256('One two\n\na\tb\n\nx\n y'),
      hidden: sha256('three'),
    });
  });
});
