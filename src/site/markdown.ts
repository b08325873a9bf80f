import MarkdownIt, { type StateInline, type Token } from 'markdown-it';
import { type Citation, citationsIn } from '#edition/index';
import { safeUrl } from './safe-url.ts';

/** What the prose of an edition may ask of the page around it. All give HTML. */
export interface ProseContext {
  cite(citations: readonly Citation[]): string;
  /** A figure that stands on a query. */
  claim(figure: string, id: string): string;
  /** A figure that the data cannot decide. */
  undecided(figure: string, reason: string): string;
  /** The level of the highest heading in the prose. */
  readonly headings: number;
  /** What a scroll region is called for those who cannot see it. */
  readonly tableName: string;
}

interface Environment {
  readonly context: ProseContext;
  readonly highest: number;
}

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
// Pictures would be fetched from elsewhere; a link to them remains.
markdown.disable('image');
markdown.validateLink = (address) => safeUrl(address) !== undefined;
markdown.normalizeLink = (address) => safeUrl(address) ?? '';

const CITATION = /\[@[^[\]]*\]/y;
markdown.inline.ruler.before('link', 'citation', (state, silent) => {
  CITATION.lastIndex = state.pos;
  const text = CITATION.exec(state.src)?.[0] ?? '';
  const end = state.pos + text.length;
  const citations = end > state.posMax ? [] : citationsIn(text);
  if (citations.length === 0) return false;
  if (!silent) {
    // A number stands directly behind what it supports, also where the line was broken before it.
    state.pending = state.pending.trimEnd();
    if (state.pending === '' && state.tokens.at(-1)?.type === 'softbreak') state.tokens.pop();
    push(state, 'citation', { citations });
  }
  state.pos = end;
  return true;
});

const SPAN = /\[([^[\]]*)\]\{(?:claim=([a-z0-9-]+)(?![a-z0-9-])[^{}]*|undecided="([^"{}]*)")\}/y;
markdown.inline.ruler.before('link', 'figure', (state, silent) => {
  SPAN.lastIndex = state.pos;
  const match = SPAN.exec(state.src);
  if (!match) return false;
  if (!silent) push(state, 'figure', { figure: match[1] ?? '', claim: match[2], reason: match[3] });
  state.pos = SPAN.lastIndex;
  return true;
});

function push(state: StateInline, type: string, meta: Record<string, unknown>): void {
  const token = state.push(type, '', 0);
  token.meta = meta;
}

/** What `push` gave the token. */
const metaOf = <T>(token: Token | undefined) => token?.meta as T;

const rules = markdown.renderer.rules;
const contextOf = (environment: unknown) => (environment as Environment).context;

rules.citation = (tokens, index, _options, environment) => {
  const { citations } = metaOf<{ citations: readonly Citation[] }>(tokens[index]);
  return contextOf(environment).cite(citations);
};
rules.figure = (tokens, index, _options, environment) => {
  const { figure, claim, reason } = metaOf<{ figure: string; claim?: string; reason?: string }>(
    tokens[index],
  );
  const html = markdown.renderInline(figure, environment);
  const context = contextOf(environment);
  return claim === undefined ? context.undecided(html, reason ?? '') : context.claim(html, claim);
};
rules.link_open = (tokens, index, options, _environment, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer');
  return self.renderToken(tokens, index, options);
};
const heading =
  (close: boolean) => (tokens: Token[], index: number, _options: unknown, environment: unknown) => {
    const { context, highest } = environment as Environment;
    const level = Math.min(6, context.headings + Number(tokens[index]?.tag.slice(1)) - highest);
    return close ? `</h${level}>\n` : `<h${level}>`;
  };
rules.heading_open = heading(false);
rules.heading_close = heading(true);
rules.table_open = (_tokens, _index, _options, environment) =>
  `<div class="scroll" role="region" tabindex="0" aria-label="${markdown.utils.escapeHtml(contextOf(environment).tableName)}"><table>\n`;
rules.table_close = () => '</table></div>\n';
// The queries of findings are shown beside what they return, not in the prose.
const fence = rules.fence;
rules.fence = (tokens, index, options, environment, self) =>
  /^sql\b/.test(tokens[index]?.info ?? '') ? '' : (fence?.(tokens, index, options, environment, self) ?? '');
// Alignment would be an inline style; figures of prose tables do without.
for (const cell of ['th_open', 'td_open']) rules[cell] = (tokens, index) => `<${tokens[index]?.tag}>`;

/** The prose of an edition as HTML. No markup of its own passes; addresses pass `safeUrl`, or stay as they were written. */
export function proseHtml(text: string, context: ProseContext): string {
  const environment = { context, highest: 1 };
  const tokens = markdown.parse(text, environment);
  const levels = tokens
    .filter((token) => token.type === 'heading_open')
    .map((token) => Number(token.tag.slice(1)));
  environment.highest = Math.min(6, ...levels);
  return markdown.renderer.render(tokens, markdown.options, environment satisfies Environment);
}
