import { tokenize, tokenNames } from 'css-tree/tokenizer';

/** A rule of a style sheet with what is in its braces; of an at-rule its name, and braces only if it has some. */
export interface CssRule {
  readonly at: string | undefined;
  /** A selector, or the condition of an at-rule. */
  readonly prelude: string;
  readonly block: CssBlock | undefined;
}

export interface CssBlock {
  readonly declarations: CssDeclaration[];
  readonly rules: CssRule[];
}

/** As it is written, but for its mark of importance. */
export interface CssDeclaration {
  readonly property: string;
  readonly value: string;
  readonly important: boolean;
}

/**
 * Reads style sheets, or the declarations of an inline style, as the standard (CSS Syntax 3) says: rules within rules, and everything that is broken until the
 * next thing that is not. Each token is looked at once or twice, and nothing calls itself.
 */
export function readCss(css: string, isInline = false): CssBlock {
  const tokens = tokensOf(css);
  const root: CssBlock = { declarations: [], rules: [] };
  const open: Open[] = [{ block: root, isStyle: isInline }];
  let at = 0;
  for (let top = open.at(-1); top && at < tokens.types.length && open.length < DEEPEST; top = open.at(-1)) {
    const type = tokens.types[at] ?? '';
    if (type === '}-token' && open.length > 1) {
      open.pop();
      at++;
    } else if (SKIPPED.has(type)) at++;
    else at = readItem(tokens, at, top, open);
  }
  return root;
}

/** Nobody nests that deeply; what comes after is not read. */
const DEEPEST = 100;

interface Open {
  readonly block: CssBlock;
  /** Declarations may stand here. */
  readonly isStyle: boolean;
}

interface Tokens {
  readonly css: string;
  readonly types: readonly string[];
  readonly starts: readonly number[];
}

function tokensOf(css: string): Tokens {
  const types: string[] = [];
  const starts: number[] = [];
  tokenize(css, (type, start) => {
    types.push(tokenNames[type] ?? '');
    starts.push(start);
  });
  return { css, types, starts };
}

const SKIPPED = new Set(['whitespace-token', 'comment-token', 'semicolon-token', 'CDO-token', 'CDC-token']);
const OPENING = new Set(['(-token', '[-token', 'function-token', '{-token']);
const CLOSING = new Set([')-token', ']-token', '}-token']);

/** Reads one rule up to its opening brace, or one declaration; gives where it goes on. */
function readItem(tokens: Tokens, from: number, { block, isStyle }: Open, open: Open[]): number {
  const { types } = tokens;
  const isAtRule = types[from] === 'at-keyword-token';
  const name = isAtRule ? textOf(tokens, from, from + 1).slice(1) : undefined;
  const begin = isAtRule ? from + 1 : from;
  const colon = isStyle && !isAtRule ? colonAfterName(types, from) : undefined;
  const isCustom = colon !== undefined && textOf(tokens, from, from + 1).startsWith('--');
  const stops = new Set([
    ...(isCustom ? [] : ['{-token']),
    ...(isAtRule || isStyle ? ['semicolon-token'] : []),
    ...(open.length > 1 ? ['}-token'] : []),
  ]);
  const end = endOf(types, begin, stops);
  if (types[end] === '{-token' && !isCustom) {
    const inner: CssBlock = { declarations: [], rules: [] };
    block.rules.push({ at: name, prelude: textOf(tokens, begin, end), block: inner });
    open.push({ block: inner, isStyle: isStyle || !isAtRule });
    return end + 1;
  }
  if (isAtRule) block.rules.push({ at: name, prelude: textOf(tokens, begin, end), block: undefined });
  else if (colon !== undefined)
    block.declarations.push(declarationOf(textOf(tokens, from, from + 1), textOf(tokens, colon + 1, end)));
  return end;
}

/** Where something ends that begins here: at what stops it outside of all brackets. */
function endOf(types: readonly string[], from: number, stops: ReadonlySet<string>): number {
  let depth = 0;
  for (let at = from; at < types.length; at++) {
    const type = types[at] ?? '';
    if (depth === 0 && stops.has(type)) return at;
    if (OPENING.has(type)) depth++;
    else if (CLOSING.has(type)) depth = Math.max(0, depth - 1);
  }
  return types.length;
}

function colonAfterName(types: readonly string[], from: number): number | undefined {
  if (types[from] !== 'ident-token') return undefined;
  let at = from + 1;
  while (types[at] === 'whitespace-token' || types[at] === 'comment-token') at++;
  return types[at] === 'colon-token' ? at : undefined;
}

const textOf = ({ css, starts }: Tokens, from: number, end: number): string =>
  css.slice(starts[from], starts[end]);

/** The mark stands at the end, however it is spaced. */
const IMPORTANT = /!(?:\s|\/\*[^*]{0,100}\*\/){0,20}important\s{0,100}$/i;

function declarationOf(property: string, raw: string): CssDeclaration {
  const value = raw.trim();
  const mark = value.lastIndexOf('!');
  const important = mark >= 0 && IMPORTANT.test(value.slice(mark));
  return { property, value: important ? value.slice(0, mark).trim() : value, important };
}
