/** A block of a page: one of its headings, list items, cells or paragraphs, as a part of the text. Cells of a row follow each other. */
export interface Block {
  /** In UTF-16 units of the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'heading' | 'item' | 'cell' | 'paragraph';
  /** Of a heading from 1 to 6, unless only its bold letters tell that it is one; of an item, how many lists it is in. */
  readonly level?: number;
  /**
   * What it belongs to, where anything is: the label in its item or cell; the heads of its row and of its column, in that order; its term; then the names of
   * what it stands in, the innermost first (captions, legends, what unfolds it).
   */
  readonly heads?: readonly string[];
}
