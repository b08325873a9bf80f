import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { availableParallelism } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ExtractError, LimitError } from '../extract-error.ts';
import type { Limits, ReadAnswer, ReadRequest } from './read-frames.ts';
import { frame, unframe } from './read-frames.ts';

/**
 * Everything foreign is read by processes of their own: what one document asks for, no other pays. A process reads one document after the other and is kept
 * while it behaves; where a document takes more time or memory than it may, its process is ended, and the document refused.
 */

/** Processor time and memory that a document of each kind may take. A PDF can be slow and honest; a page cannot. */
export const LIMITS = {
  html: { cpuMs: 4000, memoryMiB: 1024 },
  text: { cpuMs: 4000, memoryMiB: 1024 },
  mail: { cpuMs: 4000, memoryMiB: 1024 },
  sheet: { cpuMs: 10_000, memoryMiB: 768 },
  word: { cpuMs: 10_000, memoryMiB: 768 },
  pdf: { cpuMs: 20_000, memoryMiB: 768 },
} as const satisfies Record<string, Limits>;

/** Real time may pass faster than processor time, on a machine that does other things too; a process that only waits is ended by this. */
const WALL_FACTOR = 4;
const MOST_OUTPUT = 128 * 1024 * 1024;
/** What a process may have grown to and still get another document. */
const KEPT_MIB = 256;
const IDLE_MS = 10_000;
const MOST_PROCESSES = Math.min(4, availableParallelism());

const NOUNS: Readonly<Record<keyof typeof LIMITS, string>> = {
  html: 'page',
  text: 'text',
  mail: 'e-mail',
  sheet: 'spreadsheet',
  word: 'document',
  pdf: 'PDF',
};

interface Reader {
  readonly read: (request: ReadRequest, bytes: Uint8Array, limits: Limits) => Promise<ReadAnswer>;
  readonly end: () => void;
}

const idle: Reader[] = [];
const waiting: (() => void)[] = [];
let running = 0;

/** Reads one document in a process of its own. @throws ExtractError if it cannot be read, or takes more than it may */
export async function readApart(
  request: ReadRequest,
  bytes: Uint8Array,
  limits: Limits = LIMITS[request.kind],
): Promise<ReadAnswer> {
  if (running >= MOST_PROCESSES) await new Promise<void>((turn) => waiting.push(turn));
  running++;
  const reader = idle.pop() ?? startReader();
  let keep = false;
  try {
    const answer = await reader.read(request, bytes, limits);
    // pdf.js keeps much between documents; each PDF gets a process that has seen none.
    keep = answer.memoryMiB < KEPT_MIB && request.kind !== 'pdf';
    if (answer.error !== undefined)
      throw new ExtractError(`the ${NOUNS[request.kind]} cannot be read: ${answer.error}`);
    return answer;
  } finally {
    running--;
    if (keep) idle.push(reader);
    else reader.end();
    waiting.shift()?.();
  }
}

/** Starts a reader before the first document is there: it takes a while, and the document has to come from somewhere first. */
export function warmReader(): void {
  if (idle.length === 0 && running === 0) idle.push(startReader());
}

function startReader(): Reader {
  const entry = new URL(`./read-process.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);
  // No environment but a fixed one: the same bytes give the same text in every country.
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=1024', '--disable-warning=ExperimentalWarning', fileURLToPath(entry)],
    { stdio: ['pipe', 'pipe', 'ignore'], env: { TZ: 'UTC', LC_ALL: 'C' } },
  );
  const { stdin, stdout } = child;
  const chunks: Buffer[] = [];
  let size = 0;
  let settle: ((outcome: ReadAnswer | ExtractError) => void) | undefined;
  let gone: string | undefined;
  const fail = (message: string) => {
    end(message);
    settle?.(new LimitError(gone ?? message));
  };
  stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MOST_OUTPUT) return fail('it holds more text than a document should');
    const answer = answerIn(chunks, size);
    if (answer === 'broken') return fail('its reader gave no answer that can be read');
    if (answer === undefined) return;
    chunks.length = 0;
    size = 0;
    settle?.(answer);
  });
  stdin.on('error', () => {}); // it ended before it had read everything; its end says why
  child.on('error', (error) => fail(`its reader cannot be started: ${error.message}`));
  child.on('exit', (_, signal) =>
    fail(
      signal === 'SIGTERM'
        ? 'it takes longer than a document should'
        : 'it needs more memory than a document should',
    ),
  );
  const end = (why = 'its reader was ended') => {
    const index = idle.indexOf(reader);
    if (index >= 0) idle.splice(index, 1);
    gone ??= why;
    child.kill('SIGKILL');
  };
  let idleTimer = setTimeout(end, IDLE_MS).unref();
  hold(child, stdin, stdout, false);
  const reader: Reader = {
    end,
    async read(request, bytes, limits) {
      clearTimeout(idleTimer);
      hold(child, stdin, stdout, true);
      const timer = setTimeout(
        () => fail('it takes longer than a document should'),
        limits.cpuMs * WALL_FACTOR,
      );
      const outcome = await new Promise<ReadAnswer | ExtractError>((done) => {
        settle = done;
        if (gone !== undefined) return done(new LimitError(gone));
        stdin.write(frame({ ...request, limits }, bytes.length));
        stdin.write(bytes);
      });
      settle = undefined;
      clearTimeout(timer);
      hold(child, stdin, stdout, false);
      idleTimer = setTimeout(end, IDLE_MS).unref();
      if (outcome instanceof ExtractError)
        throw new ExtractError(`the ${NOUNS[request.kind]} cannot be read: ${outcome.message}`);
      return outcome;
    },
  };
  return reader;
}

function answerIn(chunks: Buffer[], size: number): ReadAnswer | 'broken' | undefined {
  try {
    return unframe(chunks, size);
  } catch {
    return 'broken';
  }
}

/** A reader that waits for its next document must not keep the program from ending. */
function hold(child: ChildProcess, stdin: Writable, stdout: Readable, held: boolean): void {
  const change = held ? 'ref' : 'unref';
  child[change]();
  for (const stream of [stdin, stdout]) if (stream instanceof Socket) stream[change]();
}
