import { type Edition, type Measure, ownValue, type Scale } from '#edition/index';
import { isState, plainNumber } from './cells.ts';
import type { Remarks } from './imported.ts';
import type { Mapping } from './table-mapping.ts';

/**
 * Reads what stands in a cell as an answer: by the mapping’s values, as an answer of the scale (whatever its case), by the name of an answer,
 * or as a number. What is none of these stays open, and is said.
 */
export function answerReader(
  { scales }: Edition['methodology'],
  mapping: Mapping,
  remarks: Remarks,
): (leaf: Measure, text: string, place: string) => string {
  const readers = new Map(scales.map((scale) => [scale.id, scaleReader(scale, mapping)]));
  return (leaf, text, place) => {
    const answer = readers.get(leaf.scale ?? '')?.(text);
    if (answer !== undefined && !leaf.excludes?.includes(answer)) return answer;
    remarks.add(
      'unread',
      `${place}: “${text.slice(0, 80)}” is no answer to “${leaf.id}”${answer === undefined ? '' : ', which excludes it'}; it is taken as not-assessed. ${answer === undefined ? 'Add it to “values” of the mapping.' : 'Mend the cell, or “excludes” of the measure.'}`,
      `unread: answers on the scale ${leaf.scale}`,
    );
    return 'not-assessed';
  };
}

function scaleReader(scale: Scale, mapping: Mapping): (text: string) => string | undefined {
  const known = new Map<string, string>();
  for (const { answer, name } of scale.answers) {
    known.set(folded(name), answer);
    known.set(folded(answer), answer);
  }
  for (const state of ['not-applicable', 'no-evidence', 'not-assessed']) known.set(state, state);
  for (const values of [mapping.values, ownValue(mapping['values-of'], scale.id)])
    for (const [text, answer] of Object.entries(values ?? {})) known.set(folded(text), answer);
  const admitted = new Set(scale.answers.map(({ answer }) => answer));
  return (text) => {
    const said =
      known.get(folded(text)) ??
      (text.trim() === '' ? (mapping['empty-cell'] ?? mapping.missing) : undefined);
    if (said !== undefined && (isState(said) || admitted.has(said))) return said;
    const number = plainNumber(said ?? text, mapping.decimal);
    if (scale.kind === 'number') return isWithin(number, scale) ? number : undefined;
    // 2.0 for the level 2, as spreadsheets write it
    const level = /^-?\d+\.0+$/.test(number) ? number.replace(/\.0+$/, '') : number;
    return admitted.has(level) ? level : undefined;
  };
}

const folded = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();

function isWithin(number: string, { min, max }: Scale): boolean {
  if (!/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/.test(number)) return false;
  return (
    (min === undefined || Number(number) >= Number(min)) &&
    (max === undefined || Number(number) <= Number(max))
  );
}
