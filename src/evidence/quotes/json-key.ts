import type { Range } from './find.ts';

/** Whether a text is JSON: an object or an array, whole. */
export function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text) || !/[}\]]\s*$/.test(text.slice(-100))) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/gy;

/** The value of a JSON text in which a passage begins, whole, and the keys that lead to it. */
export function valueAround(text: string, passage: Range): { value: Range; keys: readonly string[] } {
  const path: { key: string; isList: boolean }[] = [];
  let value: Range = passage;
  for (const token of tokensOf(text)) {
    const top = path.at(-1);
    const own = text.slice(token.start, token.end);
    if (token.start >= passage.end) break;
    if (token.end > passage.start)
      value = { start: Math.min(value.start, token.start), end: Math.max(value.end, token.end) };
    const isKey =
      own.startsWith('"') &&
      top !== undefined &&
      !top.isList &&
      /^\s*:/.test(text.slice(token.end, token.end + 20));
    if (isKey && top && token.start < passage.start) top.key = own;
    if (token.start >= passage.start) continue;
    if (own === '{' || own === '[') path.push({ key: '', isList: own === '[' });
    else if (own === '}' || own === ']') path.pop();
  }
  const inKey =
    text.slice(value.end).search(/\S/) >= 0 && /^\s*:/.test(text.slice(value.end, value.end + 20));
  const keys = path.map(({ key }) => key).filter((key) => key !== '');
  return { value, keys: inKey ? keys.slice(0, -1) : keys };
}

function* tokensOf(text: string): Iterable<Range> {
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; ) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at++;
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) return;
    at = TOKEN.lastIndex;
    yield { start: found.index, end: at };
  }
}
