/** The door of the room to the file system: reading and writing the folder of an edition. */
export { EntryError, freeId, withQuote, withReplacedQuote, withSource } from './entries.ts';
export {
  makeWithin,
  namesWithin,
  OutsideError,
  openWithin,
  readWithin,
  realFolder,
  syncFolder,
  writeWithin,
} from './files/within.ts';
export { NoEditionError, type ReadResult, readEdition } from './read.ts';
export { LEDGERS, type LedgerFile, ledgerFile, ledgerFiles, parseEntry } from './read-ledger.ts';
export { readSourceFiles, type SourceFiles } from './read-sources.ts';
export { readYamlFile } from './read-yaml.ts';
export { editionFiles, makeFolder, writeEdition } from './write.ts';
