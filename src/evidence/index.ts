/** The evidence of an edition: captures of sources, the archive that keeps them, and quotes that hold. */

export { type Archive, openArchive } from './archive/archive.ts';
export { makeArchiveFolder } from './archive/archive-folder.ts';
export { canonicalJson } from './archive/canonical.ts';
export { addQuote, addSource, replaceQuote, splitEdition } from './archive/change-file.ts';
export { readHead } from './archive/head.ts';
export { appendEntries } from './archive/ledger.ts';
export { ArchiveBusyError } from './archive/lock.ts';
export type { Manifest } from './archive/manifest.ts';
export { type CheckedProof, checkProof, type Proof, ProofError, proofOf } from './archive/proof.ts';
export {
  planRedaction,
  quotesAfterRedaction,
  type RedactionPlan,
  redactCaptures,
} from './archive/redaction.ts';
export { numberedLines, type RedactionPreview, redactionPreview } from './archive/redaction-preview.ts';
export { KeyError, makeKeyPair, publicKeyOf } from './archive/signature.ts';
export { stampHead } from './archive/stamp.ts';
export { type ArchiveReport, type Flaw, type LedgerReport, verifyArchive } from './archive/verify-archive.ts';
export { type ArchiveHead, UnfitError, writeHead, writeOneHead } from './archive/write-head.ts';
export { AddressRefusedError, checkAddress } from './capture/address.ts';
export { type CaptureResult, makeCapturer } from './capture/capture.ts';
export { captureFiles, type FileCapture, FileError } from './capture/capture-files.ts';
export { eachHost } from './capture/hosts.ts';
export { whereItLeads } from './capture/leads.ts';
export { doubtOf, remarksOn } from './capture/remarks.ts';
export { annotation, fragmentLink } from './exchange/annotation.ts';
export { type Imported, importCaptures } from './exchange/import-archive.ts';
export { PackageError } from './exchange/read-wacz.ts';
export { exportWacz, exportWarc, PackError } from './exchange/wacz.ts';
export type { Surrounding } from './quotes/compare-settings.ts';
export { findQuote, indexText } from './quotes/find.ts';
export { judgeQuote } from './quotes/judge-quote.ts';
export { linesOfPersonal, type Personal, personalInQuote, personalWords } from './quotes/personal.ts';
export { type Passage, type QuoteFound, quotePassage, weaknesses } from './quotes/quote.ts';
export { newText, oldText } from './quotes/quoted-texts.ts';
export { answersBy, type RestingAnswer, type WithoutIt, withoutAnswers } from './quotes/rests-on.ts';
export { type Piece, wordDifference } from './quotes/words.ts';
export type { Block } from './text/blocks.ts';
export { type Alarm, alarmsOf, isAlarm, openVerdicts } from './watch/alarms.ts';
export { alarmFeed, alarmText } from './watch/feed.ts';
export {
  isOpen,
  isToBeSeen,
  latestPages,
  type RecheckedQuote,
  type RecheckedSource,
  recheck,
  recheckJobs,
} from './watch/recheck.ts';
