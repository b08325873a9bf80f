/** Reads what it is sent, one after the other, and says what came of it: the name of the error, if there was one, and the memory it took. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { READERS, type ReaderName } from './readers.ts';

export interface Outcome {
  readonly error?: string;
  readonly message?: string;
  /** The most memory that the process has had so far. */
  readonly bytes: number;
}

const [, , folder = ''] = process.argv;

process.on('message', async ({ name, bytes }: { name: ReaderName; bytes: Uint8Array }) => {
  const own = mkdtempSync(join(folder, 'edition-'));
  cpSync('editions/example/2026', own, { recursive: true });
  const tell = (outcome: Omit<Outcome, 'bytes'>) =>
    process.send?.({ ...outcome, bytes: process.resourceUsage().maxRSS * 1024 } satisfies Outcome);
  try {
    await READERS[name].read(bytes, own);
    tell({});
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    tell({ error: thrown.constructor.name, message: `${thrown.message}\n${thrown.stack}` });
  }
  rmSync(own, { recursive: true, force: true });
});
process.on('disconnect', () => process.exit());
process.send?.({ bytes: process.resourceUsage().maxRSS * 1024 } satisfies Outcome);
