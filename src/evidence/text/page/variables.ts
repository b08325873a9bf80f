import type { Declared } from './cascade.ts';

/** The custom properties that hold for an element. */
export interface Variables {
  readonly depth: number;
  get(name: string): string | undefined;
}

const MOST_REPLACED = 20;
const MOST_CHARACTERS = 2000;
const DEEPEST = 100;

/** What holds for an element that declares some of its own. */
export function withVariables(
  parent: Variables | undefined,
  declared: Declared | undefined,
): Variables | undefined {
  const own = declared && [...declared].filter(([property]) => property.startsWith('--'));
  if (!own?.length || (parent && parent.depth >= DEEPEST)) return parent;
  const values = new Map(own);
  const get = (name: string) => values.get(name) ?? parent?.get(name);
  return { depth: (parent?.depth ?? 0) + 1, get };
}

/** A value with its `var()` replaced; undefined if it cannot be. */
export function resolveVariables(value: string, variables: Variables | undefined): string | undefined {
  let text = value;
  for (let count = 0; count < MOST_REPLACED; count++) {
    const start = text.toLowerCase().lastIndexOf('var(');
    if (start < 0) return text;
    // The last one has no other within it.
    const end = text.indexOf(')', start);
    if (end < 0) return undefined;
    const inner = text.slice(start + 4, end);
    const comma = inner.indexOf(',');
    const name = (comma < 0 ? inner : inner.slice(0, comma)).trim().toLowerCase();
    const found = variables?.get(name) ?? (comma < 0 ? undefined : inner.slice(comma + 1));
    if (found === undefined) return undefined;
    text = `${text.slice(0, start)}${found.trim()}${text.slice(end + 1)}`;
    if (text.length > MOST_CHARACTERS) return undefined;
  }
  return undefined;
}
