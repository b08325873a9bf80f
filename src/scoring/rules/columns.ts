import type { ColumnResult, ColumnRule } from './rule.ts';

/** A sum of parts: each counts for itself. */
export const addsUp: ColumnRule = {
  begin: clear,
  add: addWeighed,
  end: ({ values, taken }) => {
    for (let unit = 0; unit < values.length; unit++) if (taken[unit] === 0) values[unit] = Number.NaN;
  },
};

/** The same with each weight counted as 1. */
export const addsUpAlike: ColumnRule = { ...addsUp, add: (from, _weight, result) => add(from, result) };

/** A sum divided by the weights. */
export const averages: ColumnRule = {
  begin: clear,
  add: (from, weight, { values, taken }) => {
    for (let unit = 0; unit < values.length; unit++) {
      const value = from[unit] as number;
      if (Number.isNaN(value)) continue;
      values[unit] = (values[unit] as number) + weight * value;
      taken[unit] = (taken[unit] as number) + weight;
    }
  },
  end: divide,
};

/** The same with each weight counted as 1. */
export const averagesAlike: ColumnRule = {
  begin: clear,
  add: (from, _weight, result) => add(from, result),
  end: divide,
};

/**
 * The mean of what a function makes of the values, turned back. What has the weight 0 does not count.
 * @param transform may throw for a value that it has no meaning for
 */
export function averagesOf(
  transform: (value: number) => number,
  restore: (mean: number) => number,
): ColumnRule {
  return {
    begin: clear,
    add: (from, weight, { values, taken }) => {
      if (weight === 0) return;
      for (let unit = 0; unit < values.length; unit++) {
        const value = from[unit] as number;
        if (Number.isNaN(value)) continue;
        values[unit] = (values[unit] as number) + weight * transform(value);
        taken[unit] = (taken[unit] as number) + weight;
      }
    },
    end: (result) => {
      divide(result);
      const { values } = result;
      for (let unit = 0; unit < values.length; unit++) values[unit] = restore(values[unit] as number);
    },
  };
}

/** The one that is better than all others. */
export function picks(isBetter: (value: number, best: number) => boolean): ColumnRule {
  return {
    begin: ({ values }) => {
      values.fill(Number.NaN);
    },
    add: (from, _weight, { values }) => {
      for (let unit = 0; unit < values.length; unit++) {
        const value = from[unit] as number;
        const best = values[unit] as number;
        if (!Number.isNaN(value) && (Number.isNaN(best) || isBetter(value, best))) values[unit] = value;
      }
    },
    end: () => {},
  };
}

function clear({ values, taken }: ColumnResult): void {
  values.fill(0);
  taken.fill(0);
}

function add(from: Float64Array, { values, taken }: ColumnResult): void {
  for (let unit = 0; unit < values.length; unit++) {
    const value = from[unit] as number;
    if (Number.isNaN(value)) continue;
    values[unit] = (values[unit] as number) + value;
    taken[unit] = (taken[unit] as number) + 1;
  }
}

function addWeighed(from: Float64Array, weight: number, { values, taken }: ColumnResult): void {
  for (let unit = 0; unit < values.length; unit++) {
    const value = from[unit] as number;
    if (Number.isNaN(value)) continue;
    values[unit] = (values[unit] as number) + weight * value;
    taken[unit] = (taken[unit] as number) + 1;
  }
}

function divide({ values, taken }: ColumnResult): void {
  for (let unit = 0; unit < values.length; unit++) {
    const weight = taken[unit] as number;
    values[unit] = weight === 0 ? Number.NaN : (values[unit] as number) / weight;
  }
}
