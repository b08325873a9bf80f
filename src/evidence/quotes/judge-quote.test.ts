import { describe, expect, it } from 'vitest';
import { sha256 } from '../archive/hash.ts';
import { judgeQuote } from './judge-quote.ts';
import { quotePassage } from './quote.ts';
import { newText, oldText } from './quoted-texts.ts';

const captured = (text: string, hidden = '') => ({
  source: 'policy',
  hash: sha256(text),
  text,
  hidden,
  pages: undefined,
});

/** Quotes a passage of one text, and says what became of it in another. */
function judged(before: string, quote: string, after: string, hidden = '') {
  const found = quotePassage(captured(before), quote);
  if (found.kind !== 'found') throw new Error(`the quote is ${found.kind}`);
  return judgeQuote({ id: 'own', ...found.passage }, newText(captured(after, hidden)), oldText(before));
}

const BEFORE =
  'Intro.\n\nWe do not share your data with advertisers. Data are deleted within 30 days.\n\nThe end.';

describe('what became of a quote', () => {
  it.each([
    ['same', 'We do not share your data', BEFORE],
    ['same', 'We do not share your data', BEFORE.replace('The end.', 'Another end.')],
    ['moved', 'We do not share your data', BEFORE.replace('Intro.', 'A longer introduction.')],
    ['typographic', 'We do not share your data', BEFORE.replace('not share your', 'not\nshare\u00a0your')],
    ['critical', 'We do not share your data', BEFORE.replace('do not', 'do')],
    ['critical', 'We do not share your data', BEFORE.replace('do not', 'may')],
    ['critical', 'Data are deleted within 30 days', BEFORE.replace('30', '90')],
    ['critical', 'Data are deleted within 30 days', BEFORE.replace('30 days', '30 months')],
    ['critical', 'share your data with advertisers', BEFORE.replace('do not ', '')],
    [
      'critical',
      'share your data with advertisers',
      BEFORE.replace('advertisers.', 'advertisers unless you ask us to.'),
    ],
    [
      'reworded',
      'We do not share your data with advertisers',
      BEFORE.replace('your data', 'your information'),
    ],
    [
      'gone',
      'We do not share your data with advertisers',
      'Welcome to our new site. Please choose a country.',
    ],
    ['moved', 'Data are deleted within 30 days', BEFORE.replace('We do not share', 'We never share')],
  ])('%s: %s', (verdict, quote, after) => {
    expect(judged(BEFORE, quote, after).verdict).toBe(verdict);
  });

  it.each([
    [
      'In Europe, we do not sell data.',
      'we do not sell data',
      'In California, we do not sell data.',
      'reworded',
    ],
    [
      'We do not sell data.',
      'We do not sell data.',
      'From 2027, this no longer holds:\n\nWe do not sell data.',
      'critical',
    ],
    [
      'Home\nAbout\nWe keep no logs of you',
      'We keep no logs of you',
      'Start\nContact\nWe keep no logs of you',
      'moved',
    ],
    ['Within 30² days.', 'Within 30² days.', 'Within 302 days.', 'critical'],
  ])('looks at what frames it: %s', (before, quote, after, verdict) => {
    expect(judged(before, quote, after).verdict).toBe(verdict);
  });

  it('says which words the meaning turns on, and shows the difference', () => {
    const { critical, difference } = judged(BEFORE, 'deleted within 30 days', BEFORE.replace('30', '90'));
    expect(critical).toEqual(['30', '90']);
    expect(difference).toEqual([
      { kind: 'same', text: 'deleted within ' },
      { kind: 'removed', text: '30' },
      { kind: 'added', text: '90' },
      { kind: 'same', text: ' days' },
    ]);
  });

  it('never takes a likeness for sameness: 30 days and 90 days are one letter apart', () => {
    const long = `${'We care for your privacy and say so at length. '.repeat(5)}We keep data for 30 days.`;
    expect(judged(long, long, long.replace('30', '90')).verdict).toBe('critical');
  });

  it('is told from other places by what stands around it; else a person is asked', () => {
    const twice = 'Apps. We may end this. Desks. We may end this. Done.';
    const found = quotePassage(captured(twice), 'We may end this', { prefix: 'Desks. ', suffix: '. Done' });
    if (found.kind !== 'found') throw new Error(found.kind);
    const quote = { id: 'own', ...found.passage };
    const judge = (text: string) => judgeQuote(quote, newText(captured(text))).verdict;
    expect(judge(twice)).toBe('same');
    expect(judge(`New. ${twice}`)).toBe('moved');
    expect(
      judge(twice.replace('Desks.', 'Tables.').replace('Apps.', 'Chairs.').replace('Done.', 'Over.')),
    ).toBe('ambiguous');
  });

  it('is gone where the page keeps it in hidden text only', () => {
    const { verdict, why } = judged(BEFORE, 'We do not share your data with advertisers', 'Welcome.', BEFORE);
    expect(verdict).toBe('gone');
    expect(why).toContain('does not show');
  });

  it.each([
    ['我们不会与广告商分享您的数据。', '不会与广告商分享您的数据', '我们会与广告商分享您的数据。'],
    [
      'Nous ne vendons pas vos données à des tiers.',
      'Nous ne vendons pas vos données',
      'Nous vendons vos données à des tiers.',
    ],
    [
      'Wir geben Ihre Daten nicht an Dritte weiter.',
      'Wir geben Ihre Daten nicht an Dritte weiter',
      'Wir geben Ihre Daten an Dritte weiter.',
    ],
    ['نحن لا نشارك بياناتك مع أحد.', 'لا نشارك بياناتك مع أحد', 'نحن نشارك بياناتك مع أحد.'],
    ['לא נשתף את המידע שלך עם אחרים.', 'לא נשתף את המידע שלך עם אחרים', 'נשתף את המידע שלך עם אחרים.'],
  ])('notices a negation that is gone in any language: %s', (before, quote, after) => {
    expect(judged(before, quote, after).verdict).toBe('critical');
  });

  it('is read from the archive: what quotes.yaml says of its surroundings is not believed', () => {
    const before = 'Hello. We never, in no country, share your data. Bye.';
    const after = 'Hello. We, in each country, share your data. Bye.';
    const found = quotePassage(captured(before), 'share your data');
    if (found.kind !== 'found') throw new Error(found.kind);
    const forged = { id: 'own', ...found.passage, prefix: 'Hello. We, in each country, ' };
    expect(judgeQuote(forged, newText(captured(after)), oldText(before)).verdict).toBe('critical');
  });

  it('is judged by what was kept with it where the archive does not have its text', () => {
    const found = quotePassage(captured(BEFORE), 'share your data');
    if (found.kind !== 'found') throw new Error(found.kind);
    const quote = { id: 'own', ...found.passage };
    const judge = (text: string) =>
      judgeQuote(quote, newText(captured(text)), oldText('Another text.')).verdict;
    expect(judge(`News. ${BEFORE}`)).toBe('moved');
    expect(judge(BEFORE.replace('do not', 'do'))).toBe('critical');
  });

  it.each([
    ['WE DO NOT SHARE YOUR DATA WITH ADVERTISERS.', 'typographic'],
    ['We do not share your data With Advertisers.', 'reworded'],
  ])('is found in other letter case: %s', (sentence, verdict) => {
    const own = 'We do not share your data with advertisers.';
    expect(judged(`Intro. ${own}`, own, `Intro. ${sentence}`)).toMatchObject({
      verdict,
      passage: { exact: sentence },
    });
  });

  it('names what it names no longer, and ends with its sentence', () => {
    const before =
      'Data are kept in Japan, the United States and South Korea.\n\nJapan and others are named below.';
    const { verdict, lost, passage } = judged(
      before,
      'Data are kept in Japan, the United States and South Korea.',
      before.replace('Japan, the United States and', 'Japan and'),
    );
    expect(verdict).toBe('reworded');
    expect(lost).toEqual(['United States']);
    expect(passage?.exact).toBe('Data are kept in Japan and South Korea.');
  });

  it.each([
    ['You may re-\nsign it.', 'You may resign it.', 'reworded'],
    ['You may re-\nsign it. Who may resign?', 'You may resign it. Who may resign?', 'typographic'],
    ['You may re-\nsign it. Or re-sign?', 'You may resign it. Or re-sign?', 'reworded'],
    ['The agree-\nment ends.', 'The agreement ends.', 'typographic'],
  ])('asks where a hyphen at the end of a line may be one: %j', (after, before, verdict) => {
    const [sentence = ''] = before.match(/^[^.]*\./) ?? [];
    expect(judged(before, sentence, after).verdict).toBe(verdict);
  });

  it('tells what changed around it, apart from its own words', () => {
    const text = 'Sharing\n\nFirst. We share nothing. Logs go after 30 days.';
    expect(
      judged(text, 'We share nothing.', text.replace('30', '60').replace('Sharing', 'Others')),
    ).toMatchObject({
      verdict: 'moved',
      surroundings: [
        { what: 'heading', before: 'Sharing', after: 'Others' },
        { what: 'after', before: 'Logs go after 30 days.', after: 'Logs go after 60 days.' },
      ],
    });
    expect(judged(text, 'We share nothing.', `News\n\nAll new.\n\n${text}`).surroundings).toBeUndefined();
  });

  it('belongs to its key in JSON', () => {
    const text = JSON.stringify({ logs: { kept: '30 days' }, mails: { kept: '90 days' } }, null, 1);
    expect(judged(text, '30 days', text.replace('logs', 'passwords')).verdict).toBe('critical');
    expect(judged(text, '30 days', text.replace('mails', 'letters')).verdict).toBe('same');
    expect(judged(text, '30 days', JSON.stringify(JSON.parse(text))).verdict).toBe('moved');
  });

  it('is the same one where it stands twice and nothing tells the two apart', () => {
    const twice = 'We may end this at once.\n\nGo on.\n\nWe may end this at once.\n\nGo on.';
    expect(judged('We may end this at once.\n\nGo on.', 'We may end this at once.', twice).verdict).toBe(
      'same',
    );
  });

  it.each([
    ['We delete the following.', 'We sell the following.', 'critical'],
    ['We never do that.', 'We do that.', 'critical'],
    ['Write to us at any time.', 'Write to us when you like.', 'same'],
  ])('is read with a paragraph that announces its list: %s → %s', (before, after, verdict) => {
    const text = (lead: string) => `${lead.padEnd(30, '\u00ad')}\n\n- your name\n- your place`;
    expect(judged(text(before), 'your place', text(after)).verdict).toBe(verdict);
  });
});
