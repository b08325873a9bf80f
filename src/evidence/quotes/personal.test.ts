import { describe, expect, it } from 'vitest';
import { linesOfPersonal, personalIn, personalInQuote } from './personal.ts';

const around = (suffix: string, exact = 'We publish it every May.', prefix = '') => ({
  prefix,
  exact,
  suffix,
});
const inLetter = (suffix: string, exact?: string, prefix?: string) =>
  personalIn(around(suffix, exact, prefix), { letter: true }).map(
    ({ what, text, where }) => `${what}: ${text} (${where})`,
  );

describe('what may be personal in a quote', () => {
  it.each([
    ['\n\nKind regards, Jane Roe\nPress office', 'Kind regards, Jane Roe'],
    ['\n\nKind regards,\n\nJane Roe', 'Kind regards, Jane Roe'],
    ['\nBest wishes\nJ. Roe, Legal', 'Best wishes J. Roe, Legal'],
    ['\nMit freundlichen Grüßen\nHanna Vogel', 'Mit freundlichen Grüßen Hanna Vogel'],
    ['\nViele Grüße, Hanna', 'Viele Grüße, Hanna'],
    ['\nCordialement,\nLuc Petit', 'Cordialement, Luc Petit'],
    ['\nUn saludo,\nAna Gil', 'Un saludo, Ana Gil'],
    ['\nCordiali saluti\nAda Bo', 'Cordiali saluti Ada Bo'],
    ['\nAtenciosamente,\nRui Sá', 'Atenciosamente, Rui Sá'],
    ['\nMet vriendelijke groet,\nEls Bos', 'Met vriendelijke groet, Els Bos'],
    ['\nZ poważaniem\nJan Lis', 'Z poważaniem Jan Lis'],
    ['\nС уважением,\nАнна Лис', 'С уважением, Анна Лис'],
    ['\nمع أطيب التحيات،\nليلى', 'مع أطيب التحيات، ليلى'],
    ['\nבברכה,\nדנה', 'בברכה, דנה'],
    ['\n敬具\n山田', '敬具 山田'],
    ['\nMed vänliga hälsningar\nEva Ek', 'Med vänliga hälsningar Eva Ek'],
  ])('a signature: %j', (suffix, text) => {
    expect(inLetter(suffix)).toEqual([`signature: ${text} (context)`]);
  });

  it('names, addresses and numbers, in the passage and beside it', () => {
    expect(inLetter('', 'Write to jane.roe@alder.example.')).toEqual([
      'e-mail address: jane.roe@alder.example (passage)',
    ]);
    expect(inLetter(' Tel. 020 7946 0018')).toEqual(['phone number: Tel. 020 7946 0018 (context)']);
    expect(inLetter(' Call +44 (0)20 7946-0018.')).toEqual(['phone number: +44 (0)20 7946-0018 (context)']);
    expect(inLetter('', 'As Dr. Roe said, we do.')).toEqual(['name: Dr. Roe (passage)']);
    expect(inLetter('', undefined, 'Dear Jane Roe,\n')).toEqual(['name: Jane Roe (context)']);
    expect(inLetter('', undefined, 'Sehr geehrte Frau Vogel,\n')).toEqual(['name: Vogel (context)']);
  });

  it('who wrote a mail, wherever the name stands', () => {
    const text =
      'From: Jane Roe <j@alder.example>\nTo: Index <i@index.example>\n\nWe publish it.\n— Jane Roe';
    const quote = {
      id: 'q',
      source: 's',
      text: '',
      start: 63,
      end: 77,
      exact: 'We publish it.',
      prefix: '',
      suffix: '\n— Jane Roe',
    };
    const source = {
      id: 's',
      type: 'personal_communication',
      title: 's',
      custom: { kind: 'letter' as const },
    };
    const [found] = personalInQuote(quote, source, text);
    expect(found).toMatchObject({ what: 'name', text: 'Jane Roe', where: 'context' });
    expect(found && linesOfPersonal(text, { start: text.indexOf('We publish'), prefix: '' }, found)).toEqual([
      5, 5,
    ]);
  });

  it.each([
    ' We answered 1,234 of 5,678 requests between 01.02.2026 and 2026-03-04, or 99.95 %.',
    '\nKind regards,',
    '\nKind regards,\n████████',
    '\nDear Sir or Madam,\nthe rest',
    '\nWith regards to your question, we do.',
    ' Article 17 (3) of 2016/679, 10.1000/182',
    ' ISBN 978-3-16-148410-0',
  ])('nothing in %j', (suffix) => {
    expect(inLetter(suffix)).toEqual([]);
  });

  it('on public pages, the address of an office and a title are what anybody may read', () => {
    const onPage = (suffix: string) => personalIn(around(suffix), { letter: false }).map(({ what }) => what);
    expect(onPage(' Write to privacy@alder.example, or ask Dr. Roe.')).toEqual([]);
    expect(onPage(' Write to jane.roe@alder.example.')).toEqual(['e-mail address']);
  });

  it('is found in a moment in a passage of any length', () => {
    for (const text of ['kind regards, ', 'a@', '+1 2', 'Dear ', '☎ 1 ', 'A. ', '\n> ', 'mr '])
      personalIn(
        { prefix: '', exact: text.repeat(200_000 / text.length), suffix: '' },
        { letter: true, names: ['A. A.'] },
      );
  }, 5000);
});
