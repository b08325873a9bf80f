/** The text of a document cannot be read: it is broken, locked, or larger than is read. */
export class ExtractError extends Error {}

/** It took more than it may, or could not be tried: another time, or another machine, may read it. */
export class LimitError extends ExtractError {}
