import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { docx, paragraph, run, xlsx } from '../../../../tests/office.ts';
import { extractText } from '../extract.ts';
import { ExtractError } from '../extract-error.ts';
import { readApart } from './reader.ts';

const page = (text: string) => extractText({ bytes: Buffer.from(`<p>${text}</p>`), name: 'a.html' });

describe('a document that takes more than it may', () => {
  // Whatever the readers become: a very small limit stands for a document that is very large.
  const hungry = Buffer.from(`<!doctype html>${'<p>word <b>word</b></p>'.repeat(200_000)}`);

  it('of time is refused, and costs no other', async () => {
    const [slow, ...others] = await Promise.allSettled([
      readApart({ kind: 'html', type: 'text/html' }, hungry, { cpuMs: 50, memoryMiB: 1024 }),
      page('one'),
      page('two'),
      page('three'),
    ]);
    expect(slow).toMatchObject({
      status: 'rejected',
      reason: new ExtractError('the page cannot be read: it takes longer than a document should'),
    });
    expect(others.map((own) => own.status === 'fulfilled' && own.value.text)).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  it('of memory is refused, and costs no other', async () => {
    await expect(
      readApart({ kind: 'html', type: 'text/html' }, hungry, { cpuMs: 60_000, memoryMiB: 120 }),
    ).rejects.toThrow('the page cannot be read: it needs more memory than a document should');
    expect((await page('next')).text).toBe('next');
  });

  it('of many at once, each is answered', async () => {
    const pages = await Promise.all(Array.from({ length: 40 }, (_, index) => page(`page ${index}`)));
    expect(pages.map(({ text }) => text)).toEqual(Array.from({ length: 40 }, (_, index) => `page ${index}`));
  });
});

describe('a sheet', () => {
  it('with one cell far out costs what its cells cost', async () => {
    const bytes = new Uint8Array(readFileSync('tests/documents/far-cell.xlsx'));
    const read = await readApart({ kind: 'sheet', type: '' }, bytes, { cpuMs: 3000, memoryMiB: 200 });
    expect(read.text).toBe('S\na\n\n\tb');
  });
});

describe('the same bytes', () => {
  it('give the same text in every country and every time zone', () => {
    const mail = [
      'From: Legal <legal@alder.example>',
      'Date: Tue, 01 Dec 2026 23:40:00 -0500',
      'Subject: Answer',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'From: Jo <jo@alder.example>',
      'Date: Tue, 01 Dec 2026 20:10:00 -0500',
      '',
      'Within.',
      '--b--',
    ].join('\r\n');
    const sheet = xlsx(
      [
        {
          name: 'S',
          xml: '<sheetData><row r="1"><c r="A1" s="1"><v>46000.5</v></c><c r="B1" s="2"><v>1234.5</v></c></row></sheetData>',
        },
      ],
      {
        'xl/styles.xml':
          '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="4"/></cellXfs></styleSheet>',
      },
    );
    const files = [
      ['a.eml', Buffer.from(mail)],
      ['a.xlsx', sheet],
      ['a.docx', docx(paragraph(run('İstanbul')))],
    ] as const;
    const program = `
      const { extractText } = await import(${JSON.stringify(new URL('../extract.ts', import.meta.url).href)});
      for (const [name, bytes] of ${JSON.stringify(files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]))})
        console.log((await extractText({ name, bytes: Buffer.from(bytes, 'base64') })).text);
    `;
    const texts = [
      { TZ: 'UTC', LC_ALL: 'C' },
      { TZ: 'Asia/Tokyo', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
      { TZ: 'America/New_York', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    ].map((env) => {
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        encoding: 'utf8',
        env,
      });
      expect(stderr).not.toContain('Error');
      return stdout;
    });
    expect(texts[0]).toContain('Date: Tue, 01 Dec 2026 20:10:00 -0500');
    expect(texts[0]).toContain('2025-12-09 12:00\t1,234.50');
    expect(new Set(texts).size).toBe(1);
  }, 30_000);
});
