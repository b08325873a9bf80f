import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './folders.ts';
import { GRAMMARS } from './fuzz/grammars.ts';
import type { Outcome } from './fuzz/process.ts';
import { READERS, type ReaderName } from './fuzz/readers.ts';

/**
 * No input makes a reader of somebody's bytes throw what it does not declare, take more than ten seconds, or more than half a gigabyte. Few
 * inputs by default; `ASSAY_FUZZ_RUNS=5000 npx vitest run tests/fuzz.test.ts` looks longer, `ASSAY_FUZZ_SEED` looks at the same ones again. The smallest
 * input that was found is kept as assay-fuzz-READER in the temporary folder.
 */
const RUNS = Number(process.env.ASSAY_FUZZ_RUNS ?? 8);
/** The same inputs each time, unless more are asked for. */
const SEED = process.env.ASSAY_FUZZ_SEED ?? (process.env.ASSAY_FUZZ_RUNS === undefined ? '1' : undefined);
const MOST_MS = 10_000;
const MOST_BYTES = 512 * 1024 * 1024;

/** A process that reads in our place: one that hangs or breaks is ended, and the next input gets another. */
function readingProcess() {
  let child: ChildProcess | undefined;
  let before = 0;
  const folder = temporaryFolder();
  onTestFinished(() => void child?.kill('SIGKILL'));
  const start = async () => {
    child = fork('tests/fuzz/process.ts', [folder], {
      execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
    });
    const [ready] = (await once(child, 'message')) as [Outcome];
    before = ready.bytes;
    return child;
  };
  return async (name: ReaderName, bytes: Uint8Array): Promise<string | undefined> => {
    const own = child?.connected ? child : await start();
    const answer = Promise.withResolvers<Outcome | string>();
    const onExit = (code: number | null, signal: string | null) =>
      answer.resolve(`it ended the process: ${code ?? signal}`);
    const timer = setTimeout(() => answer.resolve(`it took more than ${MOST_MS / 1000} s`), MOST_MS);
    own.once('exit', onExit);
    own.once('message', answer.resolve);
    own.send({ name, bytes: Uint8Array.from(bytes) });
    const outcome = await answer.promise;
    clearTimeout(timer);
    own.off('exit', onExit);
    own.off('message', answer.resolve);
    if (typeof outcome === 'string') {
      own.kill('SIGKILL');
      child = undefined;
      return outcome;
    }
    const grown = outcome.bytes - before;
    before = outcome.bytes;
    if (grown > MOST_BYTES) return `it took ${Math.round(grown / 2 ** 20)} MiB`;
    const declared: readonly string[] = READERS[name].errors;
    return outcome.error === undefined || declared.includes(outcome.error)
      ? undefined
      : `it threw ${outcome.error}: ${outcome.message}`;
  };
}

describe('whatever is to be read', () => {
  it.for(Object.keys(READERS) as ReaderName[])(
    '%s: it is read, or refused in its own words, in time',
    { timeout: 60_000 + RUNS * 2_000 },
    async (name) => {
      const read = readingProcess();
      await fc.assert(
        fc.asyncProperty(GRAMMARS[name], async (bytes) => {
          const fault = await read(name, bytes);
          if (fault !== undefined)
            writeFileSync(join(tmpdir(), `assay-fuzz-${name.replace(/\W+/g, '-')}`), bytes);
          expect(fault).toBeUndefined();
        }),
        {
          numRuns: RUNS,
          ...(SEED === undefined ? {} : { seed: Number(SEED) }),
          interruptAfterTimeLimit: 50_000 + RUNS * 1_500,
        },
      );
    },
  );
});
