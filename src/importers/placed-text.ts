import type { CellKind } from '#formats/sheets';
import type { Row } from './rows.ts';

/** What a cell holds, and where it stands. There may be millions: what is said of one is made when it is asked for. */
export class PlacedText {
  readonly text: string;
  readonly #row: Row;
  readonly #column: string;

  constructor(row: Row, column: string) {
    this.text = row.cell(column);
    this.#row = row;
    this.#column = column;
  }

  get kind(): CellKind {
    return this.#row.kind(this.#column);
  }

  get file(): string {
    return this.#row.file;
  }

  get place(): string {
    return this.#row.place(this.#column);
  }

  /** The column, as a person would look for it. */
  get column(): string {
    const { file, sheet } = this.#row;
    return `${sheet === undefined ? file : `${file}, sheet “${sheet}”`}: the column “${this.#column}”`;
  }

  /** The cell is not used after all. */
  passOver(why: string): void {
    this.#row.passOver(why, this.#column);
  }
}
