import Fraction from 'fraction.js';
import { makeModel, runModel, workspaceFor } from '#analysis/index';
import type { Edition, Measure } from '#edition/index';
import {
  type Amount,
  compareEditions,
  type Derivation,
  doubleKey,
  explainer,
  makeRanker,
  rankCompanies,
  type Score,
  type Scored,
  scoreAndRank,
  whatIf,
} from '#scoring/index';
import { RefusedRun } from '#scoring/rules/index';
import { roundedBy } from './combine.ts';
import { type Definition, definitionOf } from './definition.ts';
import { isRow, type Result } from './values.ts';

/** Everything in which the product does not agree with the definition, or with itself, in words; empty where it does. */
export function disagreements(edition: Edition): string[] {
  const scored = scoreAndRank(edition);
  const definition = definitionOf(edition);
  const scores = scoresDiffer(scored, definition);
  return [
    ...scores,
    ...(scores.length > 0 ? [] : ranksDiffer(scored, definition)),
    ...derivationsDiffer(scored),
    ...whatIfDiffers(scored),
    ...modelDiffers(scored),
    ...comparisonDiffers(scored),
  ];
}

/** How far floating-point values may lie apart, of their size. */
const NEAR = 1e-9;

function isSame(a: Fraction, b: Fraction, floating: boolean): boolean {
  if (!floating) return a.equals(b);
  return Math.abs(a.valueOf() - b.valueOf()) <= NEAR * Math.max(1, Math.abs(b.valueOf()));
}

const shownScore = (score: Score | undefined): string =>
  score?.kind === 'interval'
    ? `${score.low.toFraction()}..${score.high.toFraction()} of ${score.max.toFraction()}`
    : `none${score?.missing ? ` (${score.missing})` : ''}`;
const shownResult = (result: Result | undefined): string =>
  isRow(result)
    ? `${result.low.toFraction()}..${result.high.toFraction()} of ${result.max.toFraction()}`
    : String(result);

function scoresDiffer({ edition, scores }: Scored, definition: Definition): string[] {
  const units = [...edition.companies, ...edition.services].map(({ id }) => id);
  return units.flatMap((unit) =>
    edition.methodology.measures.flatMap(({ id }) => {
      const [score, result] = [scores.of(unit, id), definition.score(unit, id)];
      const floating = definition.isFloating(id);
      if (score === undefined && result === undefined) return [];
      const agrees =
        score?.kind === 'interval' && isRow(result)
          ? (['low', 'high', 'max'] as const).every((end) => isSame(score[end], result[end], floating)) &&
            (score.floating === true) === floating
          : score?.kind === 'not-applicable' && !isRow(result) && result !== undefined;
      return agrees
        ? []
        : [`score of ${unit} on ${id}: ${shownScore(score)}, by definition ${shownResult(result)}`];
    }),
  );
}

/** Best and worst ranks by counting who is above whom, on the ranked measure and on all others of companies. */
function ranksDiffer({ edition, scores }: Scored, definition: Definition): string[] {
  const ofCompanies = edition.methodology.measures.filter(
    (measure) => scores.plan.nodeOf(measure.id, 'company') !== undefined,
  );
  return ofCompanies.flatMap((measure) => {
    const ranks = rankCompanies(edition, scores, measure.id);
    const key = keyOf(edition, measure, definition.isFloating(measure.id));
    // Of floating scores the shown digits are compared, so that noise in the last ones decides nothing.
    const ends = edition.companies.map(({ id }) => {
      const score = scores.of(id, measure.id);
      if (score?.kind !== 'interval') return undefined;
      const [a, b] = [key(score.low), key(score.high)];
      return a.compare(b) <= 0 ? { worse: a, better: b } : { worse: b, better: a };
    });
    const isRival = (a: number, b: number) =>
      a !== b &&
      (edition.methodology.ranking.within !== 'group' ||
        edition.companies[a]?.group === edition.companies[b]?.group);
    return edition.companies.flatMap(({ id }, company) => {
      const own = ends[company];
      const count = (isAbove: (other: { worse: Fraction; better: Fraction }) => boolean) =>
        1 + ends.filter((other, rival) => other && isRival(company, rival) && isAbove(other)).length;
      const best = own ? count((other) => other.worse.compare(own.better) > 0) : 0;
      const worst = own ? count((other) => other.better.compare(own.worse) > 0) : 0;
      return best === ranks.best[company] && worst === ranks.worst[company]
        ? []
        : [
            `rank of ${id} on ${measure.id}: ${ranks.best[company]}–${ranks.worst[company]}, by definition ${best}–${worst}`,
          ];
    });
  });
}

function keyOf({ methodology }: Edition, measure: Measure, floating: boolean): (value: Fraction) => Fraction {
  const { ranking, rounding } = methodology;
  const sign = measure.direction === 'lower' && !measure.normalise ? -1 : 1;
  const own = measure.rounding ?? rounding;
  const compared = measure.id === ranking.measure ? (ranking.rounding ?? own) : own;
  const tolerance = new Fraction(ranking.tolerance ?? '0.000000001');
  return (value) => {
    if (ranking.basis === 'published') return roundedBy(value, compared, floating).mul(sign);
    if (!floating || tolerance.equals(0)) return value.mul(sign);
    return roundedBy(value.div(tolerance), { rule: 'half-up', digits: 0 }, true).mul(sign);
  };
}

const STEPS = /^(?:(?:points|combine(?: share)?(?: band)?)(?: rounded)?)? ?(?:exception)?$/;

/** The last step of a derivation is the score, and steps are in their order. */
function derivationsDiffer({ edition, scores }: Scored): string[] {
  const explain = explainer({ edition, scores });
  const units = [...edition.companies, ...edition.services].map(({ id }) => id);
  const text = (amount: Amount | undefined) => JSON.stringify(amount ?? null);
  const problems = ({ unit, measure, exact, by }: Derivation): string[] => {
    const said = text(by.steps.at(-1)?.value);
    const kinds = by.steps.map(({ kind }) => kind).join(' ');
    return [
      ...(said === text(exact)
        ? []
        : [`derivation of ${unit} on ${measure} ends in ${said}, the score is ${text(exact)}`]),
      ...(STEPS.test(kinds) ? [] : [`derivation of ${unit} on ${measure} goes by ${kinds}`]),
    ];
  };
  return units.flatMap((unit) =>
    edition.methodology.measures.flatMap(({ id }) => {
      const derivation = explain(unit, id);
      return derivation ? problems(derivation) : [];
    }),
  );
}

/** Nothing is another: the total and the rank are those of the ranking. */
function whatIfDiffers(scored: Scored): string[] {
  const { edition, scores, ranks } = scored;
  const outcome = whatIf(scored);
  return edition.companies.flatMap(({ id }, company) => {
    const result = outcome(id, []);
    const [best, worst] = [ranks.best[company] ?? 0, ranks.worst[company] ?? 0];
    const rank = best === worst ? best || null : [best, worst];
    const score = scores.of(id, edition.methodology.ranking.measure);
    const exact =
      score?.kind === 'interval'
        ? [score.low, score.high].map((end) => (score.floating ? end.valueOf() : end.toFraction())).join()
        : 'null';
    const said = result?.exact === null ? 'null' : [result?.exact].flat().join();
    const isSameScore = said === exact || `${said},${said}` === exact;
    return JSON.stringify(result?.rank ?? null) === JSON.stringify(rank) && isSameScore
      ? []
      : [
          `what if nothing changes for ${id}: ${JSON.stringify(result)}, not ${exact} and ${JSON.stringify(rank)}`,
        ];
  });
}

/** The model of robustness with no variation: the lowest scores, and the ranks that they would have. */
function modelDiffers({ edition, scores }: Scored): string[] {
  const model = makeModel({ edition, scores, ranks: rankCompanies(edition, scores) });
  const { measure } = edition.methodology.ranking;
  let totals: Float64Array;
  try {
    totals = runModel(model, {}, workspaceFor(model));
  } catch (error) {
    if (error instanceof RefusedRun) return [`the model refuses: ${error.message}`];
    throw error;
  }
  const values = edition.companies.map(({ id }) => {
    const score = scores.of(id, measure);
    return score?.kind === 'interval' ? score : undefined;
  });
  const wrong = values.flatMap((score, company) => {
    const total = totals[company] ?? Number.NaN;
    if (!score)
      return Number.isNaN(total) ? [] : [`the model scores ${edition.companies[company]?.id} ${total}`];
    const isNear = Math.abs(total - score.low.valueOf()) <= NEAR * Math.max(1, Math.abs(total));
    // Between bands and roundings, an end of an interval need not come from the same ends below.
    return isNear || !score.low.equals(score.high)
      ? []
      : [`the model scores ${edition.companies[company]?.id} ${total}, not ${score.low.valueOf()}`];
  });
  if (wrong.length > 0 || values.some((score) => score && !score.low.equals(score.high))) return wrong;
  const real = rankCompanies(edition, scores);
  const ranks = makeRanker(model.groups, model.compared)(totals);
  const key = doubleKey(model.compared);
  return edition.companies.flatMap(({ id }, company) =>
    ranks[company] === real.best[company]
      ? []
      : [
          `the model ranks ${id} ${ranks[company]}, not ${real.best[company]} (${[...totals].map(key).join(' ')})`,
        ],
  );
}

function comparisonDiffers(scored: Scored): string[] {
  const { measures, answers, scores, ranks } = compareEditions(scored, scored);
  const isEmpty =
    measures.every(({ status }) => status === 'same') && answers.length + scores.length + ranks.length === 0;
  return isEmpty ? [] : ['an edition differs from itself'];
}
