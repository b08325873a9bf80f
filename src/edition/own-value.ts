/**
 * What a record has under a key that somebody wrote; undefined if it has no such key of its own. An ordinary look-up would find what every
 * object inherits: `constructor` is a word that an id, an answer or a column may be called.
 */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
