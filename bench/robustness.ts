/**
 * How firm a ranking is: what rank distributions, sensitivity, agreement and importing cost, and how that grows. Where numpy is installed, the same
 * draws are made with it in the same run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  agreementReport,
  blocksOf,
  type DrawJob,
  krippendorffAlpha,
  METRICS,
  type Model,
  makeModel,
  makeRandom,
  type Ratings,
  runBlocks,
  runModel,
  workspaceFor,
} from '#analysis/index';
import { readEdition } from '#edition/folder';
import { makeRanker, scoreAndRank } from '#scoring/index';
import { runDraws } from '../src/cli/draw-pool.ts';
import { generateEdition, type Size } from './generate.ts';

const DATA = 'tests/data';

async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const line = (name: string, text: string) => console.log(`  ${name.padEnd(52)} ${text}`);
const modelOf = (size: Size) => makeModel(scoreAndRank(generateEdition(size)));
const jobOf = (model: Model, draws: number): DrawJob => ({
  model,
  uncertainties: [{ kind: 'simplex', node: model.total }],
  seed: 1,
  draws,
});
const oneCore = (job: DrawJob) =>
  runBlocks(
    job,
    Array.from({ length: blocksOf(job) }, (_, block) => block),
  );

const NUMPY = `
import numpy as np, time
rng = np.random.default_rng(1)
x = rng.integers(0, 4, (2000, 5)).astype(float)
t = time.perf_counter()
counts = np.zeros((2000, 2000), dtype=np.int64)
rows = np.arange(2000)
for _ in range(10000):
    w = rng.dirichlet(np.ones(5))
    total = x @ w
    ordered = np.sort(total)
    rank = 2000 - np.searchsorted(ordered, total, side='right')
    counts[rows, rank] += 1
print(time.perf_counter() - t)
`;

console.log('\nRank distributions: weights drawn uniformly on the simplex, ranks counted');
for (const [companies, leaves, draws] of [
  [500, 5, 10_000],
  [2_000, 5, 1_000],
  [2_000, 5, 10_000],
  [2_000, 25, 10_000],
  [2_000, 100, 10_000],
  [8_000, 5, 10_000],
] as const) {
  const job = jobOf(modelOf({ companies, leaves, branches: 1 }), draws);
  const alone = await seconds(() => oneCore(job));
  const pooled = await seconds(() => runDraws(job));
  line(
    `${companies} companies × ${leaves} measures, ${draws} draws`,
    `one core ${alone.toFixed(2)} s   ${availableParallelism()} cores ${pooled.toFixed(2)} s`,
  );
}
const numpy = spawnSync('python3', ['-c', NUMPY], { encoding: 'utf8' });
line(
  '2000 companies × 5 measures, 10000 draws, numpy',
  numpy.status === 0 ? `${Number(numpy.stdout).toFixed(2)} s` : 'numpy is not installed here',
);

const edition = readEdition('editions/message-privacy/2016').edition;
if (!edition) throw new Error('The edition of 2016 does not hold.');
const first = makeModel(scoreAndRank(edition));
line(
  'the edition of 2016, 10000 draws',
  `${(await seconds(() => oneCore(jobOf(first, 10_000)))).toFixed(3)} s`,
);

console.log('\nRegenerations with other weights and means, ranked (51 companies × 49 measures)');
const shape = modelOf({ companies: 51, leaves: 49, branches: 8 });
for (const runs of [3_000, 30_000])
  line(
    `${runs} runs`,
    `${(
      await seconds(() => {
        const [workspace, rank, random] = [
          workspaceFor(shape),
          makeRanker(shape.groups, shape.compared),
          makeRandom(1),
        ];
        const branches = shape.nodes.filter(({ kind }) => kind === 'branch');
        for (let run = 0; run < runs; run++) {
          const weights = new Map(
            branches.map(({ index, weights: own }) => [
              index,
              own.map((weight) => weight * (0.75 + random.next() / 2)),
            ]),
          );
          const rule = random.next() < 0.5 ? ('weighted-mean' as const) : ('geometric-mean' as const);
          rank(runModel(shape, { weights, combine: new Map([[shape.total, rule]]) }, workspace));
        }
      })
    ).toFixed(3)} s`,
  );

console.log('\nKrippendorff’s alpha, three metrics');
for (const units of [50_000, 500_000]) {
  const random = makeRandom(3);
  const codes = Int16Array.from({ length: units * 3 }, () => (random.next() < 0.05 ? -1 : random.below(5)));
  const ratings: Ratings = { domain: [0, 1, 2, 3, 4], raters: 3, units, codes };
  line(
    `${units} units × 3 raters`,
    `${(
      await seconds(() => {
        for (const metric of ['nominal', 'ordinal', 'interval'] as const) krippendorffAlpha(ratings, metric);
      })
    ).toFixed(3)} s`,
  );
}

console.log('\nAgreement, 836 items × 5 raters × 50 answers, 1,000 resamples');
{
  const random = makeRandom(1);
  const ratings = Array.from({ length: 836 }, (_, item) =>
    Array.from({ length: 5 }, (_, rater) => ({
      unit: `u${item % 22}`,
      measure: `m${Math.floor(item / 22)}`,
      rater: `r${rater}`,
      answer: String((item * 7 + (random.below(3) === 0 ? random.below(50) : 0)) % 50),
    })),
  ).flat();
  const took = await seconds(() => agreementReport(ratings, { metrics: METRICS, resamples: 1000, seed: 1 }));
  line('all, 38 measures, 10 pairs', `${took.toFixed(1)} s, target 5 s`);
}

{
  console.log('\nReleases, whole process');
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const run = (...args: string[]) => {
    const result = spawnSync(
      process.execPath,
      [new URL('../dist/cli/main.js', import.meta.url).pathname, ...args],
      {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      },
    );
    if (result.status !== 0) throw new Error(result.stderr.slice(0, 500));
  };
  for (const release of ['rdr-2020', 'rdr-2019']) {
    const into = join(folder, release);
    const read = await seconds(() => run('import', 'rdr', join(DATA, `${release}.zip`), into));
    const verified = await seconds(() => run('verify', into));
    line(
      release,
      `imported, scored, verified and written ${read.toFixed(2)} s   read and verified again ${verified.toFixed(2)} s`,
    );
  }
  rmSync(folder, { recursive: true });
}
