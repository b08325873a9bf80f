import { didYouMean, type Edition, type Measure, ownValue, type Scale, STATES } from '#edition/index';
import type { Remarks } from './imported.ts';
import type { PlacedText } from './placed-text.ts';
import type { Cell } from './table-cells.ts';
import type { Mapping } from './table-mapping.ts';
import { type Decimals, NOTHING, numberIn } from './table-numbers.ts';

const isState = (answer: string): boolean => STATES.some((state) => state === answer);

/** Answers that nothing is cited for. */
export const isBare = (answer: string) => answer === 'not-applicable' || answer === 'not-assessed';

/**
 * Reads what stands in a cell as an answer: by the mapping’s values, as an answer of the scale (whatever its case), by the name of an answer,
 * or as a number. What is none of these stays open, and is said.
 */
export function answerReader(
  { scales }: Edition['methodology'],
  mapping: Mapping,
  decimals: Decimals,
  remarks: Remarks,
): (leaf: Measure, cell: Cell) => string {
  const readers = new Map(scales.map((scale) => [scale.id, scaleReader(scale, mapping, decimals, remarks)]));
  const words = new Map(
    scales.map(({ id, answers }) => [id, answers.flatMap(({ answer, name }) => [answer, name])]),
  );
  const admitted = (leaf: Measure, cell: PlacedText): string => {
    const answer = readers.get(leaf.scale ?? '')?.(cell);
    if (answer !== undefined && !leaf.excludes?.includes(answer)) return answer;
    cell.passOver('cells that are no answer');
    const shown = cell.text.slice(0, 80);
    const mend =
      answer === undefined
        ? `${didYouMean(cell.text.trim(), words.get(leaf.scale ?? '') ?? [])} Add it to “values” of the mapping.`
        : ' Mend the cell, or “excludes” of the measure.';
    remarks.add(
      'unread',
      `${cell.place}: “${shown}” is no answer to “${leaf.id}”${answer === undefined ? '' : ', which excludes it'}${cell.kind === 'date' ? ', but a date' : ''}; it is taken as not-assessed.${mend}`,
      `unread: answers on the scale ${leaf.scale}`,
    );
    return 'not-assessed';
  };
  return (leaf, { unit, placed, score, takesScore }) => {
    const answer = admitted(leaf, placed);
    if (score === undefined || !isBare(answer)) return answer;
    const isNothing = answer === 'not-applicable' || NOTHING.test(placed.text.trim());
    if (!isNothing || NOTHING.test(score.text.trim())) return answer;
    if (takesScore) return admitted(leaf, score);
    remarks.add(
      'doubt',
      `${placed.place}: “${unit}” has ${placed.text.trim() === '' ? 'no answer' : `“${placed.text.trim()}”`} on “${leaf.id}” and a score of ${score.text.trim()} in the same row. It is taken as not-assessed${answer === 'not-applicable' ? ', since what has a score is applicable' : ''}; with “score-for-answer: true” the score is taken.`,
      'doubt: scores without an answer',
    );
    return 'not-assessed';
  };
}

function scaleReader(
  scale: Scale,
  mapping: Mapping,
  decimals: Decimals,
  remarks: Remarks,
): (cell: PlacedText) => string | undefined {
  const known = new Map<string, string>();
  for (const { answer, name } of scale.answers) {
    known.set(folded(name), answer);
    known.set(folded(answer), answer);
  }
  for (const state of ['not-applicable', 'no-evidence', 'not-assessed']) known.set(state, state);
  for (const values of [mapping.values, ownValue(mapping['values-of'], scale.id)])
    for (const [text, answer] of Object.entries(values ?? {})) known.set(folded(text), answer);
  const admitted = new Map(scale.answers.map(({ answer }) => [answer, answer]));
  for (const { answer } of scale.answers) if (isNumber(answer)) admitted.set(bare(answer), answer);
  return (cell) => {
    const said = known.get(cell.text) ?? known.get(folded(cell.text)) ?? nothing(cell, mapping, remarks);
    if (said !== undefined && (isState(said) || admitted.has(said))) return admitted.get(said) ?? said;
    const number = numberIn(cell, decimals, remarks, said);
    if (number === undefined) return undefined;
    if (scale.kind === 'number') return isWithin(number, scale) ? number : undefined;
    // 2.0 for the level 2, as spreadsheets write it
    return admitted.get(bare(number));
  };
}

/** What an empty cell is, or one with a word for nothing, which is said. */
function nothing(cell: PlacedText, mapping: Mapping, remarks: Remarks): string | undefined {
  const word = cell.text.trim();
  if (!NOTHING.test(word)) return undefined;
  const answer = mapping['empty-cell'] ?? mapping.missing;
  if (word !== '')
    remarks.add(
      'doubt',
      `${cell.place}: “${word}” is taken as an empty cell, that is as ${answer}. Say under “values” if it means something else.`,
      `doubt: “${word}” for nothing`,
    );
  return answer;
}

const folded = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
const isNumber = (text: string) => /^-?\d+(?:\.\d+)?$/.test(text);
const bare = (number: string) => (number.includes('.') ? number.replace(/\.?0+$/, '') : number);

function isWithin(number: string, { min, max }: Scale): boolean {
  return (
    (min === undefined || Number(number) >= Number(min)) &&
    (max === undefined || Number(number) <= Number(max))
  );
}
