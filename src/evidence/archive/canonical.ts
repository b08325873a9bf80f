/**
 * A value as canonical JSON: no white space, keys in the order of their UTF-16 code units (RFC 8785, JSON Canonicalization Scheme), for the values the
 * archive is made of. Keys whose value is undefined are left out.
 * @throws TypeError for numbers that are not safe integers, lone surrogates, and anything that JSON has no form for
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'string':
      if (!value.isWellFormed())
        throw new TypeError('A text with half a character (a lone surrogate) has no canonical form.');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is no safe integer; write it as text.`);
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
      return `{${Object.entries(value)
        .filter(([, own]) => own !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, own]) => `${canonicalJson(key)}:${canonicalJson(own)}`)
        .join()}}`;
    default:
      throw new TypeError(`A ${typeof value} has no canonical form.`);
  }
}
