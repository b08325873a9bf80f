/** What is to be imported is not there, or is not what it should be: for the person who gave it. */
export class ImportError extends Error {}
