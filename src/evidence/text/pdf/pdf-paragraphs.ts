import type { PdfLine } from './pdf-lines.ts';

/** A gap between lines this much wider than usual begins a paragraph. */
const WIDER = 1.35;

/** Lines as text: an empty line where the page leaves room, or letters change their size. */
export function paragraphsOf(lines: readonly PdfLine[]): string {
  const steps = lines
    .slice(1)
    .flatMap((line, index) => {
      const step = (lines[index]?.across ?? 0) - line.across;
      return step > line.size * 0.8 && step < line.size * 3 ? [step] : [];
    })
    .toSorted((one, other) => one - other);
  const usual = steps[Math.floor(steps.length / 2)] ?? Number.POSITIVE_INFINITY;
  return lines
    .map((line, index) => {
      const before = lines[index - 1];
      if (!before) return line.text;
      const step = before.across - line.across;
      const isApart = step > usual * WIDER && step > line.size * 1.3;
      const isOther = step > 0 && Math.abs(before.size - line.size) > Math.min(before.size, line.size) * 0.15;
      return `${isApart || isOther ? '\n\n' : '\n'}${line.text}`;
    })
    .join('');
}
