import { ownValue, PairMap, type PublishedFigure } from '#edition/index';
import type { Remarks } from './imported.ts';
import type { PlacedText } from './placed-text.ts';
import type { Mapping } from './table-mapping.ts';
import { type Decimals, NOTHING, numberIn } from './table-numbers.ts';

/** A published figure as it stands in a table. */
export interface PlacedFigure {
  readonly placed: PlacedText;
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
  const figures = new PairMap<PublishedFigure & { readonly place: string }>();
  for (const cell of placed) {
    const { unit, measure, figure: kind } = cell;
    const where = cell.placed.file;
    const value = valueOfFigure(cell, mapping, decimals, remarks);
    if (value === undefined) continue;
    const before = figures.get(unit, `${measure} ${kind}`);
    if (!before)
      figures.set(unit, `${measure} ${kind}`, {
        unit,
        measure,
        figure: kind,
        value,
        where,
        place: cell.placed.place,
      });
    else if (before.value !== value) {
      remarks.addOther({ unit, measure, figure: kind, value, where });
      remarks.add(
        'files-disagree',
        `The ${kind} of “${unit}” on “${measure}” is ${before.value} (${before.place}) and ${value} (${cell.placed.place}); the first is kept.`,
      );
    }
  }
  return [...figures].map(([, , { place: _, ...figure }]) => figure);
}

function valueOfFigure(
  { placed, figure, unit }: PlacedFigure,
  mapping: Mapping,
  decimals: Decimals,
  remarks: Remarks,
): string | undefined {
  const text = placed.text.trim();
  if (text === '') return undefined;
  const said = ownValue(mapping['values-of-scores'], text);
  if (said === undefined && NOTHING.test(text)) {
    placed.passOver('words for no figure, such as “–”');
    return undefined;
  }
  if (figure === 'grade') return text;
  const isDate = placed.kind === 'date' || (figure === 'position' && looksLikeDate(text));
  const read = () => (figure === 'position' ? positionIn(text) : numberIn(placed, decimals, remarks, said));
  const value = isDate ? undefined : read();
  if (value !== undefined) return value;
  placed.passOver('figures that could not be read');
  const [what, mend] =
    figure === 'position'
      ? ['position', '']
      : ['number', ', or say under “values-of-scores” what it stands for'];
  remarks.add(
    isDate ? 'date-as-reference' : 'unread',
    isDate
      ? `${placed.place}: the published ${figure} of “${unit}” is “${text}”, a date. Perhaps a spreadsheet made it of a range of ranks; it is left out.`
      : `${placed.place}: “${text.slice(0, 80)}” is no ${what}, so that the ${figure} of “${unit}” is not held against the rules. Mend the cell${mend}.`,
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
  const bare = text
    .replace(/^(?:=|#|T-?|joint|tied|equal)\s*(?=\d)/i, '')
    .replace(/(?<=\d)\s*(?:=|st|nd|rd|th|\.0*)$/i, '');
  return /^\d+(?:\s*[-–—]\s*\d+|\+)?$/.test(bare) ? bare : undefined;
}
