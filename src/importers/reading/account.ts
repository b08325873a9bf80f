/** What became of the cells of one table: those that hold something are its heading, used, or passed over for a reason. */
export interface TableAccount {
  readonly file: string;
  readonly sheet: string | undefined;
  /** How many cells hold something. */
  readonly cells: number;
  readonly heading: number;
  readonly used: number;
  readonly passed: readonly { readonly why: string; readonly cells: number }[];
  /** Cells that are linked or commented on, and how many of them were made sources and notes. */
  readonly extras: { readonly cells: number; readonly taken: number };
}

const [EMPTY, LEFT, HEADING, USED, FIRST_REASON, MOST_STATES] = [0, 1, 2, 3, 4, 256];
const OTHER = 'for other reasons';

export interface RowAccount {
  use(index: number): void;
  /** What a cell is linked to, or commented on, was taken. */
  takeExtras(index: number): void;
  /** One cell is passed over, whatever it was taken for before. */
  passOver(index: number, why: string): void;
  /** All cells of the row are passed over, but those that were used when the table was read for something else. */
  passAllOver(why: string): void;
}

/** Keeps account of a table. It may be read more than once, and a cell that is used once is used. */
export function accountKeeper(file: string, sheet: string | undefined) {
  const starts = new Map<number, number>();
  const reasons = new Map<string, number>();
  let states = new Uint8Array(4096);
  let end = 0;
  let names: readonly string[] = [];
  const widths = new Map<number, number>();
  const extras = new Map<string, boolean>();
  const extraKey = (line: number, index: number) => `${line}:${index}`;
  const reason = (why: string): number => {
    const known = reasons.get(why);
    if (known !== undefined) return known;
    const next = FIRST_REASON + reasons.size;
    if (next >= MOST_STATES - 1 && why !== OTHER) return reason(OTHER);
    reasons.set(why, next);
    return next;
  };
  const startOf = (line: number, filled: readonly boolean[]): number => {
    const known = starts.get(line);
    if (known !== undefined) return known;
    if (end + filled.length > states.length) {
      const larger = new Uint8Array(2 * (end + filled.length));
      larger.set(states);
      states = larger;
    }
    const start = end;
    filled.forEach((isFilled, index) => {
      states[start + index] = isFilled ? LEFT : EMPTY;
    });
    starts.set(line, start);
    widths.set(line, filled.length);
    end += filled.length;
    return start;
  };
  const put = (line: number, index: number, state: number): void => {
    if (index >= (widths.get(line) ?? 0)) return;
    const at = (starts.get(line) ?? 0) + index;
    if (states[at] !== EMPTY) states[at] = state;
  };
  return {
    /** @param filled which cells of the row hold something */
    row: (line: number, filled: readonly boolean[]): RowAccount => {
      const start = startOf(line, filled);
      const now: number[] = [];
      return {
        use: (index) => {
          const state = states[start + index];
          if (index >= filled.length || state === EMPTY || state === USED) return;
          states[start + index] = USED;
          now.push(index);
        },
        takeExtras: (index) => {
          if (extras.has(extraKey(line, index))) extras.set(extraKey(line, index), true);
        },
        passOver: (index, why) => put(line, index, reason(why)),
        passAllOver: (why) => {
          const state = reason(why);
          for (const index of now) states[start + index] = LEFT;
          now.length = 0;
          for (let index = 0; index < filled.length; index++)
            if (states[start + index] === LEFT) states[start + index] = state;
        },
      };
    },
    /** The cells of a row that are linked, or commented on. */
    linked: (line: number, indices: readonly number[]): void => {
      for (const index of indices)
        if (!extras.has(extraKey(line, index))) extras.set(extraKey(line, index), false);
    },
    heading: (line: number, filled: readonly boolean[]): void => {
      const start = startOf(line, filled);
      for (let index = 0; index < filled.length; index++)
        if (states[start + index] !== EMPTY) states[start + index] = HEADING;
    },
    /** @param columns what the columns are called, for those that nothing was read of */
    named: (columns: readonly string[]): void => {
      names = columns;
    },
    account: (): TableAccount => {
      const counts = new Array<number>(MOST_STATES).fill(0);
      const left = new Map<string, number>();
      for (const [line, start] of starts)
        for (let index = 0; index < (widths.get(line) ?? 0); index++) {
          const state = states[start + index] ?? EMPTY;
          counts[state] = (counts[state] ?? 0) + 1;
          const name = names[index] || 'without a heading';
          if (state === LEFT) left.set(name, (left.get(name) ?? 0) + 1);
        }
      const passed = [...reasons].map(([why, state]) => ({ why, cells: counts[state] ?? 0 }));
      const unread = [...left].map(([name, cells]) => ({
        why:
          name === 'without a heading'
            ? 'columns without a heading'
            : `column “${name}”, which is not asked for`,
        cells,
      }));
      return {
        file,
        sheet,
        cells: counts.reduce((sum, count, state) => (state === EMPTY ? sum : sum + count), 0),
        heading: counts[HEADING] ?? 0,
        used: counts[USED] ?? 0,
        passed: [...passed, ...unread].filter(({ cells }) => cells > 0),
        extras: { cells: extras.size, taken: [...extras.values()].filter(Boolean).length },
      };
    },
  };
}
export type AccountKeeper = ReturnType<typeof accountKeeper>;
