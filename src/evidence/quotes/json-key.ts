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

/** The innermost object that holds a value. */
function objectAround(text: string, { start, end }: Range): Range | undefined {
  const open: number[] = [];
  for (const token of tokensOf(text)) {
    const own = text[token.start];
    if (own === '{') open.push(token.start);
    if (own !== '}') continue;
    const from = open.pop() ?? 0;
    if (from < start && token.start >= end) return { start: from, end: token.end };
  }
  return undefined;
}

/** The plain values of the object that holds a value, by their keys; its own left aside. */
export function siblingsOf(text: string, value: Range): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const object = objectAround(text, value);
  if (!object) return values;
  const whole = text.slice(object.start, object.end);
  const [from, to] = [value.start - object.start, value.end - object.start];
  let [depth, key] = [0, ''];
  for (const { start, end } of tokensOf(whole)) {
    const own = whole.slice(start, end);
    if (/^[{[]$/.test(own)) depth++;
    if (/^[}\]]$/.test(own)) depth--;
    if (/^[{}[\]:]$/.test(own) || depth !== 1) continue;
    if (own === ',') key = '';
    else if (key === '') key = own;
    else if ((end <= from || start >= to) && own.length <= LONGEST) values.set(key, own);
  }
  return values;
}

/** Longer values are looked at for their own sake. */
const LONGEST = 2000;

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
