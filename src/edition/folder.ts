/** The door of the room to the file system: reading and writing the folder of an edition. */
export { EntryError, freeId, withQuote, withReplacedQuote, withSource } from './entries.ts';
export { NoEditionError, type ReadResult, readEdition, requireFolder } from './read.ts';
export { readSourceFiles, type SourceFiles } from './read-sources.ts';
export { readYamlFile } from './read-yaml.ts';
export { editionFiles, makeFolder, writeEdition } from './write.ts';
