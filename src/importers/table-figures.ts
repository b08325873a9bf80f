import { ownValue, PairMap, type PublishedFigure } from '#edition/index';
import type { Remarks } from './imported.ts';
import type { PlacedText } from './table-cells.ts';
import type { Mapping } from './table-mapping.ts';
import { type Decimals, NOTHING, numberIn } from './table-numbers.ts';

/** A published figure as it stands in a table. */
export interface PlacedFigure extends PlacedText {
  readonly unit: string;
  readonly measure: string;
  readonly figure: PublishedFigure['figure'];
}

/** The figures of tables, each once. Of those that differ the first is kept; what is none is said. */
export function publishedFigures(
  placed: readonly PlacedFigure[],
  mapping: Mapping,
  decimals: Decimals,
  remarks: Remarks,
): PublishedFigure[] {
  const figures = new PairMap<PublishedFigure>();
  for (const cell of placed) {
    const { unit, measure, figure: kind, file: where } = cell;
    const value = valueOfFigure(cell, mapping, decimals, remarks);
    if (value === undefined) continue;
    const before = figures.get(unit, `${measure} ${kind}`);
    if (!before) figures.set(unit, `${measure} ${kind}`, { unit, measure, figure: kind, value, where });
    else if (before.value !== value) {
      remarks.addOther({ unit, measure, figure: kind, value, where });
      remarks.add(
        'files-disagree',
        `The ${kind} of “${unit}” on “${measure}” is ${before.value} in ${before.where} and ${value} in ${where}; the first is kept.`,
      );
    }
  }
  return [...figures].map(([, , figure]) => figure);
}

function valueOfFigure(
  cell: PlacedFigure,
  mapping: Mapping,
  decimals: Decimals,
  remarks: Remarks,
): string | undefined {
  const text = cell.text.trim();
  if (text === '') return undefined;
  const said = ownValue(mapping['values-of-scores'], text);
  if (said === undefined && NOTHING.test(text)) {
    cell.passOver('words for no figure, such as “–”');
    return undefined;
  }
  if (cell.figure === 'grade') return text;
  const isDate = cell.kind === 'date' || (cell.figure === 'position' && looksLikeDate(text));
  const value = isDate
    ? undefined
    : cell.figure === 'position'
      ? positionIn(text)
      : numberIn(said === undefined ? cell : { ...cell, text: said, kind: 'text' }, decimals, remarks);
  if (value !== undefined) return value;
  cell.passOver('figures that could not be read');
  remarks.add(
    isDate ? 'date-as-reference' : 'unread',
    isDate
      ? `${cell.place}: the published ${cell.figure} of “${cell.unit}” is “${text}”, a date. Perhaps a spreadsheet made it of a range of ranks; it is left out.`
      : `${cell.place}: “${text.slice(0, 80)}” is no ${cell.figure === 'position' ? 'position' : 'number'}, so that the ${cell.figure} of “${cell.unit}” is not held against the rules. Mend the cell${cell.figure === 'position' ? '' : ', or say under “values-of-scores” what it stands for'}.`,
    `${isDate ? 'date-as-reference' : 'unread'}: published figures`,
  );
  return undefined;
}

const looksLikeDate = (text: string) =>
  /^(?:\d{1,2}[-. ][A-Z][a-z]{2}|[A-Z][a-z]{2}[-. ]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})/.test(
    text,
  );

/** A position as it is printed: 5, =5, 5=, T5, #5, 5th, 5.; or a band of positions, which is kept as it stands. */
function positionIn(text: string): string | undefined {
  const bare = text.replace(/^(?:=|#|T-?)\s*(?=\d)/i, '').replace(/(?<=\d)\s*(?:=|st|nd|rd|th|\.0*)$/i, '');
  return /^\d+(?:\s*[-–—]\s*\d+|\+)?$/.test(bare) ? bare : undefined;
}
