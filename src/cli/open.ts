import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readEdition } from '#edition/folder';
import { type Edition, isError, type Problem } from '#edition/index';
import { complain, count, harmless, paint } from './terminal.ts';

/** Ends the program with an exit code: 0 fine, 1 the edition does not hold, 2 wrong usage, 130 ended by somebody. */
export class Exit extends Error {
  readonly code: 0 | 1 | 2 | 130;
  constructor(code: 0 | 1 | 2 | 130, message = '') {
    super(message);
    this.code = code;
  }
}

const LARGE_BYTES = 20 * 1024 * 1024;

/** Says that reading takes a while, where it will and somebody is looking. */
export function announce(folder: string): void {
  if (!process.stderr.isTTY || !existsSync(join(folder, 'answers.csv'))) return;
  const { size } = statSync(join(folder, 'answers.csv'));
  if (size > LARGE_BYTES)
    complain(paint('dim', `reading ${Math.round(size / 2 ** 20)} MiB of answers …`, process.stderr));
}

/** Reads an edition that must hold; else prints what does not, and ends with 1. */
export function openEdition(folder: string): Edition {
  announce(folder);
  const { edition, problems } = readEdition(folder);
  if (edition) return edition;
  const errors = problems.filter(isError);
  complain(problemList(errors));
  throw new Exit(
    1,
    `${folder} has ${count(errors.length, 'error')}; nothing was computed. “assay check” shows warnings too.`,
  );
}

const MOST_OF_A_RULE = 20;

/** Problems a line each, as `file:line:column`, with at most twenty of one rule in a file. */
export function problemList(problems: readonly Problem[]): string {
  const seen = new Map<string, { file: string; rule: string; number: number }>();
  const lines: string[] = [];
  for (const problem of problems) {
    const { file, rule } = problem;
    const group = seen.get(`${file} ${rule}`) ?? { file, rule, number: 0 };
    group.number++;
    seen.set(`${file} ${rule}`, group);
    if (group.number > MOST_OF_A_RULE) continue;
    const kind = isError(problem)
      ? paint('red', 'error', process.stderr)
      : paint('yellow', 'warning', process.stderr);
    const place = paint(
      'bold',
      `${harmless(problem.file)}:${problem.line}:${problem.column}`,
      process.stderr,
    );
    lines.push(
      `${place}  ${kind} ${paint('dim', problem.rule, process.stderr)}\n  ${harmless(problem.message)}`,
    );
  }
  for (const { file, rule, number } of seen.values()) {
    if (number <= MOST_OF_A_RULE) continue;
    lines.push(
      paint(
        'dim',
        `… and ${number - MOST_OF_A_RULE} more of ${rule} in ${harmless(file)} (--json lists all)`,
        process.stderr,
      ),
    );
  }
  return lines.join('\n');
}

const LARGEST_GIVEN = 1024 * 1024 * 1024;

/** The bytes of a file that a person named; what is no file is said, rather than waited for. */
export function readGiven(path: string): Buffer {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Exit(2, `There is no file “${path}”.`);
  if (!found.isFile()) throw new Exit(2, `“${path}” is no regular file.`);
  if (found.size > LARGEST_GIVEN) throw new Exit(2, `“${path}” has more than 1 GiB.`);
  return readFileSync(path);
}
