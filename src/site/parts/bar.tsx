import type { BarView } from '../site.ts';

/** A bar, to the per cent, by classes of the style sheet: the figure beside it says the same. A mark shows where something else lies. */
export function Bar({ of, mark }: { of: BarView | undefined; mark?: number | undefined }) {
  if (!of) return null;
  const classes = [
    'bar',
    ...(of.from > 0 ? [`f${of.from}`] : []),
    ...(of.width > 0 ? [`w${of.width}`] : []),
    ...(of.open > 0 ? [`o${of.open}`] : []),
  ];
  return (
    <span class={classes.join(' ')} aria-hidden="true">
      {mark === undefined ? null : <span class={`mark f${Math.round(mark * 100)}`} />}
    </span>
  );
}

/** The classes that place and stretch a bar. */
export function barStyles(): string {
  return Array.from({ length: 100 }, (_, index) => index + 1)
    .map((share) => `.f${share}{--f:${share}%}.w${share}{--w:${share}%}.o${share}{--o:${share}%}`)
    .join('\n');
}
