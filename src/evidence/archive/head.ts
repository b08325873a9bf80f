import { type Head, headSchema, type LedgerFile, readWithin } from '#edition/folder';
import { DamagedError } from './archive-error.ts';

/** The head of a ledger that was last written; undefined without one. @throws DamagedError if the file holds no head; OutsideError */
export function readHead(folder: string, { head: file }: LedgerFile): Head | undefined {
  const bytes = readWithin(folder, file, 1024 * 1024);
  if (bytes === undefined) return undefined;
  const parsed = headSchema.safeParse(parseJson(bytes.toString('utf8')));
  if (!parsed.success) throw new DamagedError(`${file} holds no head`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
