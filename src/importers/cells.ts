import { STATES } from '#edition/index';
import type { Mapping } from './table-mapping.ts';

/** A number as spreadsheets write it, in plain digits: without the sign of per cent, separators of thousands, or a comma for decimals. */
export function plainNumber(text: string, decimal: Mapping['decimal']): string {
  const bare = text
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/%$/, '')
    .replace(/^=/, '');
  const [point, separator] = decimal === 'comma' ? [',', '.'] : ['.', ','];
  const grouped = new RegExp(`^-?\\d{1,3}(?:\\${separator}\\d{3})+(?:\\${point}\\d+)?$`);
  const whole = grouped.test(bare) ? bare.replaceAll(separator, '') : bare;
  return point === ',' ? whole.replace(',', '.') : whole;
}

export const isState = (answer: string): boolean => STATES.some((state) => state === answer);
