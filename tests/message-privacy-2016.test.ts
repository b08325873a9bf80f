import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import { citationsIn, limitsOf } from '#edition/index';
import { nextLevels, rankingOf, scoreAndRank, verify } from '#scoring/index';
import { checkEdition } from '#tables/check';

const FOLDER = 'editions/message-privacy/2016';
const { edition } = readEdition(FOLDER);
if (!edition) throw new Error(`${FOLDER} does not hold; run assay check on it`);
const scored = scoreAndRank(edition);

describe('the Message Privacy Ranking of 2016', () => {
  it('holds, without a warning', async () => {
    expect((await checkEdition(FOLDER)).problems).toEqual([]);
  });

  it('ranks the eleven companies by their exact totals', () => {
    expect(
      rankingOf(scored).rows.map(({ rank, name, exact, published }) => [rank, name, exact, published]),
    ).toEqual([
      [1, 'Facebook', '220/3', '73'],
      [2, 'Apple', '200/3', '67'],
      [2, 'Telegram', '200/3', '67'],
      [4, 'Google', '160/3', '53'],
      [5, 'Line', '140/3', '47'],
      [5, 'Viber Media', '140/3', '47'],
      [7, 'Kakao Inc', '40', '40'],
      [7, 'Microsoft', '40', '40'],
      [9, 'Snapchat', '80/3', '27'],
      [10, 'Blackberry', '20', '20'],
      [11, 'Tencent', '0', '0'],
    ]);
  });

  it('tells what one level more would give: Telegram would share first place', () => {
    const level = nextLevels(scored)('telegram').find(({ measure }) => measure === 'encrypts-by-default');
    expect(level).toMatchObject({
      answer: '1',
      next: { answer: '2', points: '2', outcome: { exact: '220/3', published: '73', rank: 1 } },
    });
    expect(nextLevels(scored)('telegram')[0]).toMatchObject({
      measure: 'recognises-threats',
      why: 'highest',
    });
  });

  it('re-derives all 77 published figures: one total was cut off, and seven positions do not follow the totals', () => {
    const { checked, matched, deviations, stale } = verify(scored);
    expect({ checked, matched, stale }).toEqual({ checked: 77, matched: 69, stale: [] });
    expect(
      deviations
        .map(({ unit, figure, published, computed, state }) => [
          unit,
          figure,
          published,
          computed,
          state === 'explained',
        ])
        .toSorted(),
    ).toEqual(
      [
        ['snapchat', 'total', '26', '27', true],
        ['telegram', 'position', '4', '2', true],
        ['google', 'position', '3', '4', true],
        ['viber', 'position', '7', '5', true],
        ['kakao', 'position', '8', '7', true],
        ['microsoft', 'position', '6', '7', true],
        ['snapchat', 'position', '10', '9', true],
        ['blackberry', 'position', '9', '10', true],
      ].toSorted(),
    );
  });

  it('has reasons and a citation for each of the 55 scores, a paragraph at least', () => {
    const criteria = edition.methodology.measures
      .filter((measure) => measure.scale && !measure.recorded)
      .map((measure) => measure.id);
    expect(criteria).toHaveLength(5);
    expect(edition.assessments.map((assessment) => assessment.unit)).toEqual(
      edition.companies.map((company) => company.id),
    );
    for (const { unit, sections } of edition.assessments) {
      expect(
        sections.map((section) => section.measure),
        unit,
      ).toEqual(criteria);
      for (const { measure, text } of sections) {
        expect(text.split(/\s+/).length, `${unit} ${measure}`).toBeGreaterThan(40);
        expect(citationsIn(text), `${unit} ${measure}`).not.toEqual([]);
      }
    }
  });

  it('has an entry for every one of the 175 footnotes of the report, each source once', () => {
    const footnotes = edition.sources.flatMap((source) => source.custom.footnotes ?? []);
    expect(new Set(footnotes).size).toBe(footnotes.length);
    const numbers = new Set(footnotes.map((footnote) => Number.parseInt(footnote, 10)));
    expect(
      Array.from({ length: 175 }, (_, index) => index + 1).filter((number) => !numbers.has(number)),
    ).toEqual([]);
    const addresses = edition.sources.flatMap((source) => source.URL ?? []);
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
  });

  it('says who was written to and who answered', () => {
    const sent = edition.correspondence.filter((letter) => letter.direction === 'sent');
    expect(sent).toHaveLength(22);
    const answered = new Set(
      edition.correspondence
        .filter((letter) => letter.direction === 'received')
        .map((letter) => letter.company),
    );
    expect(
      edition.companies.map((company) => company.id).filter((company) => !answered.has(company)),
    ).toEqual(['blackberry', 'google', 'tencent']);
  });

  it('keeps at least a dozen findings, and what the data cannot decide as undecided', () => {
    expect(edition.findings.length).toBeGreaterThanOrEqual(12);
    const undecided = edition.findings.flatMap((finding) =>
      finding.undecided.map((figure) => `${finding.id}: ${figure.figure}`),
    );
    expect(undecided).toEqual([
      'at-least-transport: all',
      'policy-and-practice: five',
      'replies: seven',
      'replies: six',
    ]);
  });
});

const REPORT = '../shared/data/report-2016/report.txt';

/** The report’s licence forbids derivatives: facts carry over, sentences do not. */
describe.skipIf(!existsSync(REPORT))('against the text of the report', () => {
  it('shares no run of eight words with it, but for names and titles of sources', () => {
    const words = (text: string) =>
      text
        .toLowerCase()
        .replace(/’/g, "'")
        .match(/[\p{L}\p{N}']+/gu) ?? [];
    const runs = (text: string) => {
      const all = words(text);
      return all.slice(7).map((_, start) => all.slice(start, start + 8).join(' '));
    };
    const report = new Set(runs(readFileSync(REPORT, 'utf8')));
    const texts = [
      edition.meta.summary ?? '',
      ...limitsOf(edition.meta).flatMap(({ text, question }) => [text, question ?? '']),
      ...edition.methodology.measures.flatMap((measure) => [
        measure.name,
        measure.question ?? '',
        measure.guidance ?? '',
      ]),
      ...edition.methodology.scales.flatMap((scale) => scale.answers.map((answer) => answer.meaning ?? '')),
      ...edition.assessments.flatMap(({ introduction, sections }) => [
        introduction,
        ...sections.map((section) => section.text),
      ]),
      ...edition.answers.rows.note,
      ...edition.correspondence.flatMap(({ about, outcome }) => [about, outcome]),
      ...edition.findings.map((finding) => finding.text),
      ...edition.deviations.map((deviation) => deviation.explanation),
      ...Object.values(edition.prose),
    ].map((text) => text.replace(/\[@[^\]]*\]/g, ' '));
    expect(texts.flatMap(runs).filter((run) => report.has(run))).toEqual([]);
  });

  it('prints the totals and positions that published.csv gives', () => {
    const lines = readFileSync(REPORT, 'utf8').split('\n');
    const table = lines.slice(
      lines.findIndex((line) => line.includes('OVERALL RANKING')),
      lines.findIndex((line) => line.includes('BACKGROUND AND')),
    );
    const printed = table.flatMap((line) => {
      const row = /^(\d+) +(\S.*?) {1,2}\S.* (\d+) *$/.exec(line);
      return row ? [[row[1], row[3]]] : [];
    });
    const figures = (figure: string) =>
      edition.published
        .filter((own) => own.figure === figure)
        .map((own) => own.value)
        .toSorted();
    expect(printed.map(([position]) => position).toSorted()).toEqual(figures('position'));
    expect(printed.map(([, total]) => total).toSorted()).toEqual(figures('total'));
  });
});
