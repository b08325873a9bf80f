import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractText } from '../extract.ts';
import { logicalOrder } from './pdf-directions.ts';
import { linesOf, type PdfItem } from './pdf-lines.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';
import { runningLines } from './pdf-running-lines.ts';
import { rowsOf } from './pdf-tables.ts';
import { isGibberish } from './pdf-usable.ts';

const PAGE = [0, 0, 600, 800];
/** A piece of 10 points, whose letters are 5 wide. */
const item = (str: string, x: number, y: number, { size = 10, width = str.length * 5 } = {}): PdfItem => ({
  str,
  dir: 'ltr',
  transform: [size, 0, 0, size, x, y],
  width,
  height: size,
});
const texts = (...items: PdfItem[]) => linesOf(items, PAGE).map(({ text }) => text);

describe('the lines of a PDF', () => {
  it('are pieces at one height, with spaces where there is room, and tabs between cells', () => {
    expect(texts(item('We', 0, 700), item('do', 15, 700), item('.', 25, 700), item('Next', 0, 688))).toEqual([
      'We do.',
      'Next',
    ]);
    expect(texts(item('37,499.96', 0, 700), item('DIRECTOR', 100, 700), item('BAIN', 200, 700))).toEqual([
      '37,499.96\tDIRECTOR\tBAIN',
    ]);
    // Whatever the order in which a row is painted.
    expect(texts(item('256', 100, 700), item('Total', 0, 700))).toEqual(['Total\t256']);
  });

  it('have what is raised or small, and marks where their letters are', () => {
    expect(texts(item('days', 0, 700), item('2', 20, 704, { size: 6 }), item(' of', 25, 700))).toEqual([
      'days2 of',
    ]);
  });

  it('have letters that are painted twice for a bold look once', () => {
    expect(
      texts(item('项目', 0, 700), item('项目', 0.3, 700), item('：', 10, 700), item('：', 10.3, 700.2)),
    ).toEqual(['项目：']);
    expect(texts(item('no', 0, 700), item('no', 15, 700))).toEqual(['no no']);
  });

  it('stand upright on a page that is turned', () => {
    const turned = (str: string, x: number, y: number): PdfItem => ({
      str,
      dir: 'ltr',
      transform: [0, 10, -10, 0, x, y],
      width: str.length * 5,
      height: 10,
    });
    expect(texts(turned('We', 100, 0), turned('do', 100, 15), turned('Next', 112, 0))).toEqual([
      'We do',
      'Next',
    ]);
  });

  it('have the letters of print forms and ligatures', () => {
    expect(texts(item('ofﬁce ﺔ', 0, 700))).toEqual(['office ة']);
  });
});

describe('what runs from right to left', () => {
  it.each([
    [['שלום', ' ', 'אבג'], 'אבג שלום'],
    [['.', '30', ' ', 'אבג'], 'אבג 30.'],
    [[')', '4', ' ', 'סעיף', '('], ')סעיף 4('],
    [['.', '(', '4', ' ', 'סעיף', ')'], '(סעיף 4).'],
    [['שעות', ' ', 'a@b.example', ' ', 'כתובת'], 'כתובת a@b.example שעות'],
    [['אבג', ' ', 'Alder', ' ', 'Ltd', ' ', 'של'], 'של Alder Ltd אבג'],
    [['אבג', ' ', '10', '.', '5', ' ', 'של'], 'של 10.5 אבג'],
    [['אבג', ' ', '10', ' - ', '5', ' ', 'של'], 'של 5 - 10 אבג'],
    [['We', ' ', 'say', ' ', 'לום', ' ', 'ש', ' ', 'here and there'], 'We say ש לום here and there'],
    [['No', ' ', '30', ' ', 'days of it'], 'No 30 days of it'],
  ])('%j is read as %j', (visual, logical) => {
    expect(logicalOrder(visual, /^\P{L}*\p{Script=Hebrew}/u.test(logical)).join('')).toBe(logical);
  });

  it.each([
    [
      'he.pdf',
      'איננו מוכרים את המידע האישי שלך לצד שלישי, והודעות נמחקות בתוך 30 יום מסגירת החשבון (סעיף 4).',
    ],
    ['he.pdf', 'ניתן לבקש עותק של המידע בכל עת בכתובת privacy@alder.example בשעות העבודה.'],
    ['ar.pdf', 'لا نبيع بياناتك الشخصية لأي طرف ثالث، ونحذف الرسائل بعد 30 يومًا من إغلاق الحساب (القسم 4).'],
    [
      'ar.pdf',
      'يمكن للمستخدم أن يطلب نسخة من بياناته في أي وقت عبر البريد privacy@alder.example خلال ساعات العمل.',
    ],
  ])('%s, as a browser prints it', async (name, sentence) => {
    const { text } = await extractText({
      bytes: new Uint8Array(readFileSync(`tests/documents/${name}`)),
      name,
    });
    expect(text.split('\n')).toContain(sentence);
  });
});

describe('sentences over pages', () => {
  it('are not interrupted by heads and page numbers, which are kept apart', async () => {
    const { text, hidden, pages } = await extractText({
      bytes: new Uint8Array(readFileSync('tests/documents/span.pdf')),
      name: 'span.pdf',
    });
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Sentence number 8 says that the company answers lawful requests only. Sentence number 9 says',
    );
    expect(text).not.toMatch(/Transparency report|Page \d/);
    expect(hidden.split('\n')).toEqual(['Transparency report 2026', 'Page 1', 'Page 2', 'Page 3', 'Page 4']);
    expect(pages.slice(0, 2).map(([start]) => text.slice(start, start + 12))).toEqual([
      '1. Each comp',
      'answered dur',
    ]);
  });

  const page = (...own: readonly (readonly [string, number])[]) =>
    linesOf(
      own.map(([text, y]) => item(text, 50, y)),
      PAGE,
    );
  const running = (...pages: ReturnType<typeof page>[]) => [...runningLines(pages)].map(({ text }) => text);

  it.each([
    ['numbers that count on', ['1', '2', '3'], ['1', '2', '3']],
    ['Roman numbers', ['Page i', 'Page ii', 'Page iii'], ['Page i', 'Page ii', 'Page iii']],
    ['what differs', ['one thing', 'another', 'a third'], []],
  ])('%s', (_, feet, expected) => {
    expect(running(...feet.map((foot, index) => page([`Body ${'abc'[index]}`, 500], [foot, 30])))).toEqual(
      expected,
    );
  });

  it('only outermost lines are running ones, and only in the same place', () => {
    const pages = [0, 1, 2].map((index) =>
      page(['Total', 120 + index], ['same', 60], [`last ${'abc'[index]}`, 40]),
    );
    expect(running(...pages)).toEqual([]);
    expect(running(page(['Report', 780]), page(['Report', 780]), page(['Report', 700]))).toEqual(
      ['Report', 'Report'].slice(0, 2),
    );
    expect(running(page(['Report', 780], ['Text', 600]))).toEqual([]);
  });
});

describe('tables and paragraphs', () => {
  const column = (x: number, ...cells: string[]) =>
    cells.map((cell, index) => item(cell, x, 700 - index * 12));

  it('a table that is painted column by column is read by rows', () => {
    const lines = linesOf(
      [
        ...column(0, '01/02', '01/05', '01/09', '02/01'),
        ...column(100, 'Alder', 'Birch and Daughters Ltd', 'Cedar', 'Elm'),
        ...column(300, '12', '7', '110', '3'),
      ],
      PAGE,
    );
    expect(rowsOf(lines).map(({ text }) => text)).toEqual([
      '01/02\tAlder\t12',
      '01/05\tBirch and Daughters Ltd\t7',
      '01/09\tCedar\t110',
      '02/01\tElm\t3',
    ]);
  });

  it('two columns of prose are read one after the other', () => {
    const left = [
      'We keep what you send to us,',
      'for as long as your account',
      'is open and thirty days more',
      'before all of it is deleted.',
    ];
    const right = [
      'Whoever asks for it gets one',
      'copy of what we hold on them',
      'within a month and in a form',
      'that other programs can read',
    ];
    expect(
      rowsOf(linesOf([...column(0, ...left), ...column(300, ...right)], PAGE)).map(({ text }) => text),
    ).toEqual([...left, ...right]);
  });

  it('an empty line stands where the page leaves room', () => {
    const lines = linesOf(
      [
        item('Title', 0, 750, { size: 20 }),
        item('one', 0, 700),
        item('two', 0, 688),
        item('three', 0, 676),
        item('four', 0, 650),
      ],
      PAGE,
    );
    expect(paragraphsOf(lines)).toBe('Title\n\none\ntwo\nthree\n\nfour');
  });
});

describe('a PDF that cannot be quoted', () => {
  it.each([
    ['letters that nobody assigned', '\ue000\ue001\ue002 \ue003\ue004 '.repeat(10), true],
    ['scripts that no language mixes', 'ϸЇ́Ψߙ ӗaہm ഀঃব๑ ȥҧਊăϘ ñЖבϐ '.repeat(5), true],
    ['English', 'We keep data for thirty days, then we delete it.', false],
    ['Japanese', 'お客様の個人情報を第三者に提供することはありません。サービスの利用', false],
    ['Arabic with a Latin name', 'نحن في Alder لا نبيع بياناتك الشخصية لأي طرف ثالث', false],
    ['numbers', '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15', false],
    ['formulas', 'α + β = γ, and Δx ≤ 3 σ/√n holds for all n', false],
  ])('%s', (_, text, gibberish) => {
    expect(isGibberish(text)).toBe(gibberish);
  });
});
