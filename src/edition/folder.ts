/** The door of the room to the file system: reading and writing the folder of an edition. */

export { reasonsOf, type TakenDecision, takeDecisions } from './decide.ts';
export { editionBefore } from './edition-before.ts';
export { freeId, sourceText, withQuote, withReplacedQuote } from './entries.ts';
export {
  makeWithin,
  NEEDS_NO_SYNC,
  namesWithin,
  OutsideError,
  openWithin,
  readWithin,
  realFolder,
  removeWithin,
  syncFolder,
  writeWithin,
} from './files/within.ts';
export { type FixedFile, fixFolder } from './fix.ts';
export {
  type Head,
  headSchema,
  isSigned,
  isVouchedFor,
  type Signed,
  signedText,
  strangerIn,
} from './heads.ts';
export {
  endOf,
  endOfOwn,
  LONGEST_LINE,
  ledgersAsLeft,
  ledgersNotAsLeft,
  NO_ENTRY,
  NO_PREVIOUS,
} from './ledger-ends.ts';
export { keepOwnLedger, type LedgerEnd, type OwnLedger, ownLedgers } from './own-ledgers.ts';
export { FILES_IN_PARTS, type FileInParts, filesOf, partFile } from './parts.ts';
export { type AnswerPatch, type PatchedFile, patchedAnswers, writePatched } from './patch-answers.ts';
export { NoEditionError, type ReadResult, readEdition, requireFolder } from './read.ts';
export { headOf, LEDGERS, type LedgerFile, ledgerFile, ledgerFiles, parseEntry } from './read-ledger.ts';
export { RATINGS } from './read-ratings.ts';
export { readSourceFiles, type SourceFiles } from './read-sources.ts';
export { readYamlFile } from './read-yaml.ts';
export { signedIn, signedOf } from './signers.ts';
export { SplitError, splitFiles } from './split.ts';
export { editionFiles, makeFolder, writeEdition } from './write.ts';
