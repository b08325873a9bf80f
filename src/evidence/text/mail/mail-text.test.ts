import { describe, expect, it } from 'vitest';
import { extractText } from '../extract.ts';

const HEAD = [
  'From: Support <support@alder.example>',
  'To: Researcher <r@index.example>',
  'Date: Tue, 01 Dec 2026 23:40:00 -0500',
  'Subject: Your questions',
];
const lines = (...own: string[]) => Buffer.from([...HEAD, ...own].join('\r\n'));
const read = (bytes: Uint8Array) => extractText({ bytes, name: 'letter.eml' });
const body = async (bytes: Uint8Array) => (await read(bytes)).text.split('\n\n').slice(1).join('\n\n');
const alternative = (plain: string, html: string) =>
  lines(
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    plain,
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b--',
  );

describe('the text of a mail', () => {
  it('has the date as the letter says it; who, to whom, when and about what are known', async () => {
    const { text, title, letter } = await read(lines('', 'We do.'));
    expect(text).toBe(`${HEAD.join('\n')}\n\nWe do.`);
    expect({ title, letter }).toEqual({
      title: 'Your questions',
      letter: { author: 'Support', recipients: ['Researcher'], date: '2026-12-01' },
    });
  });

  it('has the messages within it, and those within them', async () => {
    const inner = (subject: string, ...own: string[]) => [
      'Content-Type: message/rfc822',
      '',
      'Date: Wed, 02 Dec 2026 10:10:00 +0900',
      `Subject: ${subject}`,
      ...own,
    ];
    const text = await body(
      lines(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'See below.',
        '--b',
        ...inner(
          'One',
          'Content-Type: multipart/mixed; boundary=c',
          '',
          '--c',
          ...inner('Two', '', 'Deep.'),
          '--c--',
        ),
        '--b--',
      ),
    );
    expect(text).toBe(
      'See below.\n\n[Message within it:]\n\nDate: Wed, 02 Dec 2026 10:10:00 +0900\nSubject: One\n\n[Message within it:]\n\nDate: Wed, 02 Dec 2026 10:10:00 +0900\nSubject: Two\n\nDeep.',
    );
  });

  it.each([
    [
      'the same twice',
      'We never sell data.\nSee https://a.example',
      '<p>We <b>never</b> sell data.</p><p><a href="https://a.example">See</a></p>',
      'We never sell data.\nSee https://a.example',
    ],
    [
      'a stub as text',
      'This e-mail needs an HTML reader.',
      '<p>We hand out data only after a court has ordered it.</p>',
      'We hand out data only after a court has ordered it.\n\n[Only in the text part:]\n\nThis e-mail needs an HTML reader.',
    ],
    [
      'one more sentence as HTML',
      'We answer all requests that a court has ordered, and no others.\nNothing else is handed out to anybody.',
      '<p>We answer all requests that a court has ordered, and no others.</p><p>Nothing else is handed out to anybody.</p><p>Sometimes we do.</p>',
      'We answer all requests that a court has ordered, and no others.\nNothing else is handed out to anybody.\n\n[Only in the HTML part:]\n\nSometimes we do.',
    ],
    ['an empty text', '', '<p>We do.</p>', 'We do.'],
  ])('with %s', async (_, plain, html, text) => {
    expect(await body(alternative(plain, html))).toBe(text);
  });

  it.each([
    ['lines that are marked', ['', 'No.', '', '> Do you?', '> Really?'], 'No.\n\n> Do you?\n> Really?'],
    [
      'a separator',
      ['', 'No.', '', '-----Original Message-----', 'Do you?'],
      'No.\n\n> -----Original Message-----\n> Do you?',
    ],
    [
      'a separator in German',
      ['', 'Nein.', '', '-----Ursprüngliche Nachricht-----', 'Ja?'],
      'Nein.\n\n> -----Ursprüngliche Nachricht-----\n> Ja?',
    ],
    [
      'a head of Outlook',
      ['', 'No.', '', 'From: Jo', 'Sent: Monday', 'To: X', 'Do you?'],
      'No.\n\n> From: Jo\n> Sent: Monday\n> To: X\n> Do you?',
    ],
    [
      'a block of HTML',
      [
        'Content-Type: text/html',
        '',
        '<p>No.</p><blockquote type="cite"><p>Do you?</p><blockquote>Deep?</blockquote></blockquote><p>End.</p>',
      ],
      'No.\n\n> Do you?\n\n> Deep?\n\nEnd.',
    ],
    [
      'a block of a web mail',
      [
        'Content-Type: text/html',
        '',
        '<div>No.</div><div class="gmail_quote">On Monday, Jo wrote:<blockquote>Do you?</blockquote></div>',
      ],
      'No.\n\n> On Monday, Jo wrote:\n\n> Do you?',
    ],
    [
      'all after where Outlook puts it',
      [
        'Content-Type: text/html',
        '',
        '<div>No.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Lähettäjä:</b> Jo<br><b>Lähetetty:</b> maanantai</div><div>Do you?</div><blockquote>Deep?</blockquote><p>End.</p>',
      ],
      'No.\n\n> Lähettäjä: Jo\n> Lähetetty: maanantai\n> Do you?\n\n> Deep?\n\n> End.',
    ],
    [
      'that of Outlook within a quoted one, which ends with it',
      [
        'Content-Type: text/html',
        '',
        '<blockquote><p>Do you?</p><div id="divRplyFwdMsg">From: X</div></blockquote><p>No.</p>',
      ],
      '> Do you?\n\n> From: X\n\nNo.',
    ],
    [
      'words above it',
      ['', 'No.', '', 'On Monday, Jo wrote:', '', 'Do you?'],
      'No.\n\n> On Monday, Jo wrote:\n\n> Do you?',
    ],
    [
      'words above it in two lines',
      [
        '',
        'No.',
        '',
        'On Tue, Dec 1, 2026 at 6:02 PM Researcher',
        '<r@index.example> wrote:',
        '',
        'Do you?',
        'Really?',
      ],
      'No.\n\n> On Tue, Dec 1, 2026 at 6:02 PM Researcher\n> <r@index.example> wrote:\n\n> Do you?\n> Really?',
    ],
    [
      'words above it in German',
      ['', 'Nein.', 'Am 01.12.2026 um 18:02 schrieb Jo:', 'Ja?'],
      'Nein.\n> Am 01.12.2026 um 18:02 schrieb Jo:\n> Ja?',
    ],
    [
      'words above what is marked, with an answer below',
      ['', 'On Monday, Jo', 'wrote:', '> Do you?', '', 'No.'],
      'On Monday, Jo\nwrote:\n> Do you?\n\nNo.',
    ],
  ])('marks an earlier letter: %s', async (_, own, text) => {
    const charset = own[0]?.startsWith('Content-Type')
      ? own.map((line) => line.replace('text/html', 'text/html; charset=utf-8'))
      : ['Content-Type: text/plain; charset=utf-8', ...own];
    expect(await body(lines(...charset))).toBe(text);
  });

  it.each([
    [
      '8bit',
      ['> Do you? ', '> ', '> Danke ', 'No, we ', 'do not. ', '> Why? ', 'So.'],
      ['> Do you?', '>', '> Danke', 'No, we do not.', '> Why?', 'So.'],
    ],
    ['quoted-printable', ['> Do you?=20', '> =20', '> a=20', 'No.'], ['> Do you?', '>', '> a', 'No.']],
  ])('that is flowed keeps what is quoted apart: %s', async (encoding, own, text) => {
    const head = [
      'Content-Type: text/plain; charset=utf-8; format=flowed',
      `Content-Transfer-Encoding: ${encoding}`,
      '',
    ];
    expect(await body(lines(...head, ...own))).toBe(text.join('\n'));
  });

  it('says that it cannot tell where an earlier letter ends that is not marked', async () => {
    const quoting = (mark: string) => lines('', 'No.', '', 'On Monday, Jo wrote:', `${mark}Do you?`);
    expect((await read(quoting(''))).remarks).toEqual([expect.stringContaining('without marks')]);
    expect((await read(quoting('> '))).remarks).toEqual([]);
  });

  it('of a letter that only speaks of letters is left as it is', async () => {
    expect(await body(lines('', 'From: here it goes on.', 'And no date follows.', 'We > you.'))).toBe(
      'From: here it goes on.\nAnd no date follows.\nWe > you.',
    );
  });
});
