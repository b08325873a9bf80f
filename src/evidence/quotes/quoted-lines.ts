import { toUnits } from './code-points.ts';

/** Whether a passage begins in a line that a letter quotes of an earlier one: its line begins with “>”. */
export function isOfEarlierLetter(text: string, start: number): boolean {
  const unit = toUnits(text)(start);
  const line = text.slice(text.lastIndexOf('\n', unit - 1) + 1, unit + 1);
  return /^[ \t]*>/.test(line);
}
