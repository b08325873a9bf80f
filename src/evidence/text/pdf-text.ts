import { spawn } from 'node:child_process';
import { z } from 'zod';
import { ExtractError } from './extract-error.ts';

export interface PdfText {
  readonly title: string;
  readonly pages: readonly string[];
}

/** How long the reading of a PDF may take. */
const TIME_LIMIT_MS = 30_000;
const MEMORY_MIB = 512;
const MOST_OUTPUT = 50 * 1024 * 1024;

const answerSchema = z.union([
  z.object({ pages: z.array(z.string()), title: z.string() }),
  z.object({ error: z.string() }),
]);

/** The text of each page. The PDF is read by a process of its own, with 30 seconds and 512 MiB. @throws ExtractError */
export async function pdfText(bytes: Uint8Array, timeMs = TIME_LIMIT_MS): Promise<PdfText> {
  const output = await runReader(bytes, timeMs);
  let answer: z.infer<typeof answerSchema>;
  try {
    answer = answerSchema.parse(JSON.parse(output));
  } catch {
    throw new ExtractError('the PDF cannot be read: it needs more memory than a document should');
  }
  if ('error' in answer) throw new ExtractError(`the PDF cannot be read: ${answer.error}`);
  return { title: answer.title.trim(), pages: answer.pages.map((page) => page.replaceAll('\0', '\uFFFD')) };
}

function runReader(bytes: Uint8Array, timeMs: number): Promise<string> {
  const entry = new URL(`./pdf-process.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${MEMORY_MIB}`, '--disable-warning=ExperimentalWarning', entry.pathname],
    { stdio: ['pipe', 'pipe', 'ignore'], env: {} },
  );
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (message: string) => {
      child.kill('SIGKILL');
      reject(new ExtractError(message));
    };
    const timer = setTimeout(() => fail(`the PDF was not read within ${timeMs / 1000} s`), timeMs);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_OUTPUT) fail('the PDF holds more than 50 MiB of text');
      else chunks.push(chunk);
    });
    child.on('error', (error) => fail(`the PDF cannot be read: ${error.message}`));
    child.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
    child.stdin.on('error', () => {}); // it ended before it had read everything; what it says comes with its end
    child.stdin.end(bytes);
  });
}
