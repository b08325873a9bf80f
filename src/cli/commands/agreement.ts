import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import {
  type AgreementReport,
  agreementReport,
  type Estimate,
  GENERATOR,
  METRICS,
  type Metric,
  type Rating,
} from '#analysis/index';
import { readEdition } from '#edition/folder';
import { ownValue } from '#edition/index';
import { ImportError, type RatingColumns, type RatingForm, readRatings } from '#importers/index';
import { Exit, openEdition } from '../open.ts';
import { count, harmless, paint, table, wrap, write, writeJson } from '../terminal.ts';

interface Options extends RatingColumns {
  readonly domain?: readonly string[];
  readonly missing?: readonly string[];
  readonly where?: readonly (readonly [string, string])[];
  readonly sheet?: readonly string[];
  readonly skip?: number;
  readonly heading?: number;
  readonly metric?: readonly Metric[];
  readonly bootstrap: number;
  readonly seed: number;
  readonly json?: boolean;
}

export function agreementCommand(): Command {
  return new Command('agreement')
    .description(
      'say how far raters agree: coefficients with intervals, by measure and pair, and what they disagree on',
    )
    .argument(
      '<table>',
      'an edition with ratings/, or a CSV file or spreadsheet: a row for each rating, or a column (or sheet) for each rater',
    )
    .option('--unit <column>', 'the column with what was rated', 'unit')
    .option('--measure <column>', 'the column with the measure; may be missing', 'measure')
    .option('--rater <column>', 'the column with who rated', 'rater')
    .option('--answer <column>', 'the column with the answer', 'answer')
    .option('--sheet <name>', 'the sheet of the table; of several, each is a rater’s', collected)
    .option('--skip <number>', 'so many rows stand above the heading', wholeNumber)
    .option('--heading <number>', 'so many rows the heading has', wholeNumber)
    .option('--where <column=text>', 'only rows with this text in this column; may be repeated', condition)
    .option('--missing <words>', 'words for no answer, with commas', (text: string) =>
      text.split(',').map((word) => word.trim()),
    )
    .option('--domain <answers>', 'the answers that could be given, from the lowest up, with commas', listed)
    .option('--metric <metric>', `of Krippendorff’s alpha: ${METRICS.join(', ')}; may be repeated`, metricOf)
    .option('--bootstrap <number>', 'resamples for the intervals; 0 for none', wholeNumber, 1000)
    .option('--seed <number>', 'of the random numbers', wholeNumber, 1)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay agreement ratings.csv --domain 0,1,2,3\n\ndocs/agreement.md says what each coefficient is for.',
    )
    .action(async (path: string, options: Options) => {
      const {
        ratings,
        remarks,
        domain: graded,
      } = existsSync(join(path, 'edition.yaml')) ? ofEdition(path) : await ofTable(path, options);
      const domain = options.domain ?? graded;
      const report = agreementReport(ratings, {
        ...(domain ? { domain } : {}),
        metrics: options.metric ?? METRICS,
        resamples: options.bootstrap,
        seed: options.seed,
      });
      if (options.json) writeJson({ generator: GENERATOR, remarks, ...report });
      else write(reportText(report, remarks));
    });
}

interface Found {
  readonly ratings: readonly Rating[];
  readonly remarks: readonly string[];
  readonly domain?: readonly string[];
}

async function ofTable(path: string, options: Options): Promise<Found> {
  try {
    return await readRatings(path, options, formOf(options));
  } catch (error) {
    if (error instanceof ImportError) throw new Exit(2, error.message);
    throw error;
  }
}

/** The ratings beside an edition. Where all are on one scale, its answers have an order: by their points. */
function ofEdition(folder: string): Found {
  const { methodology } = openEdition(folder);
  const ratings = readEdition(folder).ratings.ratings.filter(({ answer }) => answer !== 'not-assessed');
  if (ratings.length === 0)
    throw new Exit(
      2,
      `“${folder}” has no ratings. Put a file for each rater into ratings/, such as ratings/ann.csv.`,
    );
  const rated = new Set(ratings.map(({ measure }) => measure));
  const scales = new Set(methodology.measures.filter(({ id }) => rated.has(id)).map(({ scale }) => scale));
  const scale = scales.size === 1 ? methodology.scales.find(({ id }) => scales.has(id)) : undefined;
  const answers = scale?.answers.toSorted((one, other) => Number(one.points) - Number(other.points)) ?? [];
  const graded = answers.map(({ answer }) => answer);
  const states = [...new Set(ratings.map(({ answer }) => answer))].filter(
    (answer) => !graded.includes(answer),
  );
  return { ratings, remarks: [], ...(graded.length > 1 ? { domain: [...graded, ...states] } : {}) };
}

const formOf = ({ domain, missing, where, sheet, skip, heading }: Options): RatingForm => ({
  domain,
  missing,
  ...(where ? { where } : {}),
  ...(sheet ? { sheets: sheet } : {}),
  ...(skip === undefined ? {} : { skip }),
  ...(heading === undefined ? {} : { heading }),
});

const collected = (text: string, before: readonly string[] = []): string[] => [...before, text];

function condition(
  text: string,
  before: readonly (readonly [string, string])[] = [],
): (readonly [string, string])[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be COLUMN=TEXT.');
  return [...before, [text.slice(0, at).trim(), text.slice(at + 1).trim()]];
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function listed(text: string): string[] {
  const answers = text.split(',').map((answer) => answer.trim());
  if (answers.some((answer) => answer === '') || new Set(answers).size < Math.max(2, answers.length))
    throw new InvalidArgumentError('It must be two or more different answers with commas between them.');
  return answers;
}

function metricOf(text: string, before: readonly Metric[] = []): Metric[] {
  const metric = METRICS.find((own) => own === text);
  if (!metric) throw new InvalidArgumentError(`It must be one of ${METRICS.join(', ')}.`);
  return [...before, metric];
}

const MOST_DISAGREEMENTS = 30;
const MOST_REMARKS = 12;

function reportText(report: AgreementReport, remarks: readonly string[]): string {
  const { items, raters, ratings, missing, domain, drawn, seed } = report;
  const held = `${count(items, 'item')}, ${count(raters.length, 'rater')} (${raters.join(', ')}), ${count(ratings, 'rating')}, ${missing.toLocaleString('en')} missing. Answers: ${domain.join(', ')}.`;
  const known = new Set(report.overall.map(({ why }) => why));
  return [
    '',
    wrap(held, '  '),
    ...remarks.slice(0, MOST_REMARKS).map((remark) => wrap(harmless(remark), '  ')),
    ...(remarks.length > MOST_REMARKS ? [wrap(`… and ${remarks.length - MOST_REMARKS} more.`, '  ')] : []),
    '',
    ...disagreementLines(report),
    ...estimateLines(report.overall, new Set()),
    ...report.measures.flatMap(({ measure, items: own, estimates }) => [
      `  ${paint('bold', harmless(measure || 'no measure'))} ${paint('dim', count(own, 'item'))}`,
      ...estimateLines(estimates, known),
    ]),
    ...report.pairs.flatMap(({ raters: pair, items: own, estimates }) => [
      `  ${paint('bold', harmless(pair.join(' and ')))} ${paint('dim', `${count(own, 'item')} that both rated`)}`,
      ...estimateLines(estimates, known),
    ]),
    ...(drawn > 0
      ? [
          paint(
            'dim',
            wrap(
              `Intervals: 95 %, percentile bootstrap over ${drawn.toLocaleString('en')} resamples of the items; ${GENERATOR}, seed ${seed}.`,
              '  ',
            ),
          ),
          '',
        ]
      : []),
  ].join('\n');
}

function disagreementLines({ disagreements, raters }: AgreementReport): string[] {
  if (disagreements.length === 0) return [wrap('There is no disagreement.', '  '), ''];
  const shown = disagreements.slice(0, MOST_DISAGREEMENTS);
  return [
    `  ${paint('bold', `${count(disagreements.length, 'disagreement')}`)}${shown.length < disagreements.length ? `, the ${shown.length} widest` : ''}`,
    table(
      [{ title: 'Unit' }, { title: 'Measure' }, ...raters.map((rater) => ({ title: rater }))],
      shown.map(({ unit, measure, answers }) => [
        unit,
        measure,
        ...raters.map((rater) => ownValue(answers, rater) ?? ''),
      ]),
    ),
    '',
  ];
}

/** What is undefined is told in one line, with the reasons, below the table; what is so for all items already is not told again. */
function estimateLines(estimates: readonly Estimate[], known: ReadonlySet<string | null>): string[] {
  const defined = estimates.filter(({ value }) => value !== null);
  const undefinedBy = Map.groupBy(
    estimates.filter(({ value, why }) => value === null && !known.has(why)),
    ({ why }) => why ?? '',
  );
  return [
    ...(defined.length > 0 ? [estimatesTable(defined)] : []),
    ...(undefinedBy.size > 0
      ? [
          wrap(
            `Undefined: ${[...undefinedBy].map(([why, own]) => `${own.map(({ coefficient }) => coefficient).join(', ')}, since ${why}`).join('. ')}.`,
            '  ',
          ),
        ]
      : []),
    '',
  ];
}

function estimatesTable(estimates: readonly Estimate[]): string {
  return table(
    [
      { title: 'Coefficient' },
      { title: 'Value', align: 'right' },
      { title: '95 % interval' },
      { title: 'Resamples', align: 'right' },
    ],
    estimates.map(({ coefficient, value, interval, resamples }) => [
      coefficient,
      value === null ? '' : fixed(value),
      interval ? `${fixed(interval[0])} to ${fixed(interval[1])}` : '',
      resamples === 0 ? '' : resamples.toLocaleString('en'),
    ]),
  );
}

/** Three decimals; nothing is less than nothing. */
const fixed = (value: number): string => value.toFixed(3).replace(/^-(?=0\.000$)/, '');
