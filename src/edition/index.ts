/** What an edition is, without the file system: its types, ids, answers, rules. Reading and writing: `#edition/folder`. */

export { isAnswerOf } from './answer-leaves.ts';
export { type AnsweredRow, AnswerTable, codeAt, UnknownAnswerError } from './answer-table.ts';
export {
  type AnswerRow,
  type AnswerRows,
  type Answers,
  answerOf,
  CODE,
  codeOf,
  optionsOf,
  packAnswers,
  STATES,
  type State,
} from './answers.ts';
export {
  CAPTURE_VERDICTS,
  type CaptureVerdict,
  DECISIONS,
  type Decision,
  type EntryOf,
  type Evidence,
  isSettled,
  LABELS,
  type Label,
  LEDGER_NAME,
  type LedgerEntry,
  labeller,
  ledgerEntrySchema,
  NO_EVIDENCE,
  type PlacedEntry,
  QUOTE_VERDICTS,
  type Quote,
  type QuoteVerdict,
  quotesSchema,
  type Search,
  withdrawnQuotes,
} from './evidence.ts';
export { unpublishedParts } from './given.ts';
export { didYouMean, ID_PATTERN } from './ids.ts';
export { evidenceOf, inOrder, type Ledger, tipsOf, upTo } from './ledgers.ts';
export { fewLimits, type Limit, limitsOf } from './limits.ts';
export { type Citation, citationsIn, citationsInCell } from './markdown.ts';
export {
  type Across,
  type Band,
  type Exception,
  type Measure,
  type Methodology,
  methodologySchema,
  type Normalise,
  type Rounding,
  type Scale,
} from './methodology-schema.ts';
export * from './model.ts';
export { type NextName, nextEdition } from './next-edition.ts';
export { NOTHING_ELSE } from './nothing-else.ts';
export { ownValue } from './own-value.ts';
export { PairMap } from './pairs.ts';
export { pointsOf } from './ranges.ts';
export type { EditionRating, EditionRatings, RatingDecision } from './ratings.ts';
export { type RatedItem, ratedItems } from './reconcile.ts';
export { isError, type Problem, RULES, type RuleId } from './rules.ts';
export {
  type Correction,
  type CslDate,
  type CslName,
  correctionsSchema,
  type Deviation,
  deviationsSchema,
  type EditionMeta,
  editionSchema,
  type Figure,
  PROSE_FILES,
  type ProseFile,
  SOURCE_KINDS,
  type Source,
  sourcesSchema,
  type TranslatedTexts,
  translationSchema,
  unitNouns,
} from './schema.ts';
export { type UnchangedReasons, unchangedReasons } from './unchanged-reasons.ts';
export {
  capitalised,
  counted,
  type Noun,
  namesOr,
  type SaidNames,
  type UnitNames,
  unitNames,
} from './unit-names.ts';
export { WEB_ADDRESS } from './values.ts';
