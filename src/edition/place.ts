import type { Problem, RuleId } from './rules.ts';

/** Where something stands: lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Takes what does not hold; the reader and the checks report here and go on. */
export type Report = (rule: RuleId, place: Place, message: string) => void;

export function collectProblems(): { report: Report; problems: Problem[] } {
  const problems: Problem[] = [];
  return {
    problems,
    report: (rule, place, message) => problems.push({ ...place, rule, message: shortened(message) }),
  };
}

/** A text file as read: line ends are LF, a byte-order mark is gone (both were reported). */
export interface TextFile {
  readonly file: string;
  readonly text: string;
  /** Of a CSV file, columns that the edition keeps for itself: they are passed over. */
  readonly ownColumns?: readonly string[];
  at(offset: number): Place;
}

export function textFile(file: string, text: string): TextFile {
  let starts: number[] | undefined;
  return {
    file,
    text,
    at(offset) {
      starts ??= lineStarts(text);
      let low = 0;
      for (let high = starts.length - 1; low < high; ) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { file, line: low + 1, column: Math.max(0, offset) - (starts[low] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** A message may quote a cell of any length. */
const LONGEST_MESSAGE = 1_000;
const shortened = (message: string) =>
  message.length <= LONGEST_MESSAGE
    ? message
    : `${message.slice(0, LONGEST_MESSAGE / 2)} … ${message.slice(-LONGEST_MESSAGE / 2)}`;
