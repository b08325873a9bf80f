import type { z } from 'zod';
import { ownValue } from './own-value.ts';

/** The keys that a schema knows at a path, for “did you mean”; none where any key may stand. */
export function knownKeys(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  const at = path.reduce<unknown>((outer, part) => {
    const definition = definitionOf(unwrap(outer));
    return typeof part === 'number'
      ? definition?.element
      : (ownValue(definition?.shape, part) ?? definition?.valueType);
  }, schema);
  return Object.keys(definitionOf(unwrap(at))?.shape ?? {});
}

interface Definition {
  readonly innerType?: unknown;
  readonly element?: unknown;
  readonly shape?: Record<string, unknown>;
  /** Of a record, whose keys are not known beforehand. */
  readonly valueType?: unknown;
}

function definitionOf(schema: unknown): Definition | undefined {
  return schema !== null && typeof schema === 'object' && 'def' in schema
    ? (schema.def as Definition)
    : undefined;
}

function unwrap(schema: unknown): unknown {
  let at = schema;
  for (let inner = definitionOf(at)?.innerType; inner; inner = definitionOf(at)?.innerType) at = inner;
  return at;
}
