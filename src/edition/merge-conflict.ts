import type { Report } from './place.ts';

/** The lines that git writes around the two sides of a conflict (and, with diff3, around what both come from). */
const MARKER = /^(?:(<{7})|(={7})|(>{7}))(?: .*)?$/;

/**
 * Where a merge left conflicts in a text: the number of the first line of each. A line of equals signs alone is none, since it may underline a
 * heading; nor, in prose and cells, is a line of `>` without a beginning above it, where it may quote what somebody quoted.
 */
export function conflictsIn(file: string, text: string): number[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
  const mayQuote = /\.(?:md|csv)$/.test(file);
  const found: number[] = [];
  let open: number | undefined;
  let middle: number | undefined;
  text.split('\n').forEach((line, index) => {
    const [, begins, divides, ends] = MARKER.exec(line) ?? [];
    if (begins) {
      if (open !== undefined) found.push(open);
      open = index + 1;
    } else if (divides) middle = index + 1;
    else if (ends) {
      const first = open ?? (mayQuote ? undefined : (middle ?? index + 1));
      if (first !== undefined) found.push(first);
      open = middle = undefined;
    }
  });
  if (open !== undefined) found.push(open);
  return found;
}

/** Reports an unresolved merge in a file, once; whether there is one, so that nothing else is said of the file. */
export function reportConflicts(file: string, text: string, report: Report): boolean {
  const conflicts = conflictsIn(file, text.replace(/\r\n?/g, '\n'));
  const [first] = conflicts;
  if (first === undefined) return false;
  report('merge-conflict', { file, line: first, column: 1 }, conflictMessage(conflicts));
  return true;
}

const MOST_LINES = 20;

function conflictMessage(lines: readonly number[]): string {
  const listed = lines.slice(0, MOST_LINES).join(', ') + (lines.length > MOST_LINES ? ', …' : '');
  return `This is an unresolved merge: ${lines.length === 1 ? `a conflict begins in line ${listed}` : `${lines.length} conflicts begin in lines ${listed}`}. Keep what is right of both sides, and remove the lines of <<<<<<<, ======= and >>>>>>>.`;
}
