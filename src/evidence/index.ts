/** The evidence of an edition: captures of sources, the archive that keeps them, and quotes that hold. */
export { AddressRefusedError, checkAddress } from './address.ts';
export { annotation, fragmentLink } from './annotation.ts';
export { type Archive, makeArchiveFolder, openArchive } from './archive.ts';
export { canonicalJson } from './canonical.ts';
export { type CaptureResult, makeCapturer } from './capture.ts';
export { captureFiles, FileError } from './capture-files.ts';
export { changeFile } from './change-file.ts';
export { type Head, headOf, readHead, writeHead } from './head.ts';
export { eachHost } from './hosts.ts';
export { ArchiveBusyError } from './lock.ts';
export type { Manifest } from './manifest.ts';
export { checkProof, type Proof, ProofError, proofOf } from './proof.ts';
export { type Passage, quotePassage, weaknesses } from './quote.ts';
export { redactCapture } from './redaction.ts';
export { KeyError, makeKeyPair, publicKeyOf } from './signature.ts';
export { stampHead } from './stamp.ts';
export { type ArchiveReport, type Flaw, verifyArchive } from './verify-archive.ts';
