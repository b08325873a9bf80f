import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The name of the generator, which every result that rests on it states (Blackman & Vigna 2018; package pure-rand). */
export const GENERATOR = 'xoroshiro128plus';

export interface RandomSource {
  /** Uniform on [0, 1), with 53 bits. */
  next(): number;
  /** Uniform on the whole numbers from 0 to n − 1. */
  below(n: number): number;
}

/**
 * A source of random numbers: the same seed and stream give the same numbers.
 * @param stream streams of one seed do not overlap for 2^64 numbers, so that blocks of work can be done in any order
 */
export function makeRandom(seed: number, stream = 0): RandomSource {
  const generator = xoroshiro128plus(seed);
  for (let jumped = 0; jumped < stream; jumped++) generator.jump();
  const next = () => ((generator.next() >>> 5) * 0x4000000 + (generator.next() >>> 6)) / 0x20000000000000;
  return { next, below: (n) => Math.floor(next() * n) };
}
