/** The text of a document cannot be read: it is broken, locked, or larger than is read. */
export class ExtractError extends Error {}
