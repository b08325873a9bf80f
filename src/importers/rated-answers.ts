import type { RatingForm } from './ratings.ts';
import { decimalOf, readNumber } from './reading/numbers.ts';
import { NOTHING } from './table-numbers.ts';

interface RatedText {
  readonly text: string;
  readonly isNumber: boolean;
}

/**
 * What raters’ texts mean: numbers are one answer however they are written, words whatever their case, as the domain writes them or as they are met
 * first. What was taken for another, or for no answer, is said.
 */
export function answerNames(texts: readonly RatedText[], form: RatingForm, remarks: string[]) {
  const decimal = decimalIn(texts, remarks);
  const names = new Map<string, string>();
  const taken = new Map<string, Set<string>>();
  const missing = new Map<string, number>();
  const keyOf = (text: string, isNumber: boolean): string => {
    // What has a decimal comma has one, also where others have a point.
    const number = readNumber(text, isNumber ? 'point' : decimalOf(text) === 'comma' ? 'comma' : decimal);
    if (number && number.mark === '') return `${plainest(number.value)}${number.isPercent ? '%' : ''}`;
    return text.replace(/\s+/g, ' ').toLowerCase();
  };
  for (const answer of form.domain ?? []) names.set(keyOf(answer, true), answer);
  const words = form.missing?.map((word) => word.toLowerCase());
  const isMissing = (text: string): boolean => {
    const word = text.toLowerCase();
    if (word === '' || word === 'not-assessed' || word === 'not assessed') return true;
    if (names.has(word)) return false;
    return words ? words.includes(word) : NOTHING.test(text) || word === '#n/a';
  };
  return {
    /** Undefined for no answer. */
    nameOf: (text: string, isNumber: boolean): string | undefined => {
      if (isMissing(text)) {
        if (text !== '') missing.set(text, (missing.get(text) ?? 0) + 1);
        return undefined;
      }
      const key = keyOf(text, isNumber);
      const name = names.get(key) ?? (/^-?\d/.test(key) ? key : text.replace(/\s+/g, ' '));
      names.set(key, name);
      if (name !== text) taken.set(name, (taken.get(name) ?? new Set()).add(text));
      return name;
    },
    isDeclared: (answer: string): boolean => form.domain?.includes(answer) ?? true,
    remarks: (): string[] => [
      ...[...missing].map(
        ([word, count]) =>
          `“${word}” (${count === 1 ? 'once' : `${count} times`}) is taken for no answer.${words ? '' : ' “--missing” names other words; an answer is named with “--domain”.'}`,
      ),
      ...[...taken].map(([name, others]) => `“${[...others].join('”, “')}” and “${name}” are one answer.`),
    ],
  };
}

function decimalIn(texts: readonly RatedText[], remarks: string[]) {
  const signs = new Set(texts.map(({ text, isNumber }) => (isNumber ? undefined : decimalOf(text))));
  if (!signs.has('comma')) return 'point';
  if (signs.has('point')) {
    remarks.push('Some numbers have a decimal comma, and some a point; each is read as it can be.');
    return 'point';
  }
  remarks.push('Numbers have a decimal comma.');
  return 'comma';
}

/** 2.0 is 2, and 007 is 7. */
const plainest = (number: string): string => {
  const bare = number.includes('.') ? number.replace(/\.?0+$/, '') : number;
  return bare.replace(/^(-?)0+(?=\d)/, '$1');
};
