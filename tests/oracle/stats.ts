import fc from 'fast-check';
import { anyEdition } from './editions.ts';

const count = Number(process.argv[2] ?? 500);
const start = performance.now();
const editions = fc.sample(anyEdition, { numRuns: count, seed: 1 });
const seconds = (performance.now() - start) / 1000;
const seen = new Map<string, number>();
const see = (key: string) => seen.set(key, (seen.get(key) ?? 0) + 1);
for (const { methodology } of editions) {
  const keys = new Set<string>();
  for (const measure of methodology.measures)
    for (const [key, value] of Object.entries(measure))
      keys.add(
        key === 'combine' || key === 'direction'
          ? `${key} ${value}`
          : key === 'normalise'
            ? `normalise ${(value as { method: string }).method}`
            : key,
      );
  for (const exception of methodology.exceptions ?? [])
    for (const key of Object.keys(exception)) keys.add(`exception ${key}`);
  keys.add(`not-assessed ${methodology['not-assessed']}`);
  for (const [key, value] of Object.entries(methodology.ranking))
    keys.add(`ranking ${key} ${key === 'basis' ? value : ''}`);
  for (const key of keys) see(key);
}
console.log(`${(count / seconds).toFixed(0)} editions a second`);
for (const [key, number] of [...seen].sort()) console.log(key.padEnd(36), number);
