// The text is JSON already, so quotes, brackets and commas are all that must be told apart. No two quantifiers compete.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** Where keys stand that their object already has; of two, JSON.parse keeps the last in silence. Cost: one pass over the text. */
export function doubledKeys(json: string): number[] {
  const doubled: number[] = [];
  const open: (Set<string> | undefined)[] = []; // the keys seen in each object around, undefined for an array
  let keyMayCome = false;
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const keys = open.at(-1);
    if (token.startsWith('"')) {
      if (!keyMayCome || !keys) continue;
      const key: string = JSON.parse(token);
      if (keys.has(key)) doubled.push(index);
      keys.add(key);
      keyMayCome = false;
      continue;
    }
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token !== ',') open.pop();
    keyMayCome = token === '{' || token === ',';
  }
  return doubled;
}
