import { fraction } from '#arithmetic/index';
import type { Claim, Edition } from '#edition/index';
import { type QueryResult, runQueries } from './query.ts';
import { CLAIM_LIMITS, type QueryLimits } from './query-limits.ts';

/** What came of checking one claim. */
export interface CheckedClaim {
  readonly finding: string;
  readonly claim: Claim;
  /** What the query returned, one string a row; undefined where it failed. */
  readonly found: readonly string[] | undefined;
  /** The rule that the claim breaks, and how; undefined where it holds. */
  readonly broken:
    | { readonly rule: 'claim-query' | 'claim-empty' | 'claim-disagrees'; readonly message: string }
    | undefined;
}

/** Runs the query behind every figure of the findings and compares what it returns with what the text says. */
export async function checkClaims(
  edition: Edition,
  limits: Partial<QueryLimits> = {},
): Promise<CheckedClaim[]> {
  const claims = edition.findings.flatMap((finding) =>
    finding.claims.map((claim) => ({ finding: finding.id, claim })),
  );
  if (claims.length === 0) return [];
  const results = await runQueries(
    edition,
    claims.map(({ claim }) => claim.sql),
    { ...CLAIM_LIMITS, ...limits },
  );
  return claims.map(({ finding, claim }, index) => {
    const result = results[index] ?? { kind: 'failed', message: 'it was not run' };
    return { finding, claim, ...judge(claim, result) };
  });
}

function judge(claim: Claim, result: QueryResult): Pick<CheckedClaim, 'found' | 'broken'> {
  const broken = (
    rule: NonNullable<CheckedClaim['broken']>['rule'],
    message: string,
    found?: readonly string[],
  ) => ({ found, broken: { rule, message } });
  const name = `The query of claim “${claim.id}”`;
  if (result.kind === 'failed') return broken('claim-query', `${name} failed: ${result.message}.`);
  if (result.columns.length !== 1)
    return broken(
      'claim-query',
      `${name} gives ${result.columns.length} columns (${result.columns.join(', ')}); it must give one.`,
    );
  if (result.rows.length === 0)
    return broken('claim-empty', `${name} returns nothing. A count of nothing is 0: select count(*).`);
  const found = result.rows.map((row) => String(row[0] ?? 'null'));
  if (agree(found, claim.expected)) return { found, broken: undefined };
  return broken(
    'claim-disagrees',
    `The text says “${claim.figure}”, but the data give ${found.join(', ')}. Mend the text, the data, or the query “${claim.id}”.`,
    found,
  );
}

/** The same values, in whatever order; numbers are compared as numbers. */
function agree(found: readonly string[], expected: readonly string[]): boolean {
  const normal = (values: readonly string[]) =>
    values
      .map((value) => (/^-?\d+(?:\.\d+)?$/.test(value) ? fraction(value).toFraction() : value))
      .toSorted();
  const [a, b] = [normal(found), normal(expected)];
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
