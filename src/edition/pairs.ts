/** Values by a unit and a measure, or by any other two ids. */
export class PairMap<V> {
  readonly #rows = new Map<string, Map<string, V>>();

  constructor(entries: Iterable<readonly [first: string, second: string, value: V]> = []) {
    for (const [first, second, value] of entries) this.set(first, second, value);
  }

  get(first: string, second: string): V | undefined {
    return this.#rows.get(first)?.get(second);
  }

  has(first: string, second: string): boolean {
    return this.#rows.get(first)?.has(second) ?? false;
  }

  set(first: string, second: string, value: V): this {
    const row = this.#rows.get(first);
    if (row) row.set(second, value);
    else this.#rows.set(first, new Map([[second, value]]));
    return this;
  }

  /** In the order in which first ids, and then second ones, were set. */
  *[Symbol.iterator](): IterableIterator<readonly [first: string, second: string, value: V]> {
    for (const [first, row] of this.#rows) for (const [second, value] of row) yield [first, second, value];
  }
}
