/** Choices read from a list of numbers, so that fast-check can make them smaller: 0 is always the plainest, and so is what follows the end. */
export class Tape {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A whole number below this. */
  below(limit: number): number {
    return (this.#numbers[this.#at++] ?? 0) % limit;
  }

  /** True once in so many times; never where there is nothing left to read. */
  chance(oneIn: number): boolean {
    return this.below(oneIn) === oneIn - 1;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** Some of them, each once, at most so many; at least one. */
  some<T>(choices: readonly T[], most: number): T[] {
    const count = 1 + this.below(most);
    return [...new Set(Array.from({ length: count }, () => this.pick(choices)))];
  }
}
