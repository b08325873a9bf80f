import { editionBefore, type ReadResult, readEdition } from '#edition/folder';
import {
  AnswerTable,
  answerOf,
  type Edition,
  optionsOf,
  PairMap,
  type Problem,
  unchangedReasons,
} from '#edition/index';
import { printScore, roundingOf, type Scored, scoreAndRank, verify } from '#scoring/index';
import type { CheckedClaim } from './claims.ts';

export interface CheckResult extends Pick<ReadResult, 'edition' | 'problems' | 'quoteAt'> {
  /** The edition scored and ranked; undefined where there is none. */
  readonly scored: Scored | undefined;
  /** What came of every claim; none where there is no edition. */
  readonly claims: readonly CheckedClaim[];
}

/**
 * Everything that does not hold in the folder of an edition: what its reader finds; and, if the edition can be scored, deviations
 * that are not rightly explained and claims that their queries do not bear out.
 * @throws NoEditionError if the folder is not there
 */
export async function checkEdition(folder: string): Promise<CheckResult> {
  const read = readEdition(folder);
  if (!read.edition)
    return {
      edition: undefined,
      scored: undefined,
      problems: read.problems,
      claims: [],
      quoteAt: read.quoteAt,
    };
  const scored = scoreAndRank(read.edition);
  const claims = await checkedClaims(read.edition);
  const problems = [
    ...read.problems,
    ...deviationProblems(read, scored),
    ...correctionProblems(read, scored),
    ...claimProblems(read, claims),
    ...reasonProblems(read, read.edition, editionBefore(folder, read.edition.meta)),
  ];
  return { edition: read.edition, scored, problems, claims, quoteAt: read.quoteAt };
}

/** What changed since the edition before, while its reasons did not. One that does not hold is not compared with. */
function reasonProblems(read: ReadResult, edition: Edition, folder: string | undefined): Problem[] {
  const before = folder === undefined ? undefined : readEdition(folder).edition;
  if (!before) return [];
  return unchangedReasons(before, edition).map(
    ({ row, unit, measure, was, is }): Problem => ({
      ...read.answerAt(row, 'note'),
      rule: 'reasons-unchanged',
      message: `“${unit}” answered ${was} on “${measure}” in “${before.meta.id}”, and answers ${is} now, for the same reasons. Say in the note why it is so now.`,
    }),
  );
}

function deviationProblems(read: ReadResult, scored: Scored): Problem[] {
  const { deviations, stale } = verify(scored);
  const unexplained = deviations
    .filter(({ state }) => state !== 'explained')
    .map(({ index, unit, measure, figure, published, computed, state }): Problem => {
      const what =
        state === 'proposed'
          ? 'A program proposes a cause in deviations.yaml; nobody has taken it over. Look at it, mend its words, and say who you are (by).'
          : 'Look at it, then explain it in deviations.yaml, and say who you are (by).';
      const message = `The ${figure} of “${unit}” on “${measure}” is printed ${published}, but the rules give ${computed}. ${what}`;
      return { ...read.publishedAt(index), rule: 'deviation-unexplained', message };
    });
  const outdated = stale.map(
    ({ deviation, figure, message }): Problem => ({
      ...read.deviationAt(deviation, figure),
      rule: 'deviation-stale',
      message: `This explains what is not so: ${message}. Mend or remove it.`,
    }),
  );
  return [...unexplained, ...outdated];
}

/** What the last correction of something says it is, it must be. */
function correctionProblems(read: ReadResult, { edition, scores }: Scored): Problem[] {
  const last = new PairMap(
    edition.corrections.flatMap(({ concerns = [] }, correction) =>
      concerns.flatMap(({ unit, measure, is }, concern) =>
        is === undefined ? [] : [[unit, measure, { is, correction, concern }] as const],
      ),
    ),
  );
  return [...last].flatMap(([unit, measure, { is, correction, concern }]): Problem[] => {
    const score = scores.of(unit, measure);
    const now = [
      answerNow(edition, unit, measure),
      score && printScore(score, roundingOf(edition.methodology, measure)),
    ];
    if (now.includes(is)) return [];
    const message = `The correction says that “${unit}” has ${is} on “${measure}”; it has ${now.find((value) => value !== undefined) ?? 'nothing'}. Mend one of them, or add the correction that is missing.`;
    return [{ ...read.correctionAt(correction, concern), rule: 'correction-stale', message }];
  });
}

function answerNow({ answers, methodology }: Edition, unit: string, measure: string): string | undefined {
  const table = new AnswerTable(answers);
  if (!table.has(unit, measure)) return undefined;
  return answerOf(table.code(unit, measure), optionsOf(methodology, answers.numbers)(measure));
}

async function checkedClaims(edition: Edition): Promise<readonly CheckedClaim[]> {
  if (!edition.findings.some((finding) => finding.claims.length > 0)) return [];
  const { checkClaims } = await import('./claims.ts');
  return checkClaims(edition);
}

function claimProblems(read: ReadResult, claims: readonly CheckedClaim[]): Problem[] {
  return claims.flatMap(({ claim, broken }): Problem[] =>
    broken ? [{ ...read.claimAt(claim), ...broken }] : [],
  );
}
