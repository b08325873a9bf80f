/** Holds many random editions against the definition: `npm run oracle -- [how many] [seed]`. Prints the seed, and the smallest that fails. */
import fc from 'fast-check';
import { disagreements } from './disagreements.ts';
import { anyEdition } from './editions.ts';

const [count = '10000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`${count} editions, seed ${seed}`);
const start = performance.now();
const result = fc.check(
  fc.property(anyEdition, (edition) => {
    const found = disagreements(edition);
    if (found.length > 0) throw new Error(found.join('\n'));
  }),
  { numRuns: Number(count), seed: Number(seed), endOnFailure: false },
);
const seconds = (performance.now() - start) / 1000;
if (result.failed) {
  const [edition] = result.counterexample ?? [];
  console.log(`After ${result.numRuns} editions:`);
  if (edition) console.log(shown(edition));
  console.log(result.errorInstance instanceof Error ? result.errorInstance.stack : result.errorInstance);
  process.exitCode = 1;
} else console.log(`All ${result.numRuns} agree. ${seconds.toFixed(0)} s.`);

function shown({ methodology, answers, services }: NonNullable<typeof result.counterexample>[0]): string {
  const options = answers.units.map(
    (unit, row) =>
      `  ${unit}: ${answers.leaves
        .map((leaf, column) => {
          const code = answers.codes[row * answers.leaves.length + column] ?? 0;
          const scale = methodology.scales.find(
            ({ id }) => id === methodology.measures.find((own) => own.id === leaf)?.scale,
          );
          const states = ['', 'not-applicable', 'no-evidence', 'not-assessed'];
          const said =
            states[code] ?? answers.numbers.get(leaf)?.[code - 4] ?? scale?.answers[code - 4]?.answer ?? '?';
          return said === '' ? '' : `${leaf}=${said}`;
        })
        .filter(Boolean)
        .join(' ')}`,
  );
  const scales = methodology.scales.filter(({ id }) =>
    methodology.measures.some(({ scale }) => scale === id),
  );
  return [
    ...scales.map((scale) => JSON.stringify(scale)),
    ...methodology.measures.map((measure) => JSON.stringify(measure)),
    JSON.stringify({ ...methodology, scales: undefined, measures: undefined }),
    ...services.map(({ id, part_of, kind }) => `  ${id} ${part_of} ${kind}`),
    ...options,
  ].join('\n');
}
