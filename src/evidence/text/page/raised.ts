const RAISED = new Map(
  [...'0123456789+-−=()ni'].map((own, index) => [own, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'][index] ?? own]),
);
const LOWERED = new Map(
  [...'0123456789+-−=()'].map((own, index) => [own, [...'₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'][index] ?? own]),
);
/** Raised by custom only; on the line it says the same: ordinals, marks of notes and of trade. */
const SAME_ON_THE_LINE =
  /^(?:[[(].{0,12}[\])]|[\s*†‡§¶®™©°ªº.,;:'"’•#-]*|st|nd|rd|th|er|ère|re|e|ème|o|a|os|as|tm|sm|r|mo|me|lle)$/i;

/** How raised or lowered text is written on the line, so that it stays another text: 10³, x^(2k), H₂O. */
export interface Raised {
  readonly before: string;
  readonly after: string;
  character(own: string): string;
}

const AS_IT_IS: Raised = { before: '', after: '', character: (own) => own };

/** @param text the whole of it */
export function raisedForm(text: string, shift: 'super' | 'sub'): Raised {
  const plain = text.trim();
  if (SAME_ON_THE_LINE.test(plain)) return AS_IT_IS;
  const forms = shift === 'super' ? RAISED : LOWERED;
  if (plain.length <= 40 && [...plain].every((own) => forms.has(own)))
    return { before: '', after: '', character: (own) => forms.get(own) ?? own };
  return { before: shift === 'super' ? '^(' : '_(', after: ')', character: (own) => own };
}
