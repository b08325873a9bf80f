import { type Document, isMap, isNode, isPair, isScalar, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from './ids.ts';
import { doubledKeys } from './json-keys.ts';
import { knownKeys } from './known-keys.ts';
import type { Place, Report, TextFile } from './place.ts';

export type Path = readonly (string | number)[];

/** A YAML or JSON file whose shape holds: its value, and where each part of it stands. */
export interface Structured<T> {
  readonly value: T;
  at(path: Path): Place;
}

/** Parses YAML 1.2 and holds it against a schema; everything wrong is reported with its place, and undefined is given. */
export function parseYaml<T>(
  source: TextFile,
  schema: z.ZodType<T>,
  report: Report,
  offset = 0,
): Structured<T> | undefined {
  const at = (position: number) => source.at(offset + position);
  const document = documentOf(source.text.slice(offset));
  if (!document) {
    report('yaml-syntax', at(0), 'This YAML nests deeper than can be read. Make it flatter.');
    return undefined;
  }
  const firstAt = new Map(document.errors.toReversed().map((error) => [error.pos[0], error]));
  for (const [position, error] of [...firstAt].toReversed())
    report('yaml-syntax', at(position), yamlMessage(error.code, error.message));
  if (document.errors.length > 0) return undefined;
  const whole = nothingLost(document, (rule, position, message) => report(rule, at(position), message));
  const shaped = shape(
    plain(document, (message) => report('yaml-syntax', at(0), message)),
    schema,
    (path, key) => at(offsetOf(document, path, key)),
    report,
  );
  return whole ? shaped : undefined;
}

/** Undefined if it nests so deep that the parser, which goes down by recursion, comes to the end of its stack. */
function documentOf(text: string): Document | undefined {
  try {
    return parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const DOUBLED = 'The same key stands twice in one mapping. Keep one of them.';

/** Whether every number is one that a double keeps as it is written, and every key stands once; else something would be lost in silence. */
function nothingLost(
  document: Document,
  fail: (rule: 'value' | 'yaml-syntax', position: number, message: string) => void,
): boolean {
  let good = true;
  const complain: typeof fail = (...problem) => {
    good = false;
    fail(...problem);
  };
  visit(document, {
    Scalar: (_, { value, source = '', range }) => {
      if (typeof value !== 'number') return;
      const digits = source.replace(/^-?0*\.?0*|\./g, '').length;
      if (/^-?\d+(?:\.\d+)?$/.test(source) && digits <= 15) return;
      complain(
        'value',
        range?.[0] ?? 0,
        `The number ${source} cannot be kept exactly. Write it in plain digits, and in quotes if it has more than 15.`,
      );
    },
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value); // as in JavaScript, where 0 and "0" are one key
        if (seen.has(name)) complain('yaml-syntax', key.range?.[0] ?? 0, DOUBLED);
        seen.add(name);
      }
    },
  });
  return good;
}

/** The same for JSON. Places are found by reading the file again as YAML, of which JSON is a part; only when needed. */
export function parseJson<T>(
  source: TextFile,
  schema: z.ZodType<T>,
  report: Report,
): Structured<T> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(source.text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    report(
      'json-syntax',
      source.at(position ? Number(position) : source.text.length),
      `This is not JSON: ${message.replace(/ (?:in JSON )?at position.*/, '')}.`,
    );
    return undefined;
  }
  let document: Document | undefined;
  const locate = (path: Path, key?: string) => {
    document ??= documentOf(source.text);
    return source.at(document ? offsetOf(document, path, key) : 0);
  };
  const doubled = doubledKeys(source.text);
  for (const offset of doubled) report('json-syntax', source.at(offset), DOUBLED);
  const shaped = shape({ value }, schema, locate, report);
  return doubled.length === 0 ? shaped : undefined;
}

function shape<T>(
  parsed: { value: unknown } | undefined,
  schema: z.ZodType<T>,
  locate: (path: Path, key?: string) => Place,
  report: Report,
): Structured<T> | undefined {
  if (!parsed) return undefined;
  const result = schema.safeParse(parsed.value);
  if (result.success) return { value: result.data, at: (path) => locate(path) };
  for (const issue of firstOfEach(result.error.issues))
    reportIssue(issue, parsed.value, schema, locate, report);
  return undefined;
}

/** Of one mapping, this many unknown keys are listed. */
const MOST_KEYS = 50;

/** One value may break several rules; the first of them says enough. */
function firstOfEach(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const first = new Map<string, z.core.$ZodIssue>();
  for (const issue of issues) {
    const place = `${issue.path.join()} ${issue.code === 'unrecognized_keys'}`;
    if (!first.has(place)) first.set(place, issue);
  }
  return [...first.values()];
}

function reportIssue(
  issue: z.core.$ZodIssue,
  value: unknown,
  schema: z.ZodType,
  locate: (path: Path, key?: string) => Place,
  report: Report,
): void {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    for (const key of issue.keys.slice(0, MOST_KEYS)) {
      const more =
        issue.keys.length > MOST_KEYS
          ? ` (${issue.keys.length} keys are not; the first ${MOST_KEYS} are listed.)`
          : '';
      report(
        'unknown-key',
        locate(path, key),
        `The key “${key}” is not known here.${didYouMean(key, known)} Remove or rename it.${more}`,
      );
    }
    return;
  }
  if (issue.code === 'invalid_union') {
    const deeper = deepestBranch(issue.errors);
    if (deeper) {
      for (const inner of firstOfEach(deeper))
        reportIssue({ ...inner, path: [...issue.path, ...inner.path] }, value, schema, locate, report);
      return;
    }
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    report(
      'bad-id',
      locate(path.slice(0, -1), key),
      `The key “${key}” ${issue.issues[0]?.message ?? 'is not right'}.`,
    );
    return;
  }
  const found = valueAt(value, path);
  const name = path.length === 0 ? 'The file' : `“${pathName(path)}”`;
  const rule =
    issue.code === 'invalid_format' && /joined by single hyphens/.test(issue.message) ? 'bad-id' : 'value';
  report(
    rule,
    locate(found === undefined ? path.slice(0, -1) : path),
    `${name} ${found === undefined ? 'is missing' : complaint(issue)}.${suggestion(issue, found)}`,
  );
}

/** Of the branches of a union, the one that got furthest into the value, if one got further than its top. */
function deepestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  return branches.find((issues) => issues.length > 0 && issues.every((issue) => issue.path.length > 0));
}

function suggestion(issue: z.core.$ZodIssue, found: unknown): string {
  return issue.code === 'invalid_value' && typeof found === 'string'
    ? didYouMean(found, issue.values.map(String))
    : '';
}

function complaint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : article(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array'
        ? `must have at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}`
        : /must/.test(issue.message)
          ? issue.message
          : `must be at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${issue.maximum} entries`
        : `must be at most ${issue.maximum}`;
    case 'invalid_union':
      return issue.message.startsWith('must') ? issue.message : 'has the wrong shape';
    default:
      return issue.message.startsWith('must') || issue.message.startsWith('has')
        ? issue.message
        : `is not right: ${issue.message}`;
  }
}

const article = (type: string) =>
  type === 'array'
    ? 'a list'
    : type === 'object' || type === 'record'
      ? 'a mapping of keys'
      : type === 'string'
        ? 'text (put it in quotes)'
        : `a ${type}`;

/** A path as a person counts: `measures 3 › id`. */
function pathName(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === 'number'
        ? `${index === 0 ? 'entry' : ''} ${part + 1}`
        : `${index === 0 ? '' : ' › '}${part}`,
    )
    .join('')
    .trim();
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      at !== null && typeof at === 'object' && Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined,
    value,
  );
}

function plain(document: Document, fail: (message: string) => void): { value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    fail(
      `This YAML cannot be read: ${error instanceof Error ? error.message : String(error)}. Write it without so many aliases or levels.`,
    );
    return undefined;
  }
}

/** Where the value at a path begins; with `key`, where that key of the mapping at the path stands. */
function offsetOf(document: Document, path: Path, key?: string): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key,
    );
    if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
  }
  if (isNode(node) && node.range) return node.range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}

function yamlMessage(code: string, message: string): string {
  const help: Record<string, string> = {
    TAB_AS_INDENT: 'A tab is used for indentation. Use spaces.',
    BAD_INDENT: 'The indentation does not fit what stands above it, or a bracket is not closed.',
    BLOCK_AS_IMPLICIT_KEY:
      'A colon followed by a space begins a mapping here. If it belongs to a text, put the text in quotes.',
    MISSING_CHAR: `Something is missing: ${message}.`,
  };
  return help[code] ?? `This is not YAML: ${message}.`;
}
