import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import {
  DEFAULT_SETTINGS,
  laddersOf,
  type RatedCell,
  robustness,
  TooManyError,
  type WeightSet,
} from '#analysis/index';
import { didYouMean, PairMap, unitNames } from '#edition/index';
import { ImportError, readRatings } from '#importers/index';
import { type Scored, scoreAndRank } from '#scoring/index';
import { runDraws } from '../draw-pool.ts';
import { Exit, openEdition } from '../open.ts';
import { robustnessText } from '../robustness-text.ts';
import { write, writeJson } from '../terminal.ts';
import { wholeNumber } from './agreement.ts';

interface Options {
  readonly draws: number;
  readonly seed: number;
  readonly spread: number;
  readonly chance: number;
  readonly first: readonly number[];
  readonly weights?: string;
  readonly ratings?: string;
  readonly json?: boolean;
}

export function robustnessCommand(): Command {
  return new Command('robustness')
    .description('say how firm the ranking is: rank intervals, what swaps neighbours, what matters most')
    .argument('<edition>', 'folder of the edition')
    .option('--draws <number>', 'draws of each kind', wholeNumber, DEFAULT_SETTINGS.draws)
    .option('--seed <number>', 'of the random numbers', wholeNumber, DEFAULT_SETTINGS.seed)
    .option('--spread <share>', 'weights vary by up to this share either way', share, DEFAULT_SETTINGS.spread)
    .option('--chance <share>', 'the chance that an answer is a level off', share, DEFAULT_SETTINGS.chance)
    .option('--first <numbers>', 'the probability of being among the first so many', numbers, [
      ...DEFAULT_SETTINGS.among,
    ])
    .option('--weights <file>', 'other weights: CSV with the columns set, measure, weight')
    .option(
      '--ratings <file>',
      'ratings, as “assay agreement” reads them; disputed answers are drawn from them',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay robustness editions/message-privacy/2016 --draws 20000\n\ndocs/robustness.md says what each figure means.',
    )
    .action(async (folder: string, options: Options) => {
      const scored = scoreAndRank(openEdition(folder));
      if (options.draws === 0)
        throw new Exit(2, 'Without draws there are no distributions. Give --draws 1 or more.');
      const settings = {
        ...DEFAULT_SETTINGS,
        draws: options.draws,
        seed: options.seed,
        spread: options.spread,
        chance: options.chance,
        among: options.first,
        weightSets: options.weights ? await weightSets(options.weights, scored) : [],
        ratings: options.ratings ? await disputedCells(options.ratings, scored) : [],
      };
      const report = await robustness(scored, settings, (job) => {
        say(`drawing: ${job.uncertainties.map(({ kind }) => kind).join(' and ')}`);
        return runDraws(job);
      }).catch((error: unknown) => {
        if (error instanceof TooManyError) throw new Exit(2, error.message);
        throw error;
      });
      say('');
      if (options.json) writeJson(report);
      else write(robustnessText(report, unitNames(scored.edition.meta).ranked));
    });
}

const say = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};

function share(text: string): number {
  const value = Number(text);
  if (!/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(text) || value > 1)
    throw new InvalidArgumentError('It must be a share from 0 to 1.');
  return value;
}

function numbers(text: string): number[] {
  const found = text.split(',').map((part) => Number(part.trim()));
  if (found.some((value) => !Number.isInteger(value) || value < 1))
    throw new InvalidArgumentError('It must be whole numbers with commas between them, such as 1,3,10.');
  return found;
}

/** Other people’s weights, by set and measure. */
async function weightSets(path: string, { edition }: Scored): Promise<WeightSet[]> {
  const known = edition.methodology.measures.map(({ id }) => id);
  const sets = new Map<string, Record<string, number>>();
  const [header = '', ...lines] = readText(path).split(/\r?\n/);
  const columns = header.split(',').map((name) => name.trim().toLowerCase());
  const at = ['set', 'measure', 'weight'].map((name) => columns.indexOf(name));
  if (at.includes(-1))
    throw new Exit(2, `“${path}” must have the columns set, measure, weight; it has ${header}.`);
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const cells = line.split(',').map((cell) => cell.trim());
    const [set = '', measure = '', weight = ''] = at.map((column) => cells[column] ?? '');
    const where = `${path}, line ${index + 2}`;
    if (!known.includes(measure))
      throw new Exit(2, `${where}: there is no measure “${measure}”.${didYouMean(measure, known)}`);
    if (!/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(weight))
      throw new Exit(2, `${where}: “${weight}” is no weight; weights are numbers from 0 up.`);
    const own = sets.get(set) ?? {};
    if (Object.hasOwn(own, measure))
      throw new Exit(2, `${where}: the set “${set}” weighs “${measure}” twice.`);
    own[measure] = Number(weight);
    sets.set(set, own);
  });
  return [...sets].map(([name, weights]) => ({ name, weights }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Exit(
      2,
      `“${path}” cannot be read${error instanceof Error && 'code' in error && error.code === 'ENOENT' ? ': there is no such file' : ''}.`,
    );
  }
}

/** `2` and `2.0`, `Yes` and `yes`. */
const isSameAnswer = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase() || (one !== '' && other !== '' && Number(one) === Number(other));

/** Answers that raters disagree on, as the points that each would give. */
async function disputedCells(path: string, scored: Scored): Promise<RatedCell[]> {
  const { plan } = scored.scores;
  const { edition } = scored;
  const { ratings } = await readRatings(path, {
    unit: 'unit',
    measure: 'measure',
    rater: 'rater',
    answer: 'answer',
  }).catch((error: unknown) => {
    if (error instanceof ImportError) throw new Exit(2, error.message);
    throw error;
  });
  const known = new Set(laddersOf(scored).map(({ node }) => node));
  const units = { company: edition.companies, service: edition.services };
  const cells = new PairMap<{ node: number; unit: number; points: number[] }>();
  for (const { unit, measure, answer, place: at } of ratings) {
    const node = plan.nodeOf(measure, 'company') ?? plan.nodeOf(measure, 'service');
    const leaf = node?.kind === 'leaf' && known.has(node.index) ? node : undefined;
    const place = leaf ? units[leaf.unit].findIndex(({ id }) => id === unit) : -1;
    const option = leaf?.scale.answers.findIndex((own) => isSameAnswer(own.answer, answer)) ?? -1;
    const points =
      leaf && option >= 0 ? (leaf.points.low[4 + option] ?? 0) / leaf.points.denominator : undefined;
    if (!leaf || place < 0 || points === undefined)
      throw new Exit(2, `${at}: “${answer}” of “${unit}” on “${measure}” is no answer of this edition.`);
    const cell = cells.get(unit, measure) ?? { node: leaf.index, unit: place, points: [] };
    cell.points.push(points);
    cells.set(unit, measure, cell);
  }
  return [...cells].map(([, , cell]) => cell).filter(({ points }) => new Set(points).size > 1);
}
