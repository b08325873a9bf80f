const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Han',
  'Hangul',
  'Hiragana',
].map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));

/** Below this many characters nothing can be said. */
const LEAST = 20;

/**
 * Whether what a PDF gives as text is none: characters of no use (private, unassigned, control), or words that mix scripts as no language does. Such files show
 * letters without saying which they are.
 */
export function isGibberish(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const characters = [...sample.replace(/\s+/g, '')];
  if (characters.length < LEAST) return characters.length > 0 && useless(characters) > characters.length / 2;
  if (useless(characters) > characters.length * 0.3) return true;
  const words = sample.split(/[\s\p{P}\p{S}\p{N}]+/u).filter((word) => word.length > 1);
  const mixed = words.filter((word) => scriptsIn(word) > 1);
  return words.length >= 5 && mixed.length > words.length * 0.3;
}

const useless = (characters: readonly string[]) =>
  characters.filter((character) => /[\p{Co}\p{Cn}\p{Cc}\uFFFD]/u.test(character)).length;

/** Japanese mixes kana and Han, and nobody minds. */
function scriptsIn(word: string): number {
  const found = SCRIPTS.filter((script) => script.test(word)).length;
  return /\p{Script=Han}/u.test(word) && /\p{Script=Hiragana}/u.test(word) ? found - 1 : found;
}
