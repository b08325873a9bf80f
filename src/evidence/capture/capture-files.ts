import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Archive } from '../archive/archive.ts';
import { seal } from '../archive/seal.ts';
import type { LetterFacts } from '../text/document-text.ts';
import type { Extracted } from '../text/extract.ts';
import {
  type CaptureResult,
  type Content,
  content,
  describe,
  draftOf,
  enter,
  readDocument,
  TOOL,
  textContents,
} from './capture.ts';

/** A file cannot be captured. */
export class FileError extends Error {}

const MOST_BYTES = 100 * 1024 * 1024;

export interface FileOptions {
  /** As a letter: line by line, so that names in it can be redacted later. */
  readonly sealed: boolean;
  readonly note?: string | undefined;
  /** The character set, where a person knows better. */
  readonly charset?: string | undefined;
  readonly now?: () => Date;
}

/** A capture of files, and what they say of themselves. A letter’s words about itself are not in its manifest: they may have to be redacted one day. */
export type FileCapture = Extract<CaptureResult, { kind: 'captured' }> & {
  readonly title: string;
  readonly letter: LetterFacts;
  /** How much text there is to quote, in bytes. */
  readonly characters: number;
};

/**
 * Keeps files as one capture: a document, a letter, or the steps of a walk-through in the order given.
 * @throws FileError if one cannot be read, or several are to be one letter
 */
export async function captureFiles(
  archive: Archive,
  source: string,
  paths: readonly string[],
  { sealed, note, charset, now }: FileOptions,
): Promise<FileCapture> {
  const files = paths.map((path) => ({ name: basename(path), bytes: readFile(path) }));
  const [first] = files;
  if (first === undefined) throw new FileError('No file was given.');
  if (sealed && files.length > 1)
    throw new FileError('A letter is one file. Capture each letter as a source of its own.');
  const read = await Promise.all(files.map((file) => readDocument({ ...file, charset })));
  const texts = read.map(({ extracted }) => extracted);
  const whole = texts.length === 1 && texts[0] ? texts[0] : joined(texts);
  const failure = read.find((own) => own.failure !== undefined)?.failure;
  const contents = sealed
    ? [sealLetter(archive, first, whole)]
    : [
        ...files.map(({ name, bytes }, index) =>
          content('body', texts[index]?.type ?? 'application/octet-stream', bytes, name),
        ),
        ...textContents(whole),
      ];
  const draft = draftOf(
    contents,
    {
      ...(sealed
        ? { extractor: whole.extractor, ...(whole.charset ? { charset: whole.charset } : {}) }
        : describe(whole)),
      format: 1,
      tool: TOOL,
      source,
      time: (now?.() ?? new Date()).toISOString(),
      method: 'file',
      verdict: failure === undefined ? 'ok' : 'error',
      ...(failure === undefined ? {} : { reason: failure }),
      ...(note === undefined ? {} : { note }),
    },
    [...new Set(texts.flatMap(({ remarks }) => remarks))],
  );
  return {
    ...(await enter(archive, draft)),
    title: whole.title,
    letter: whole.letter,
    characters: Buffer.byteLength(whole.text),
  };
}

function readFile(path: string): Buffer {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new FileError(`There is no file “${path}”.`);
  if (!found.isFile()) throw new FileError(`“${path}” is no file. Give the files themselves.`);
  if (found.size > MOST_BYTES) throw new FileError(`“${path}” has more than 100 MiB.`);
  if (found.size === 0) throw new FileError(`“${path}” is empty.`);
  return readFileSync(path);
}

/** A letter is kept whole in its own form only: plain text is its lines, anything else the file and its text. */
function sealLetter(archive: Archive, { bytes }: { bytes: Buffer }, read: Extracted): Content {
  const isPlain = read.kind === 'text' && Buffer.from(read.text).equals(bytes);
  const sealed = seal(read.text, isPlain ? undefined : bytes);
  const root = archive.letters.put(sealed);
  return {
    // Neither its name nor its subject: they could hold what is to be redacted one day, and a manifest never changes.
    part: { role: 'sealed', type: read.type, sha256: root, bytes: bytes.length },
    bytes: undefined,
  };
}

/** Several texts as one, each as a page of it. */
function joined(texts: readonly Extracted[]): Extracted {
  let text = '';
  const pages = texts.map((own): [number, number] => {
    if (text !== '' && own.text !== '') text += '\n\n';
    const start = text.length;
    text += own.text;
    return [start, text.length];
  });
  const first = texts[0] as Extracted;
  return {
    ...first,
    text,
    hidden: texts
      .map(({ hidden }) => hidden)
      .filter(Boolean)
      .join('\n\n'),
    pages: text === '' ? [] : pages,
    replaced: texts.reduce((sum, { replaced }) => sum + replaced, 0),
  };
}
