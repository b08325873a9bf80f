/** A block of a page: one of its headings, list items, cells or paragraphs, as a part of the text. Cells of a row follow each other. */
export interface Block {
  /** In UTF-16 units of the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'heading' | 'item' | 'cell' | 'paragraph';
  /** Of a heading from 1 to 6; of an item, how many lists it is in. */
  readonly level?: number;
  /** Of a cell: what stands at the head of its row and of its column, in that order, where anything does. Of a description: its term. */
  readonly heads?: readonly string[];
}
