import { type ReadResult, readEdition } from '#edition/folder';
import type { Edition, Problem } from '#edition/index';
import { scoreAndRank, verify } from '#scoring/index';
import type { CheckedClaim } from './claims.ts';

export interface CheckResult extends Pick<ReadResult, 'edition' | 'problems'> {
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
  if (!read.edition) return { edition: undefined, problems: read.problems, claims: [] };
  const claims = await checkedClaims(read.edition);
  const problems = [
    ...read.problems,
    ...deviationProblems(read, read.edition),
    ...claimProblems(read, claims),
  ];
  return { edition: read.edition, problems, claims };
}

function deviationProblems(read: ReadResult, edition: Edition): Problem[] {
  const { deviations, stale } = verify(scoreAndRank(edition));
  const unexplained = deviations
    .filter((deviation) => !deviation.explained)
    .map(({ index, unit, measure, figure, published, computed }): Problem => {
      const message = `The ${figure} of “${unit}” on “${measure}” is printed ${published}, but the rules give ${computed}. Look at it, then explain it in deviations.yaml.`;
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
