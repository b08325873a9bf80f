/**
 * `npm run bench`: how fast exact scoring is against floating point in the same run, what the whole command takes, and how both
 * grow. Times are medians; the machine may be busy, so ratios say more than seconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEdition } from '#edition/folder';
import { rankCompanies, scoreEdition } from '#scoring/index';
import { floatInput, floatRanking } from './float-loop.ts';
import { generateEdition, type Size } from './generate.ts';

const milliseconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Both in turn, so that a slow moment of the machine falls on both; the ratio is the median of the pairs. */
function compareInMemory(size: Size, runs: number): void {
  const edition = generateEdition(size);
  const input = floatInput(edition);
  const exact = () => rankCompanies(edition, scoreEdition(edition));
  const float = () => floatRanking(input);
  for (let warmUp = 0; warmUp < 5; warmUp++) [exact(), float()];
  const pairs = Array.from({ length: runs }, () => ({
    exact: milliseconds(exact),
    float: milliseconds(float),
  }));
  const ratio = median(pairs.map((pair) => pair.exact / pair.float));
  const name = `${size.companies} × ${size.leaves}, ${size.branches === 1 ? 'one weighted mean' : `${size.branches} branches`}`;
  console.log(
    `  ${name.padEnd(36)} exact ${median(pairs.map((pair) => pair.exact)).toFixed(2)} ms   float ${median(pairs.map((pair) => pair.float)).toFixed(2)} ms   ratio ${ratio.toFixed(2)}`,
  );
}

function wholeProcess(name: string, folder: string, runs: number, extra: readonly string[] = []): void {
  const program = new URL('../dist/cli/main.js', import.meta.url).pathname;
  const measured = Array.from({ length: runs }, () => {
    const start = performance.now();
    const result = spawnSync(
      '/usr/bin/env',
      ['time', '-f', '%M', process.execPath, program, 'rank', folder, ...extra],
      { encoding: 'utf8', maxBuffer: 2 ** 30 },
    );
    if (result.status !== 0)
      throw new Error(`assay rank ended with ${result.status}: ${result.stderr.slice(0, 500)}`);
    return {
      seconds: (performance.now() - start) / 1000,
      megabytes: Number(result.stderr.trim().split('\n').at(-1)) / 1024,
    };
  });
  console.log(
    `  ${name.padEnd(36)} ${median(measured.map((run) => run.seconds)).toFixed(2)} s   ${median(measured.map((run) => run.megabytes)).toFixed(0)} MB`,
  );
}

console.log('Exact scoring and ranking in memory against a plain floating-point loop (2 % not applicable)');
for (const companies of [20, 200, 2_000, 20_000]) {
  for (const branches of [1, 10])
    compareInMemory({ companies, leaves: 250, branches }, companies > 2_000 ? 9 : 31);
}

console.log('\nassay rank, whole process from files to output');
wholeProcess('edition of 2016', 'editions/message-privacy/2016', 7);
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
try {
  for (const companies of [20, 200, 2_000, 20_000]) {
    const path = join(folder, String(companies));
    writeEdition(generateEdition({ companies, leaves: 250, branches: 10 }), path);
    wholeProcess(
      `${companies} × 250 (${(companies * 250).toLocaleString('en')} answers)`,
      path,
      companies > 2_000 ? 1 : 3,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
