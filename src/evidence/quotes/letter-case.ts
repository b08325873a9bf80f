/** A text in one letter case, with where each of its characters comes from; `at` is undefined where nothing has moved. */
export interface Folded {
  readonly folded: string;
  readonly at: Int32Array | undefined;
}

/** A text as it is compared without regard to letter case: “Straße” is “STRASSE”. */
export function foldCase(text: string): Folded {
  const whole = text.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  // Folding may make a character into more, never into fewer.
  if (whole.length === text.length) return { folded: whole, at: undefined };
  const parts: string[] = [];
  const at: number[] = [];
  let place = 0;
  for (const character of text) {
    const folded = character.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
    parts.push(folded);
    for (let unit = 0; unit < folded.length; unit++)
      at.push(folded.length === character.length ? place + unit : place);
    place += character.length;
  }
  at.push(place);
  return { folded: parts.join(''), at: Int32Array.from(at) };
}

/** Whether a passage is set in capitals throughout, as style sheets and lawyers do it. */
export const isAllCapitals = (passage: string): boolean =>
  /\p{Lu}/u.test(passage) && !/\p{Ll}/u.test(passage) && (passage.match(/\p{Lu}/gu)?.length ?? 0) > 3;
