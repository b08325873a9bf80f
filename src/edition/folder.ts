/** The door of the room to the file system: reading and writing the folder of an edition. */
export { NoEditionError, type ReadResult, readEdition } from './read.ts';
export { editionFiles, makeFolder, writeEdition } from './write.ts';
