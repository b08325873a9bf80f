import { z } from 'zod';
import { readWithin, writeWithin } from '#edition/folder';
import { CAPTURE_VERDICTS, type LedgerEntry } from '#edition/index';
import { ArchiveError, DamagedError, MissingError } from './archive-error.ts';
import { type Blobs, openBlobs } from './blobs.ts';
import { canonicalJson } from './canonical.ts';
import { appendEntries, type NewEntry } from './ledger.ts';
import type { Manifest } from './manifest.ts';
import { parseSealed, type Sealed, sealedRoot, sealedText } from './seal.ts';

/** The archive of an edition: what was captured (captures/), and in which order (ledger/). */
export interface Archive {
  readonly folder: string;
  readonly blobs: Blobs;
  append(...entries: NewEntry[]): LedgerEntry[];
  /** @throws MissingError, DamagedError */
  manifest(hash: string): Promise<Manifest>;
  /** The text of a capture that quotes stand in; empty if it has none. Of a letter, as far as it is not redacted. */
  text(manifest: Manifest, role?: 'text' | 'hidden' | 'visible'): Promise<string>;
  readonly letters: Letters;
}

/** Letters lie apart from what is addressed by its bytes, since theirs may change: captures/letters/ROOT.json */
export interface Letters {
  put(sealed: Sealed): string;
  /** @throws MissingError, DamagedError */
  get(root: string): Sealed;
  replace(root: string, sealed: Sealed): void;
}

export function openArchive(folder: string, now?: () => Date): Archive {
  const blobs = openBlobs(folder);
  const letters = openLetters(folder);
  return {
    folder,
    blobs,
    letters,
    append: (...entries) => appendEntries(folder, entries, now),
    async manifest(hash) {
      return parseManifest(Buffer.from(await blobs.get(hash)).toString('utf8'));
    },
    async text(manifest, role = 'text') {
      const sealed = manifest.parts.find((part) => part.role === 'sealed');
      if (sealed) return role === 'text' ? sealedText(letters.get(sealed.sha256)) : '';
      const part = manifest.parts.find((own) => own.role === role);
      return part === undefined ? '' : Buffer.from(await blobs.get(part.sha256)).toString('utf8');
    },
  };
}

function openLetters(folder: string): Letters {
  const fileOf = (root: string) => `captures/letters/${root}.json`;
  const put = (root: string, sealed: Sealed) => {
    const written = Buffer.from(canonicalJson(sealed));
    // What could not be read again could never be redacted either.
    if (written.length > MOST_BYTES_OF_A_LETTER)
      throw new ArchiveError(
        'the letter is too large to be kept line by line: split it, or capture it as a document',
      );
    writeWithin(folder, fileOf(root), written);
  };
  return {
    put(sealed) {
      const root = sealedRoot(sealed);
      put(root, sealed);
      return root;
    },
    get(root) {
      const bytes = readWithin(folder, fileOf(root), MOST_BYTES_OF_A_LETTER);
      if (bytes === undefined) throw new MissingError(`the letter ${root} is not in the archive`);
      return parseSealed(bytes.toString('utf8'));
    },
    replace: put,
  };
}

/** Files of at most 100 MiB are captured; as a letter they are base64. */
const MOST_BYTES_OF_A_LETTER = 200 * 1024 * 1024;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const header = z.tuple([z.string(), z.string()]).readonly();
const partSchema = z.strictObject({
  role: z.enum(['body', 'dom', 'painted', 'visible', 'text', 'hidden', 'picture', 'sealed']),
  type: z.string(),
  sha256: hash,
  bytes: z.int().min(0),
  name: z.string().optional(),
});
/** A manifest as it may stand in an archive. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  tool: z.string(),
  source: z.string(),
  time: z.iso.datetime(),
  method: z.enum(['fetch', 'browser', 'file', 'import']),
  address: z.string().optional(),
  final: z.string().optional(),
  hops: z
    .array(z.strictObject({ address: z.string(), status: z.int(), headers: z.array(header) }))
    .optional(),
  browser: z.string().optional(),
  asked: z.strictObject({ language: z.string().optional(), charset: z.string().optional() }).optional(),
  parts: z.array(partSchema),
  extractor: z.strictObject({ id: z.string(), version: z.string() }).optional(),
  title: z.string().optional(),
  language: z.string().optional(),
  charset: z.string().optional(),
  replaced: z.int().optional(),
  unsure: z.array(z.enum(['style-sheets', 'scripts'])).optional(),
  frames: z.array(z.string()).optional(),
  pages: z.array(z.tuple([z.int(), z.int()]).readonly()).optional(),
  verdict: z.enum(CAPTURE_VERDICTS),
  reason: z.string().optional(),
  note: z.string().optional(),
});

/** A manifest names what was kept; headers of requests have limits. */
const MOST_CHARACTERS_OF_A_MANIFEST = 16 * 1024 * 1024;

/** @throws DamagedError if it is no manifest */
export function parseManifest(text: string): Manifest {
  if (text.length > MOST_CHARACTERS_OF_A_MANIFEST)
    throw new DamagedError('it is no manifest: it is too large');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DamagedError('it is no manifest: not JSON');
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new DamagedError(`it is no manifest: ${parsed.error.issues[0]?.path.join('.')}`);
  return parsed.data as Manifest;
}
