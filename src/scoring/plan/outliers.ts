/**
 * Treating outliers before normalising, so that one extreme unit does not press all others together (OECD/JRC Handbook on Constructing Composite
 * Indicators, 2008; the procedure and its limits are those of the European Commission's COIN tool and of COINr).
 *
 * A distribution passes if its skewness is below 2 in size or its kurtosis below 3.5. If not, its highest values (its lowest, if it is skewed
 * that way) are set to the next one, one at a time, until it passes or `most` are, and while two different ones are left. If it still does not pass, the logarithm of
 * `x − min + 0.01 (max − min)` is taken of the values as they were.
 * @returns what becomes of a value; the same order is kept
 */
export function treatment(values: readonly number[], most: number): (value: number) => number {
  let treated = [...values];
  let [low, high] = [lowest(values), highest(values)];
  let count = 0;
  while (!passes(treated) && count < most) {
    const [bottom, top] = [lowest(treated), highest(treated)];
    const isAbove = skewness(treated) >= 0;
    const next = isAbove
      ? highest(treated.filter((value) => value < top))
      : lowest(treated.filter((value) => value > bottom));
    if (next === (isAbove ? bottom : top)) break; // all values would be one
    if (isAbove) high = next;
    else low = next;
    count++;
    treated = values.map((value) => Math.min(high, Math.max(low, value)));
  }
  if (passes(treated)) return (value) => Math.min(high, Math.max(low, value));
  const [min, max] = [lowest(values), highest(values)];
  return (value) => Math.log(value - min + 0.01 * (max - min));
}

const MOST_SKEWNESS = 2;
const MOST_KURTOSIS = 3.5;

const passes = (values: readonly number[]): boolean =>
  Math.abs(skewness(values)) < MOST_SKEWNESS || kurtosis(values) < MOST_KURTOSIS;

/** Sample skewness G1 (Joanes & Gill 1998, type 2). */
function skewness(values: readonly number[]): number {
  const n = values.length;
  const spread = moment(values, 2);
  if (n < 3 || spread === 0) return 0;
  return ((moment(values, 3) / spread ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Sample excess kurtosis G2 (Joanes & Gill 1998, type 2). */
function kurtosis(values: readonly number[]): number {
  const n = values.length;
  const spread = moment(values, 2);
  if (n < 4 || spread === 0) return 0;
  const excess = moment(values, 4) / spread ** 2 - 3;
  return (((n + 1) * excess + 6) * (n - 1)) / ((n - 2) * (n - 3));
}

function moment(values: readonly number[], power: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
}

const lowest = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Infinity);
const highest = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);
