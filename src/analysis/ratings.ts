/** What several raters answered about the same units, as indices into a domain of numbers. */
export interface Ratings {
  /** The values that could be answered, ascending. */
  readonly domain: readonly number[];
  readonly raters: number;
  readonly units: number;
  /** `codes[unit * raters + rater]`: the index of the value in the domain, or -1 where the rater gave none. */
  readonly codes: Int16Array;
}

/** A rating is none of the domain, or there is nothing to compare. */
export class RatingsError extends Error {}

const MOST_VALUES = 1000;

/**
 * Ratings from rows, one a rater.
 * @param domain the values that could be answered; those that were, if it is not given. Coefficients that count categories depend on it.
 * @throws RatingsError if a value is none of the domain, rows differ in length, or there are more than 1,000 values
 */
export function makeRatings(
  rows: readonly (readonly (number | null)[])[],
  domain?: readonly number[],
): Ratings {
  const units = rows[0]?.length ?? 0;
  const short = rows.findIndex((row) => row.length !== units);
  if (short >= 0)
    throw new RatingsError(
      `Rater ${short + 1} has ${rows[short]?.length} units where the first has ${units}.`,
    );
  const observed = new Set(rows.flat().filter((value) => value !== null));
  const values = [...new Set(domain ?? observed)].toSorted((a, b) => a - b);
  if (values.length > MOST_VALUES)
    throw new RatingsError(
      `There are ${values.length} different values; at most ${MOST_VALUES} are compared.`,
    );
  const index = new Map(values.map((value, place) => [value, place]));
  const codes = new Int16Array(units * rows.length).fill(-1);
  rows.forEach((row, rater) => {
    row.forEach((value, unit) => {
      if (value === null) return;
      const code = index.get(value);
      if (code === undefined)
        throw new RatingsError(
          `Rater ${rater + 1} answered ${value} on unit ${unit + 1}, which is not in the domain (${values.join(', ')}).`,
        );
      codes[unit * rows.length + rater] = code;
    });
  });
  return { domain: values, raters: rows.length, units, codes };
}

/** The same units as two of the raters see them. */
export function pairOf({ domain, raters, units, codes }: Ratings, one: number, other: number): Ratings {
  const own = new Int16Array(units * 2);
  for (let unit = 0; unit < units; unit++) {
    own[unit * 2] = codes[unit * raters + one] ?? -1;
    own[unit * 2 + 1] = codes[unit * raters + other] ?? -1;
  }
  return { domain, raters: 2, units, codes: own };
}
