import { criticalWords, reversingWords } from './critical.ts';
import { foldCase } from './letter-case.ts';
import type { Setting } from './setting.ts';
import { flatten } from './typography.ts';
import { isOfValidity, withoutValidity } from './validity.ts';
import { type Piece, wordDifference } from './words.ts';

/** Something around a passage that is not what it was; empty where there is, or was, nothing. */
export interface Surrounding {
  readonly what:
    | 'heading'
    | 'introduction'
    | 'table-head'
    | 'before'
    | 'after'
    | 'validity'
    | 'direction'
    | 'sibling'
    | 'note';
  readonly before: string;
  readonly after: string;
}

/** What a passage belongs to says something else now: its words are the same, their meaning may not be. */
export interface Reversed {
  readonly why: string;
  readonly difference: readonly Piece[];
  readonly critical: readonly string[];
}

/** The way from one sentence to another; empty where they differ in typography and their last full stop at most. */
export function sentenceDifference(before: string, after: string): readonly Piece[] {
  return isAlike(before, after) ? [] : wordDifference(before, after);
}

/** What ends an item that is the last but one, in some languages: it comes and goes with its neighbours. */
const LAST_BUT_ONE =
  /[;,；，]\s*(?:and\/or|and|or|et|ou|und|oder|sowie|y|o|e|ed|en|of|и|или|та|або|i|oraz|lub|ve|veya|och|og|eller|و|أو)$/iu;

function isAlike(before: string, after: string): boolean {
  const [old, now] = [before.trimEnd(), after.trimEnd()];
  // Of two that differ in this word both are compared whole.
  const isOne = LAST_BUT_ONE.test(old.slice(-40)) !== LAST_BUT_ONE.test(now.slice(-40));
  const end = (own: string) => bare(isOne ? own.replace(LAST_BUT_ONE, '') : own);
  return end(old) === end(now);
}

/** The way from what a passage belongs to, to what it belongs to now: in other letter case it says the same. */
const settingDifference = (before: string, after: string): readonly Piece[] =>
  foldCase(bare(before)).folded === foldCase(bare(after)).folded ? [] : sentenceDifference(before, after);

/** Full stops, commas and semicolons at the end of an item come and go with its neighbours. */
function bare(sentence: string): string {
  let end = sentence.length;
  while (end > 0 && /[\s.;,،。．、]/.test(sentence[end - 1] ?? '')) end--;
  return sentence.slice(0, end);
}

/** What changed around a passage, its own sentence left aside. */
export function surroundingsOf(old: Setting, now: Setting): Surrounding[] {
  const changes: Surrounding[] = [
    ...changed('introduction', ...introductionsOfBoth(old, now)),
    ...siblingChanges(old, now),
    ...changed('note', old.notes.join(' / '), now.notes.join(' / ')),
    ...changed('heading', ...headingsOfBoth(old, now)),
    ...changed('table-head', old.heads.join(' | '), now.heads.join(' | ')),
    ...['before' as const, 'after' as const]
      .flatMap((what) => changed(what, withoutToken(old[what]), withoutToken(now[what])))
      .filter((own) => isNews(own, old.introductions, now.introductions) && !isBeside(own, old, now)),
    ...(old.isOverridden === now.isOverridden
      ? []
      : [{ what: 'direction' as const, before: shown(old), after: shown(now) }]),
  ];
  const told = changes.flatMap(({ before, after }) => [before, after]).join('\n');
  const only = (these: readonly string[], those: readonly string[]) =>
    these.filter((own) => !those.includes(own) && !told.includes(own)).join(' / ');
  const [ended, begun] = [
    only(
      old.validity.filter((own) => !now.stands(own)),
      now.validity,
    ),
    only(
      now.validity.filter((own) => !old.stands(own)),
      old.validity,
    ),
  ];
  return [
    ...changes.map((own) => ({ ...own, what: isNamed(own) ? ('validity' as const) : own.what })),
    ...(ended === begun ? [] : [{ what: 'validity' as const, before: ended, after: begun }]),
  ];
}

/**
 * The introductions that are compared: none, where only one text has any, and the other has them above it too, but its lines do not tell what belongs
 * to them.
 */
function introductionsOfBoth(old: Setting, now: Setting): [string, string] {
  const [before, after] = [old.introductions, now.introductions];
  const isAbove = (those: readonly string[], { introductions, above }: Setting) =>
    introductions.length === 0 && those.every((own) => own !== '' && above.includes(own));
  if (isAbove(before, now) || isAbove(after, old)) return ['', ''];
  // A sentence that announces nothing, and stands on the page as before, introduced nothing.
  const isElsewhere = (those: readonly string[], { introductions, stands }: Setting) =>
    introductions.length === 0 && those.every((own) => !ANNOUNCES.test(own) && stands(own));
  if (isElsewhere(before, now) || isElsewhere(after, old)) return ['', ''];
  return [before.join(' / '), after.join(' / ')];
}

/** Times of day say when a machine wrote something. */
const STAMP = /\d\d:\d\d|^\d{10,13}$/;
const OF_MACHINES = /^"(?:etag|hash|sha\d*|checksum|uuid|guid|nonce|token|timestamp|rev|revision)"$/i;

function siblingChanges(old: Setting, now: Setting): Surrounding[] {
  const told = (values: ReadonlyMap<string, string>, key: string) => {
    const value = values.get(key);
    return value === undefined ? '' : `${key}: ${value}`;
  };
  return [...new Set([...old.siblings.keys(), ...now.siblings.keys()])]
    .filter(
      (key) =>
        !OF_MACHINES.test(key) && ![old, now].some(({ siblings }) => STAMP.test(siblings.get(key) ?? '')),
    )
    .flatMap((key) =>
      changed('sibling', withoutToken(told(old.siblings, key)), withoutToken(told(now.siblings, key))),
    );
}

/** The headings that are compared: where nothing tells how they are ranked, as many as both have. */
function headingsOfBoth(old: Setting, now: Setting): [string, string] {
  const shorter = Math.min(old.headings.length, now.headings.length);
  const number = old.isRanked && now.isRanked ? undefined : Math.max(1, shorter);
  return [old, now].map(({ headings }) => headings.slice(0, number).join(' / ')) as [string, string];
}

const isNamed = ({ what, before, after }: Surrounding) =>
  (what === 'heading' || what === 'before' || what === 'after') &&
  isOfValidity(before) !== isOfValidity(after);

const shown = ({ isOverridden }: Setting) => (isOverridden ? 'shown in another order' : 'shown in its order');

/** What is told as an introduction is not told again. */
const isNews = ({ before, after }: Surrounding, ...told: readonly (readonly string[])[]) =>
  !told.flat().some((own) => own !== '' && (own === before || own === after));

/** A sentence that is a block of another kind now, or was: an item, a heading. */
const isBeside = ({ before, after }: Surrounding, old: Setting, now: Setting) =>
  (after === '' && flatten(now.beside).flat.includes(before)) ||
  (before === '' && flatten(old.beside).flat.includes(after));

function changed(what: Surrounding['what'], before: string, after: string): Surrounding[] {
  return settingDifference(before, after).length === 0 ? [] : [{ what, before, after }];
}

/** Letters and digits mixed, as machines make them for each visit, say nothing to anybody. */
const withoutToken = (sentence: string) =>
  sentence.replace(/(?<![\p{L}\p{N}])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{6,}(?![\p{L}\p{N}])/giu, '…');

/**
 * Whether what a passage belongs to says the reverse: any change of the heads of a cell, of the keys of a value or of the introduction that an item
 * completes; of headings and of what introduces whole sentences, one in the words that deny or allow.
 */
export function noteDifference(old: Setting, now: Setting): readonly Piece[] {
  return sentenceDifference(old.notes.join(' / '), now.notes.join(' / '));
}

export function reversedBy(old: Setting, now: Setting): Reversed | undefined {
  return (
    reversal(
      'the order in which it is shown is not',
      old.isOverridden === now.isOverridden ? [] : wordDifference(shown(old), shown(now)),
      () => ['order'],
    ) ??
    reversal('what introduces it is not', introductionChange(old, now), criticalWords) ??
    reversal(
      'what it stands under is not: a head of its table, a caption, a label, or a key',
      headChange(old, now),
      criticalWords,
    ) ??
    reversal('the heading that it stands under is not', headingChange(old, now), criticalWords)
  );
}

function reversal(
  what: string,
  difference: readonly Piece[],
  criticalOf: (pieces: readonly Piece[]) => string[],
): Reversed | undefined {
  return difference.length === 0
    ? undefined
    : { why: `its words are the same, but ${what}`, difference, critical: criticalOf(difference) };
}

/** Announces what it introduces: with a colon, a question, or in words. */
const ANNOUNCES =
  /[:：?？؟]$|following|follows|below|(?:these|those) \p{L}+[.]$|folgend|suivant|ci-dessous|siguiente|a continuación|seguinte|abaixo|seguent|di seguito|volgend|hieronder|следующ|ниже|наступн|następując|poniżej|följande|aşağıdaki|şunlar|التالي|ما يلي|أدناه|הבא|להלן|निम्न|다음|아래|以下|次の|下列|如下/iu;

function introductionChange(old: Setting, now: Setting): readonly Piece[] {
  const introductions = [...old.introductions, ...now.introductions];
  const difference = settingDifference(...introductionsOfBoth(old, now));
  const announces = introductions.every((own) => ANNOUNCES.test(own));
  const isUnfinished = introductions.every((own) => ANNOUNCES.test(own) || !/[.!。！।]$/.test(own));
  const both = old.introductions.length > 0 && now.introductions.length > 0;
  const completes = (both && announces) || ((old.isPart || now.isPart) && isUnfinished);
  return completes || reversingWords(difference).length > 0 ? difference : [];
}

function headChange(old: Setting, now: Setting): readonly Piece[] {
  if (old.heads.length === 0 || now.heads.length === 0) return [];
  return settingDifference(old.heads.join(' | '), now.heads.join(' | '));
}

/** A heading that is a clause (“Data we delete”) is completed by the items below it. */
const CLAUSE =
  /(?<!\p{L})(?:we|you|what|who|that|which|they|nous|vous|que|qui|ce|wir|sie|was|die|nosotros|qué|lo|nós|você|noi|che|cosa|wij|wat|мы|что|который|которые|biz|نحن|ما|הנחנו|מה|אנו)(?!\p{L})|私|我们|我們|当社|弊社|우리|당사/iu;

function headingChange(old: Setting, now: Setting): readonly Piece[] {
  const [before, after] = headingsOfBoth(old, now).map(withoutValidity) as [string, string];
  const difference = settingDifference(before, after);
  const reverses = reversingWords(difference).length > 0;
  const isReplaced = ['removed', 'added'].every((kind) =>
    difference.some((own) => own.kind === kind && /\p{L}/u.test(own.text)),
  );
  const completes =
    (old.isPart || now.isPart) &&
    old.introductions.length + now.introductions.length === 0 &&
    CLAUSE.test(before) &&
    CLAUSE.test(after);
  return reverses || (completes && isReplaced) ? difference : [];
}
