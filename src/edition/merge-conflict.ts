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
