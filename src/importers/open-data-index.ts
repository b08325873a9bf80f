import {
  type AnswerRow,
  type Edition,
  type Measure,
  NOTHING_ELSE,
  ownValue,
  type PublishedFigure,
  packAnswers,
  type Source,
  WEB_ADDRESS,
} from '#edition/index';
import { slug } from './ids.ts';
import { ImportError } from './import-error.ts';
import type { Progress, Remarks } from './imported.ts';
import { eachRow, fileNamed } from './rdr-release.ts';
import type { Row } from './rows.ts';
import type { SourceFile } from './source-files.ts';

/**
 * The Global Open Data Index: for each place and dataset nine questions, answered yes, no or unsure, with points that add up to 100;
 * the place has the mean over the datasets of the year. One edition a year.
 */

interface Question {
  readonly id: string;
  readonly question: string;
  readonly guidance: string;
  readonly points: string;
}

interface Entry {
  readonly place: string;
  readonly dataset: string;
  readonly year: string;
  readonly line: number;
  readonly row: Row;
}

export async function readOpenDataIndex(
  files: readonly SourceFile[],
  remarks: Remarks,
  progress: Progress,
): Promise<Edition[]> {
  const questions = await readQuestions(files, remarks);
  const datasets = await readNames(files, /datasets\.csv$/, 'title', remarks);
  const places = await readPlaces(files, remarks);
  const entries = await readEntries(files, questions, remarks, progress);
  return [...entries]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([year, own]) => editionOf({ year, entries: own, questions, datasets, places }));
}

async function readQuestions(files: readonly SourceFile[], remarks: Remarks): Promise<Question[]> {
  const questions: Question[] = [];
  const file = fileNamed(files, /questions\.csv$/, 'table of questions');
  await eachRow(file, ['id', 'question', 'description', 'score'], remarks, (row) => {
    const points = row.cell('score').trim();
    if (!/^\d+$/.test(points)) return; // asked for the record, without points
    questions.push({
      id: row.cell('id').trim(),
      question: row.cell('question').trim(),
      guidance: textOf(row.cell('description')),
      points,
    });
  });
  const sum = questions.reduce((total, { points }) => total + Number(points), 0);
  if (sum !== 100) remarks.add('weights', `The points of the questions add up to ${sum}, not to 100.`);
  return questions;
}

/** The words of a little HTML. */
const textOf = (html: string) =>
  html
    .replace(/<li>/g, '- ')
    .replace(/<[^<>]+>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\r\n?/g, '\n')
    .trim();

async function readNames(
  files: readonly SourceFile[],
  pattern: RegExp,
  column: string,
  remarks: Remarks,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  await eachRow(fileNamed(files, pattern, 'table of datasets'), ['id', column], remarks, (row) => {
    names.set(row.cell('id').trim(), row.cell(column).trim());
  });
  return names;
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly published: ReadonlyMap<string, { readonly rank: string; readonly score: string }>;
}

async function readPlaces(files: readonly SourceFile[], remarks: Remarks): Promise<Place[]> {
  const places: Place[] = [];
  const file = fileNamed(files, /places\.csv$/, 'table of places');
  await eachRow(
    file,
    ['id', 'name', 'rank', 'score', 'rank_2014', 'score_2014', 'rank_2013', 'score_2013'],
    remarks,
    (row) => {
      const of = (suffix: string) => ({
        rank: row.cell(`rank${suffix}`).trim(),
        score: row.cell(`score${suffix}`).trim(),
      });
      const published = new Map([
        ['2015', of('')],
        ['2014', of('_2014')],
        ['2013', of('_2013')],
      ]);
      places.push({ id: slug(row.cell('id')), name: row.cell('name').trim(), published });
    },
  );
  return places;
}

/** The entries by year. Those that stand twice are taken as the next year’s where that year has none for the place. */
async function readEntries(
  files: readonly SourceFile[],
  questions: readonly Question[],
  remarks: Remarks,
  progress: Progress,
): Promise<Map<string, Entry[]>> {
  const file = fileNamed(files, /entries\.csv$/, 'table of entries');
  const entries = new Map<string, Entry>();
  const doubled: Entry[] = [];
  const columns = ['place', 'dataset', 'year', 'score', ...questions.map(({ id }) => id)];
  await eachRow(file, columns, remarks, (row) => {
    const entry: Entry = {
      place: slug(row.cell('place')),
      dataset: slug(row.cell('dataset')),
      year: row.cell('year').trim(),
      line: row.line,
      row,
    };
    if (entries.has(keyOf(entry))) doubled.push(entry);
    else entries.set(keyOf(entry), entry);
  });
  progress('entries', entries.size + doubled.length);
  let carried = 0;
  for (const entry of doubled) {
    const next = { ...entry, year: String(Number(entry.year) + 1) };
    const first = entries.get(keyOf(entry));
    const isSame =
      first !== undefined && columns.every((column) => first.row.cell(column) === entry.row.cell(column));
    if (isSame && !entries.has(keyOf(next))) {
      entries.set(keyOf(next), next);
      carried++;
    } else
      remarks.add(
        'doubled',
        `${file.name}, line ${entry.line}: “${entry.place}” is answered twice for “${entry.dataset}” in ${entry.year}; the first row counts.`,
      );
  }
  if (carried > 0)
    remarks.add(
      'doubled',
      `${carried} entries stand twice under one year, while the year after has none for the same places (${[...new Set(doubled.map(({ place }) => place))].join(', ')}). The second of each is taken as that year’s, carried over; the scores and ranks that were published for that year show whether it is so.`,
    );
  return Map.groupBy(entries.values(), ({ year }) => year);
}

const keyOf = ({ place, dataset, year }: Pick<Entry, 'place' | 'dataset' | 'year'>) =>
  `${year} ${place} ${dataset}`;

interface Round {
  readonly year: string;
  readonly entries: readonly Entry[];
  readonly questions: readonly Question[];
  readonly datasets: ReadonlyMap<string, string>;
  readonly places: readonly Place[];
}

function editionOf({ year, entries, questions, datasets, places }: Round): Edition {
  const asked = [...datasets.keys()].filter((dataset) =>
    entries.some((entry) => entry.dataset === slug(dataset)),
  );
  const ranked = places.filter(
    ({ id, published }) => published.get(year)?.score !== '' || entries.some(({ place }) => place === id),
  );
  const methodology = methodologyOf(year, questions, asked, datasets);
  const byCell = new Map(entries.map((entry) => [`${entry.place} ${entry.dataset}`, entry]));
  const answers: AnswerRow[] = [];
  const published: PublishedFigure[] = [];
  const sources = new Map<string, Source>();
  for (const { id: place, published: printed } of ranked) {
    for (const dataset of asked.map(slug)) {
      const entry = byCell.get(`${place} ${dataset}`);
      answers.push(...answersOf(place, dataset, entry, questions, sources));
      if (entry)
        published.push({
          unit: place,
          measure: dataset,
          figure: 'score',
          value: entry.row.cell('score').trim(),
          where: 'entries',
        });
    }
    const { rank = '', score = '' } = printed.get(year) ?? {};
    if (score !== '')
      published.push({ unit: place, measure: 'total', figure: 'total', value: score, where: 'places' });
    if (rank !== '')
      published.push({ unit: place, measure: 'total', figure: 'position', value: rank, where: 'places' });
  }
  return {
    ...NOTHING_ELSE,
    meta: {
      format: 1,
      id: `open-data-index-${year}`,
      series: 'open-data-index',
      title: `Global Open Data Index ${year}`,
      publisher: 'Open Knowledge',
      origin: RELEASE.id,
      licence: 'LicenseRef-as-published',
      languages: ['en'],
      'does-not-say': [
        'This edition was made by a program from the published tables. What the index finds is said by its publisher alone.',
      ],
    },
    methodology,
    companies: ranked.map(({ id, name }) => ({
      id,
      name,
      headquarters: '',
      country: '',
      group: '',
      note: '',
    })),
    services: [],
    answers: packAnswers(
      methodology,
      ranked.map(({ id }) => id),
      answers,
    ),
    sources: [RELEASE, ...sources.values()],
    published,
  };
}

const RELEASE: Source = {
  id: 'release',
  type: 'dataset',
  title: 'Global Open Data Index: tables of entries, places, datasets and questions',
  publisher: 'Open Knowledge',
  custom: { kind: 'report' },
};

/** In 2015 places were ranked by the printed totals, before that by the exact ones: so their published ranks show. */
function methodologyOf(
  year: string,
  questions: readonly Question[],
  asked: readonly string[],
  datasets: ReadonlyMap<string, string>,
): Edition['methodology'] {
  const leaf = (dataset: string, { id, question, guidance, points }: Question): Measure => ({
    id: `${slug(dataset)}-${id}`,
    parent: slug(dataset),
    name: question,
    short: id,
    question,
    ...(guidance ? { guidance } : {}),
    level: 'question',
    scale: 'yes-no',
    points: { yes: points, no: '0', unsure: '0' },
  });
  return {
    scales: [
      {
        id: 'yes-no',
        kind: 'options',
        answers: [
          { answer: 'yes', name: 'Yes' },
          { answer: 'no', name: 'No' },
          { answer: 'unsure', name: 'Unsure' },
        ],
      },
    ],
    measures: [
      { id: 'total', name: 'Score', combine: 'mean' },
      ...asked.flatMap((dataset): Measure[] => [
        {
          id: slug(dataset),
          parent: 'total',
          name: datasets.get(dataset) ?? dataset,
          level: 'dataset',
          combine: 'sum',
        },
        ...questions.map((question) => leaf(dataset, question)),
      ]),
    ],
    rounding: { rule: 'half-up', digits: 0 },
    'not-assessed': 'lowest',
    ranking: { measure: 'total', basis: year === '2015' ? 'published' : 'exact', ties: 'competition' },
  };
}

const ANSWERS: Readonly<Record<string, string>> = { Yes: 'yes', No: 'no', Unsure: 'unsure' };

function answersOf(
  place: string,
  dataset: string,
  entry: Entry | undefined,
  questions: readonly Question[],
  sources: Map<string, Source>,
): AnswerRow[] {
  const citations = entry ? sourceOf(place, dataset, entry, sources) : '';
  const note = entry ? noteOf(entry.row) : '';
  return questions.map(({ id }) => {
    const given = entry?.row.cell(id).trim() ?? '';
    const answer = entry ? ownValue(ANSWERS, given) : 'not-assessed';
    if (answer === undefined)
      throw new ImportError(
        `Line ${entry?.line} of the entries: “${given}” is no answer to “${id}”; known are ${Object.keys(ANSWERS).join(', ')}.`,
      );
    return { unit: place, measure: `${dataset}-${id}`, answer, citations, note };
  });
}

function sourceOf(place: string, dataset: string, { row }: Entry, sources: Map<string, Source>): string {
  const url = row.cell('url').trim();
  if (!WEB_ADDRESS.test(url)) return RELEASE.id;
  const id = `${place}-${dataset}`;
  if (!sources.has(id))
    sources.set(id, {
      id,
      type: 'webpage',
      title: row.cell('officialtitle').replace(/\s+/g, ' ').trim() || url,
      ...(row.cell('publisher').trim()
        ? { publisher: row.cell('publisher').replace(/\s+/g, ' ').trim() }
        : {}),
      URL: url,
      custom: { kind: 'website' },
    });
  return id;
}

/** Submitters and reviewers are named in the tables; they are not carried over. */
function noteOf(row: Row): string {
  const format = row.cell('format').trim();
  const date = row.cell('timestamp').slice(0, 10);
  return format === ''
    ? ''
    : `Entry of ${date || 'an unknown date'}; format given as ${format.replace(/\s+/g, ' ')}.`;
}
