import { isTraversal, parse as parseSelector, type Selector } from 'css-what';
import { type CssBlock, type CssDeclaration, type CssRule, readCss } from './css-rules.ts';
import { pixels, plainName, plainValue, VIEW } from './css-values.ts';

/** What is declared of a property, as it is compared. */
export type Declaration = CssDeclaration;

/** One selector with what it declares, and what decides between several: importance of its layer, specificity, order. */
export interface StyleRule {
  readonly selector: Selector[];
  readonly pseudo: 'before' | 'after' | 'marker' | undefined;
  readonly declarations: readonly Declaration[];
  readonly layer: number;
  readonly specificity: number;
}

/** Properties by which text is hidden, moved, struck out, added or broken into lines. */
const RELEVANT = new Set(
  'list-style list-style-type animation animation-name background-clip -webkit-background-clip text-shadow margin margin-left margin-top display visibility opacity content text-decoration text-decoration-line clip clip-path text-indent transform scale rotate translate font font-size font-weight color background background-color background-image height max-height width max-width overflow overflow-x overflow-y position left top right bottom inset content-visibility -webkit-text-security -webkit-text-fill-color direction unicode-bidi white-space white-space-collapse vertical-align filter zoom block-size max-block-size inline-size max-inline-size'.split(
    ' ',
  ),
);

/** Rules within rules; deeper ones are not read. */
const MOST_NESTED = 8;
const MOST_SELECTOR = 2000;

/** The declarations of a `style` attribute that matter here. */
export const readDeclarations = (css: string): Declaration[] => relevant(readCss(css, true));

function relevant({ declarations }: CssBlock): Declaration[] {
  return declarations.flatMap((own) => {
    const property = plainName(own.property);
    const isCustom = property.startsWith('--');
    if (!isCustom && !RELEVANT.has(property)) return [];
    return [
      { ...own, property, value: isCustom || property === 'content' ? own.value : plainValue(own.value) },
    ];
  });
}

/** The rules of style sheets that could change what is seen, in order. `imports` tells that they name other sheets, which are not read. */
export function readStyleSheets(sheets: readonly string[]): { rules: StyleRule[]; imports: boolean } {
  const reading: Reading = { rules: [], layers: new Map(), imports: false };
  for (const css of sheets) readRules(readCss(css), { nested: 0, within: '', layer: undefined }, reading);
  return reading;
}

interface Reading {
  readonly rules: StyleRule[];
  readonly layers: Map<string, number>;
  imports: boolean;
}

interface Where {
  readonly nested: number;
  /** The selector that rules are nested in. */
  readonly within: string;
  readonly layer: string | undefined;
}

function readRules({ rules }: CssBlock, where: Where, reading: Reading): void {
  if (where.nested > MOST_NESTED) return;
  for (const rule of rules) {
    if (rule.at !== undefined) readAtRule(rule.at, rule, where, reading);
    else if (rule.block) readRule(rule.prelude, rule.block, where, reading);
  }
}

function readAtRule(at: string, { prelude, block }: CssRule, where: Where, reading: Reading): void {
  const name = plainName(at);
  const condition = plainValue(prelude);
  if (name === 'import') reading.imports = true;
  if (name === 'layer' && !block)
    for (const own of condition.split(',', 100)) layerOf(reading, joinLayers(where.layer, own.trim()));
  if (!block || !applies(name, condition)) return;
  const layer =
    name === 'layer' ? joinLayers(where.layer, condition || `#${reading.layers.size}`) : where.layer;
  const inner = { ...where, nested: where.nested + 1, layer };
  if (where.within !== '') addRule(where.within, block, inner, reading);
  readRules(block, inner, reading);
}

const joinLayers = (outer: string | undefined, name: string) =>
  outer === undefined ? name : `${outer}.${name}`;

/** Layers count more the later they are first named; what is in none counts most. */
function layerOf({ layers }: Reading, name: string | undefined): number {
  if (name === undefined) return Number.MAX_SAFE_INTEGER;
  const known = layers.get(name) ?? layers.size;
  layers.set(name, known);
  return known;
}

function readRule(prelude: string, block: CssBlock, where: Where, reading: Reading): void {
  if (prelude.length > MOST_SELECTOR) return;
  const own = prelude.replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, ' ');
  const selector = where.within === '' ? own : nestedSelector(own, where.within);
  if (selector.length > MOST_SELECTOR) return;
  addRule(selector, block, where, reading);
  readRules(block, { ...where, nested: where.nested + 1, within: selector }, reading);
}

const nestedSelector = (own: string, within: string) =>
  own
    .split(',')
    .map((part) =>
      part.includes('&') ? part.replaceAll('&', `:is(${within})`) : `:is(${within}) ${part.trim()}`,
    )
    .join(',');

function addRule(selector: string, block: CssBlock, { layer }: Where, reading: Reading): void {
  const declarations = relevant(block);
  if (declarations.length === 0) return;
  let parsed: Selector[][];
  try {
    parsed = parseSelector(selector);
  } catch {
    // Browsers drop a rule with a selector that they do not understand.
    return;
  }
  for (const own of parsed) {
    const last = own.at(-1);
    const pseudo = last?.type === 'pseudo-element' ? last.name : undefined;
    if (pseudo !== undefined && pseudo !== 'before' && pseudo !== 'after' && pseudo !== 'marker') continue;
    reading.rules.push({
      selector: pseudo === undefined ? own : own.slice(0, -1),
      pseudo,
      declarations,
      layer: layerOf(reading, layer),
      specificity: specificityOf(own),
    });
  }
}

/** As one number: ids, then classes, attributes and pseudo-classes, then names. */
function specificityOf(selector: readonly Selector[]): number {
  let sum = 0;
  for (const own of selector) {
    if (isTraversal(own) || own.type === 'universal') continue;
    if (own.type === 'attribute') sum += own.name === 'id' && own.action === 'equals' ? 1_000_000 : 1000;
    else if (own.type === 'pseudo' && Array.isArray(own.data))
      sum += own.name === 'where' ? 0 : Math.max(0, ...own.data.map(specificityOf));
    else if (own.type === 'pseudo') sum += 1000;
    else sum += 1;
  }
  return sum;
}

/** Whether what a conditional rule holds is in force on a screen of ordinary size. What cannot be told is taken to be. */
function applies(name: string, condition: string): boolean {
  if (name === 'media') return mediaApplies(condition);
  if (name === 'supports') return !condition.startsWith('not');
  return name === 'layer' || name === 'container' || name === 'scope';
}

export function mediaApplies(query: string): boolean {
  return query === '' || query.split(',').some((own) => mediaQueryApplies(own.trim()));
}

function mediaQueryApplies(query: string): boolean {
  const negated = query.startsWith('not ');
  const parts = query.replace(/^(?:not|only) /, '').split(/ and /);
  const holds = parts.every((part) => {
    const inner = part.trim().replace(/^\(|\)$/g, '');
    return inner === part.trim() ? inner === 'screen' || inner === 'all' : featureHolds(inner);
  });
  return negated ? !holds : holds;
}

const FEATURES: Readonly<Record<string, RegExp>> = {
  'prefers-color-scheme': /^light$/,
  'prefers-reduced-motion': /^no-preference$/,
  'prefers-contrast': /^no-preference$/,
  'forced-colors': /^none$/,
  orientation: /^landscape$/,
  hover: /^hover$/,
  'any-hover': /^hover$/,
  pointer: /^fine$/,
  'any-pointer': /^fine$/,
  scripting: /^enabled$/,
  'display-mode': /^browser$/,
};

function featureHolds(feature: string): boolean {
  const [name = '', value] = feature.split(':').map((part) => part.trim());
  const size = /^(min|max)-(width|height)$/.exec(name);
  if (size && value !== undefined) {
    const limit = pixels(value, 16, undefined);
    const own = size[2] === 'width' ? VIEW.width : VIEW.height;
    return limit === undefined || (size[1] === 'min' ? own >= limit : own <= limit);
  }
  const range = /^(width|height) ?([<>]=?) ?(\S{1,20})$/.exec(feature);
  if (range) {
    const limit = pixels(range[3], 16, undefined);
    const own = range[1] === 'width' ? VIEW.width : VIEW.height;
    return limit === undefined || (range[2]?.startsWith('<') ? own <= limit : own >= limit);
  }
  if (value === undefined) return !/^(?:monochrome|grid|update|print)/.test(name);
  return FEATURES[name]?.test(value) ?? false;
}
