import type { Citation } from '#edition/index';

/** The endnotes of one page: a source with a locator and a quote has one number, however often the page cites it. */
export class Notes {
  readonly #numbers = new Map<string, number>();
  readonly #citations: Citation[] = [];

  /** The number of a citation, and whether this is its first place on the page. */
  cite(citation: Citation): { number: number; first: boolean } {
    const { source, quote = '', locator } = citation;
    const key = `${source}#${quote} ${locator}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return { number: known, first: false };
    this.#citations.push(citation);
    this.#numbers.set(key, this.#citations.length);
    return { number: this.#citations.length, first: true };
  }

  get citations(): readonly Citation[] {
    return this.#citations;
  }
}
