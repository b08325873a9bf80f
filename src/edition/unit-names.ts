import type { EditionMeta } from './schema.ts';

/** What one of them is called, and what several are: within a sentence, so that most languages write them small. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** What is ranked, and what its parts are called. */
export interface UnitNames {
  readonly ranked: Noun;
  readonly parts: Noun;
}

const USUAL: UnitNames = {
  ranked: { one: 'company', many: 'companies' },
  parts: { one: 'service', many: 'services' },
};

/** The same, as far as somebody says it. */
export type SaidNames = { readonly [K in keyof UnitNames]?: Noun | undefined };

/** What the units of an edition are called in its own language: as it says, else companies and services. */
export const unitNames = ({ units }: Pick<EditionMeta, 'units'>): UnitNames => namesOr(USUAL, units);

/** What is said, and what is usual where nothing is. */
export const namesOr = (usual: UnitNames, said: SaidNames | undefined): UnitNames => ({
  ranked: said?.ranked ?? usual.ranked,
  parts: said?.parts ?? usual.parts,
});

/** A count in words: `1 council`, `no councils`, `1,200 councils`. */
export function counted(count: number, { one, many }: Noun): string {
  if (count === 0) return `no ${many}`;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** With a capital letter, as a sentence or a heading begins. */
export const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
