import { Command, InvalidArgumentError } from 'commander';
import {
  type AgreementReport,
  agreementReport,
  type Estimate,
  GENERATOR,
  METRICS,
  type Metric,
} from '#analysis/index';
import { ownValue } from '#edition/index';
import { ImportError, readRatings } from '#importers/index';
import { Exit } from '../open.ts';
import { count, harmless, paint, table, wrap, write, writeJson } from '../terminal.ts';

interface Options {
  readonly unit: string;
  readonly measure: string;
  readonly rater: string;
  readonly answer: string;
  readonly domain?: readonly string[];
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
    .argument('<table>', 'CSV or XLSX file with a row for each rating')
    .option('--unit <column>', 'the column with what was rated', 'unit')
    .option('--measure <column>', 'the column with the measure; may be missing', 'measure')
    .option('--rater <column>', 'the column with who rated', 'rater')
    .option('--answer <column>', 'the column with the answer', 'answer')
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
      const ratings = await readRatings(path, options, options.domain).catch((error: unknown) => {
        if (error instanceof ImportError) throw new Exit(2, error.message);
        throw error;
      });
      const report = agreementReport(ratings, {
        ...(options.domain ? { domain: options.domain } : {}),
        metrics: options.metric ?? METRICS,
        resamples: options.bootstrap,
        seed: options.seed,
      });
      if (options.json) writeJson({ generator: GENERATOR, ...report });
      else write(reportText(report));
    });
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

function reportText(report: AgreementReport): string {
  const { items, raters, ratings, missing, domain, drawn, seed, disagreements } = report;
  const held = `${count(items, 'item')}, ${count(raters.length, 'rater')} (${raters.join(', ')}), ${count(ratings, 'rating')}, ${missing.toLocaleString('en')} missing. Answers: ${domain.join(', ')}.`;
  const shown = disagreements.slice(0, MOST_DISAGREEMENTS);
  return [
    '',
    wrap(held, '  '),
    '',
    estimatesTable(report.overall),
    '',
    ...report.measures.flatMap(({ measure, items: own, estimates }) => [
      `  ${paint('bold', harmless(measure || 'no measure'))} ${paint('dim', count(own, 'item'))}`,
      estimatesTable(estimates),
      '',
    ]),
    ...report.pairs.flatMap(({ raters: pair, items: own, estimates }) => [
      `  ${paint('bold', harmless(pair.join(' and ')))} ${paint('dim', `${count(own, 'item')} that both rated`)}`,
      estimatesTable(estimates),
      '',
    ]),
    ...(shown.length > 0
      ? [
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
        ]
      : [wrap('There is no disagreement.', '  '), '']),
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

function estimatesTable(estimates: readonly Estimate[]): string {
  return table(
    [
      { title: 'Coefficient' },
      { title: 'Value', align: 'right' },
      { title: '95 % interval' },
      { title: 'Resamples', align: 'right' },
    ],
    estimates.map(({ coefficient, value, why, interval, resamples }) => [
      coefficient,
      value === null ? 'undefined' : value.toFixed(3),
      value === null ? (why ?? '') : interval ? `${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}` : '',
      value === null || resamples === 0 ? '' : resamples.toLocaleString('en'),
    ]),
  );
}
