import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { DamagedError } from './archive-error.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';

/**
 * A letter in segments: a line each, and first, where the letter is no plain text, the file itself. The manifest names a hash over the salted hashes of all
 * segments; a segment can be taken out and its hash left, and the letter is still proved to be the one that was received. The salt keeps a short
 * segment from being guessed by trying.
 */

const hex = z.string().regex(/^[0-9a-f]{64}$/);
/** No line of a letter is longer; a file that says so is not to be believed, since as many characters would be made. */
const MOST_POINTS = 10_000_000;
const segmentSchema = z.union([
  z.strictObject({ salt: z.string(), text: z.string() }),
  z.strictObject({ salt: z.string(), file: z.string() }),
  z.strictObject({
    redacted: hex,
    points: z.int().min(0).max(MOST_POINTS),
    newline: z.boolean(),
    of: z.enum(['text', 'file']),
  }),
]);
export const sealedSchema = z.strictObject({
  /** In letters of format 1, the hash of a segment says nothing of its length and kind; what was taken out of them is fixed by the ledger alone. */
  format: z.union([z.literal(1), z.literal(2)]),
  segments: z.array(segmentSchema),
});

export type Segment = z.infer<typeof segmentSchema>;
export type Sealed = z.infer<typeof sealedSchema>;

/** Seals the text of a letter and, if it is more than its text, its bytes. */
export function seal(
  text: string,
  file?: Uint8Array,
  random: () => string = () => randomBytes(16).toString('hex'),
): Sealed {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return {
    format: 2,
    segments: [
      ...(file === undefined ? [] : [{ salt: random(), file: Buffer.from(file).toString('base64') }]),
      ...lines.map((line) => ({ salt: random(), text: line })),
    ],
  };
}

function commitment(segment: Segment): string {
  if ('redacted' in segment) return segment.redacted;
  return sha256(
    canonicalJson(
      'file' in segment ? ['file', segment.salt, segment.file] : ['text', segment.salt, segment.text],
    ),
  );
}

/** What the manifest names the letter by; redaction does not change it. */
export function sealedRoot({ format, segments }: Sealed): string {
  const lines = segments.map((segment) => {
    if (format === 1) return commitment(segment);
    const { of, points, newline } = shapeOf(segment);
    return `${of} ${points} ${newline ? 1 : 0} ${commitment(segment)}`;
  });
  return sha256(`assay sealed v${format}\n${lines.join('\n')}`);
}

/** What stays known of a segment when it is taken out: its kind, and how long it was in code points. */
function shapeOf(
  segment: Segment,
): Pick<Extract<Segment, { redacted: string }>, 'of' | 'points' | 'newline'> {
  if ('redacted' in segment) return segment;
  return 'file' in segment
    ? { of: 'file', points: 0, newline: false }
    : {
        of: 'text',
        points: [...segment.text.replace(/\n$/, '')].length,
        newline: segment.text.endsWith('\n'),
      };
}

/** Which lines are taken out, counted from 1; and whether the file itself is, where there is one. */
export function redactedParts({ segments }: Sealed): {
  readonly lines: readonly number[];
  readonly file: boolean;
  /** How many lines there are. */
  readonly all: number;
} {
  const text = segments.filter((segment) => !isFile(segment));
  return {
    all: text.length,
    lines: text.flatMap((segment, index) => ('redacted' in segment ? [index + 1] : [])),
    file: segments.some((segment) => isFile(segment) && 'redacted' in segment),
  };
}

/**
 * The letter without some of its lines, counted from 1. The file itself goes with them. How long a line was stays known, so that the positions of
 * quotes hold.
 * @throws RangeError if there are no such lines
 */
export function redact(sealed: Sealed, from: number, to: number): Sealed {
  const files = sealed.segments.filter((segment) => isFile(segment)).length;
  const lines = sealed.segments.length - files;
  if (!(from >= 1 && from <= to && to <= lines)) throw new RangeError(`The letter has lines 1 to ${lines}.`);
  return {
    ...sealed,
    segments: sealed.segments.map((segment, index) => {
      const line = index - files + 1;
      if ('redacted' in segment || (line >= 1 && (line < from || line > to))) return segment;
      return { redacted: commitment(segment), ...shapeOf(segment) };
    }),
  };
}

const isFile = (segment: Segment) => 'file' in segment || ('of' in segment && segment.of === 'file');

/** The text of a letter; what was taken out is black, character by character. */
export function sealedText({ segments }: Sealed): string {
  return segments
    .filter((segment) => !isFile(segment))
    .map((segment) =>
      'text' in segment
        ? segment.text
        : 'points' in segment
          ? '█'.repeat(segment.points) + (segment.newline ? '\n' : '')
          : '',
    )
    .join('');
}

/** The bytes of a letter that is more than its text; undefined if there are none, or they were taken out. */
export function sealedFile({ segments }: Sealed): Buffer | undefined {
  const found = segments.find((segment) => 'file' in segment);
  return found && 'file' in found ? Buffer.from(found.file, 'base64') : undefined;
}

/** @throws DamagedError if it is no sealed letter */
export function parseSealed(text: string): Sealed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DamagedError('this is no sealed letter');
  }
  const parsed = sealedSchema.safeParse(value);
  const points = (parsed.data?.segments ?? []).reduce(
    (sum, own) => sum + ('points' in own ? own.points : 0),
    0,
  );
  if (!parsed.success || points > MOST_POINTS) throw new DamagedError('this is no sealed letter');
  return parsed.data;
}
