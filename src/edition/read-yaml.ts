import { basename, dirname } from 'node:path';
import type { z } from 'zod';
import { collectProblems } from './place.ts';
import type { Problem } from './rules.ts';
import { parseYaml } from './structured-file.ts';
import { readTextFile } from './text-file.ts';

/** Reads a YAML file of any schema, wherever it stands; undefined, and what is wrong with file, line and column, if it does not hold. */
export function readYamlFile<T>(
  path: string,
  schema: z.ZodType<T>,
): { readonly value: T | undefined; readonly problems: readonly Problem[] } {
  const { problems, report } = collectProblems();
  const file = readTextFile(dirname(path), basename(path), report);
  return { value: file && parseYaml(file, schema, report)?.value, problems };
}
