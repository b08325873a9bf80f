import type { LookedColumn } from './column.ts';
import { areAnswers } from './scales.ts';

/** What a column is taken for, and why, in words for the person who mends the mapping. */
export interface Role {
  readonly column: LookedColumn;
  readonly role:
    | 'unit'
    | 'measure'
    | 'answer'
    | 'total'
    | 'position'
    | 'grade'
    | 'note'
    | 'source'
    | 'group'
    | 'country'
    | 'headquarters'
    | 'none';
  readonly why: string;
}

export const NAMES = {
  unit: /^(?:unit|compan(?:y|ies)|firm|provider|service|organi[sz]ation|institution|council|city|country|state|nation|economy|name|entity|municipality|agency|bank|university|code|id|iso\d?)\b/i,
  measure: /\b(?:question|indicator|criteri(?:on|a)|measure|element|item|variable|sub-?indicator)\b/i,
  answer: /^(?:answer|response|result|value|score|rating|finding|assessment)\b/i,
  total: /\b(?:total|overall|index|aggregate|final|sum|composite)\b|^score\b/i,
  position: /^(?:rank(?:ing)?|position|place|#|no\.?)$|\brank\b/i,
  grade: /^(?:grade|band|class|tier|rating|letter)\b/i,
  note: /\b(?:notes?|comments?|reasons?|evidence|justification|explanation|remarks?|rationale)\b/i,
  source: /\b(?:sources?|links?|urls?|references?|address(?:es)?)\b/i,
  group: /^(?:group|type|category|region|sector|industry|income group|continent)\b/i,
  country: /^(?:country code|iso2|country)$/i,
  headquarters: /^(?:hq|headquarters?|seat)\b/i,
  weight: /\bweight(?:ing|s)?\b/i,
  section: /\b(?:section|category|pillar|domain|theme|area|dimension|parent|group)\b/i,
  rater: /^(?:reviewer|rater|coder|assessor|scored by|date|checked|status|year)\b/i,
} as const;

/** More different texts than this are no answers of a scale. */
const MOST_ANSWERS = 8;

/** What each column of a table is taken for: the unit first, then figures and reasons by their names, then what is answered. */
export function rolesOf(columns: readonly LookedColumn[], rows: number): Role[] {
  const unit = unitOf(columns, rows);
  const isLong = unit !== undefined && unit.values.size < 0.7 * unit.filled;
  const measure = isLong ? measureOf(columns, unit, rows) : undefined;
  return columns.map((column) => {
    if (column === unit)
      return {
        column,
        role: 'unit',
        why: isLong
          ? `${unit.values.size} different texts, each in several rows`
          : `${unit.values.size} different texts in ${unit.filled} rows`,
      };
    if (column === measure)
      return { column, role: 'measure', why: `the same ${measure.values.size} texts for each unit` };
    return { column, ...besides(column, rows, isLong && measure !== undefined) };
  });
}

function unitOf(columns: readonly LookedColumn[], rows: number): LookedColumn | undefined {
  const texts = columns.filter(
    ({ isNumeric, filled, length, links }) =>
      !isNumeric && filled > 0.5 * rows && length < 60 && links < rows / 2,
  );
  const distinct = texts.filter(({ values, filled }) => values.size >= 0.95 * filled);
  return (
    distinct.find(({ name }) => NAMES.unit.test(name)) ??
    texts.find(({ name, values }) => NAMES.unit.test(name) && !NAMES.group.test(name) && values.size > 1) ??
    distinct[0] ??
    texts[0]
  );
}

/** The column whose texts occur once with each unit. */
function measureOf(
  columns: readonly LookedColumn[],
  unit: LookedColumn,
  rows: number,
): LookedColumn | undefined {
  const isKey = (column: LookedColumn) => {
    const pairs = new Set(column.texts.map((text, index) => `${unit.texts[index]}\n${text}`));
    return (
      column !== unit &&
      column.values.size > 1 &&
      column.values.size < 0.7 * rows &&
      pairs.size >= 0.98 * rows
    );
  };
  const keys = columns.filter(isKey);
  return keys.find(({ name }) => NAMES.measure.test(name)) ?? keys[0];
}

interface Sight {
  readonly column: LookedColumn;
  readonly rows: number;
  readonly isLong: boolean;
}
const called = ({ column }: Sight) => `it is called “${column.name}”`;
/** Numbers, words that every scale has, or a few words that come again and again. */
const isAnswerLike = ({ column }: Sight) =>
  column.isNumeric ||
  areAnswers([...column.values.keys()]) ||
  (column.values.size <= MOST_ANSWERS && column.values.size <= 0.6 * column.filled);
const shownAnswers = ({ column }: Sight) =>
  column.isNumeric
    ? 'numbers'
    : `${column.values.size === 1 ? 'one answer' : `${column.values.size} different answers`}: ${[...column.values.keys()].slice(0, 5).join(', ')}`;

interface Guess {
  readonly role: Role['role'];
  readonly is: (sight: Sight) => boolean;
  readonly why: (sight: Sight) => string;
}

/** In this order: the first that holds is taken. */
const GUESSES: readonly Guess[] = [
  { role: 'none', is: ({ column }) => column.filled === 0, why: () => 'nothing stands in it' },
  {
    role: 'position',
    is: ({ column }) =>
      NAMES.position.test(column.name) && [...column.values.keys()].every((text) => /^\W?T?\d/.test(text)),
    why: called,
  },
  { role: 'note', is: ({ column }) => NAMES.note.test(column.name) && !column.isNumeric, why: called },
  {
    role: 'source',
    is: ({ column }) => [...column.values.keys()].some((text) => /^https?:/.test(text)),
    why: () => 'addresses stand in it',
  },
  {
    role: 'source',
    is: (sight) => NAMES.source.test(sight.column.name) && !isAnswerLike(sight),
    why: called,
  },
  { role: 'headquarters', is: ({ column }) => NAMES.headquarters.test(column.name), why: called },
  {
    role: 'country',
    is: ({ column }) => NAMES.country.test(column.name) && column.length <= 3,
    why: () => 'codes of countries',
  },
  { role: 'group', is: ({ column }) => NAMES.group.test(column.name) && !column.isNumeric, why: called },
  { role: 'none', is: ({ column }) => NAMES.rater.test(column.name), why: called },
  {
    role: 'total',
    is: ({ column, isLong }) => NAMES.total.test(column.name) && column.isNumeric && !isLong,
    why: (sight) => `${called(sight)}, and holds numbers`,
  },
  {
    role: 'grade',
    is: ({ column }) =>
      NAMES.grade.test(column.name) && !column.isNumeric && column.values.size < column.filled,
    why: called,
  },
  { role: 'note', is: ({ column }) => column.length > 40 && !column.isNumeric, why: () => 'long texts' },
  {
    role: 'none',
    is: ({ column, isLong }) => isLong && !NAMES.answer.test(column.name),
    why: () => 'it is no answer by its name',
  },
  {
    role: 'answer',
    is: (sight) => isAnswerLike(sight) && sight.column.filled >= Math.min(2, sight.rows),
    why: shownAnswers,
  },
];

function besides(column: LookedColumn, rows: number, isLong: boolean): Omit<Role, 'column'> {
  const sight = { column, rows, isLong };
  const guess = GUESSES.find(({ is }) => is(sight));
  return guess
    ? { role: guess.role, why: guess.why(sight) }
    : { role: 'none', why: `${column.values.size} different texts` };
}

/** Whether questions stand down and units across: the columns beside the first hold the same few answers, and the first holds questions. */
export function isTransposed(columns: readonly LookedColumn[]): boolean {
  const [first, ...others] = columns.filter(({ filled }) => filled > 0);
  if (!first || others.length < 2 || first.isNumeric) return false;
  const asked = [...first.values.keys()].filter((text) => /\?$/.test(text)).length;
  const isAsked = NAMES.measure.test(first.name) || asked > first.filled / 2;
  const asks = others.filter(
    ({ name }) => /\?$/.test(name) || NAMES.answer.test(name) || NAMES.total.test(name),
  );
  return (
    isAsked &&
    asks.length === 0 &&
    others.every(({ values, isNumeric, length }) => (isNumeric || values.size <= MOST_ANSWERS) && length < 40)
  );
}
