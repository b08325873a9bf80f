import { compile, type Options } from 'css-select';
import { isTraversal, type Selector } from 'css-what';
import type { Element, Node } from './parse-html.ts';
import { readDeclarations, readStyleSheets, type StyleRule } from './style-sheets.ts';

/** What is declared for an element, by property: of each the declaration that wins. */
export type Declared = ReadonlyMap<string, string>;

export interface Styles {
  readonly own: Declared | undefined;
  readonly before: Declared | undefined;
  readonly after: Declared | undefined;
  readonly marker: Declared | undefined;
}

/** How much matching may cost in one document, frames and shadow trees included: tests, and nodes looked at in them. */
export interface Budget {
  steps: number;
  characters: number;
  /** Style sheets could not be taken into account, or not all. */
  exceeded: boolean;
}

export const makeBudget = (): Budget => ({ steps: 5_000_000, characters: 1_500_000, exceeded: false });

export interface Cascade {
  of(element: Element): Styles;
  /** The sheets name others, which are not read. */
  readonly imports: boolean;
}

const UNSTYLED: Styles = { own: undefined, before: undefined, after: undefined, marker: undefined };
/** An inline style counts more than any selector. */
const INLINE = Number.MAX_SAFE_INTEGER;

/** A `style` attribute: as one rule among others, and what it comes to where there are none. */
interface Inline {
  readonly rule: Matched;
  readonly alone: Styles;
}

class BudgetError extends Error {}

/** The styles that a tree gives its elements: those of its own sheets, and inline. */
export function makeCascade(sheets: readonly string[], budget: Budget): Cascade {
  const size = sheets.reduce((sum, css) => sum + css.length, 0);
  const { rules, imports } = spendCharacters(budget, size)
    ? readStyleSheets(sheets)
    : { rules: [], imports: false };
  const matching = rules.length > 0 ? makeMatching(rules, budget) : undefined;
  const inline = new Map<string, Inline>();
  const inlineOf = (element: Element): Inline | undefined => {
    const css = attributeOf(element, 'style');
    if (!css?.includes(':')) return undefined;
    const known = inline.get(css);
    if (known) return known;
    if (!spendCharacters(budget, css.length)) return undefined;
    const own = { declarations: readDeclarations(css), layer: INLINE, specificity: INLINE };
    const read = {
      rule: own,
      alone: { ...UNSTYLED, own: own.declarations.length > 0 ? winning([own]) : undefined },
    };
    inline.set(css, read);
    return read;
  };
  return {
    imports,
    of(element) {
      const inline = inlineOf(element);
      const matched = matching?.(element);
      if (!matched) return inline?.alone ?? UNSTYLED;
      const own = [...(matched.get('') ?? []), ...(inline ? [inline.rule] : [])];
      return {
        own: winning(own),
        before: winning(matched.get('before') ?? []),
        after: winning(matched.get('after') ?? []),
        marker: winning(matched.get('marker') ?? []),
      };
    },
  };
}

function spendCharacters(budget: Budget, characters: number): boolean {
  budget.characters -= characters;
  if (budget.characters < 0) budget.exceeded = true;
  return !budget.exceeded;
}

type Matched = Pick<StyleRule, 'declarations' | 'layer' | 'specificity'>;

function winning(rules: readonly Matched[]): Declared | undefined {
  if (rules.length === 0) return undefined;
  const ordered = rules.toSorted((a, b) => a.layer - b.layer || a.specificity - b.specificity);
  const won = new Map<string, string>();
  const set = (property: string, value: string) => {
    // The last one counts, and stands last: shorthands are read in their order.
    won.delete(property);
    won.set(property, value);
  };
  for (const { declarations } of ordered)
    for (const { property, value, important } of declarations) if (!important) set(property, value);
  // What is important counts in the opposite order of layers.
  const important = rules.toSorted(
    (a, b) => layerFromBehind(a) - layerFromBehind(b) || a.specificity - b.specificity,
  );
  for (const { declarations } of important)
    for (const { property, value, important: isImportant } of declarations)
      if (isImportant) set(property, value);
  return won;
}

const layerFromBehind = ({ layer, specificity }: Matched) => (specificity === INLINE ? 1 : -layer);

interface CompiledRule extends StyleRule {
  readonly order: number;
  matches?: (node: Node) => boolean;
}

/** Rules are looked up by the id, class or name that their last part asks for; only those are tested. */
function makeMatching(rules: readonly StyleRule[], budget: Budget) {
  const byKey = new Map<string, CompiledRule[]>();
  rules.forEach((rule, order) => {
    const key = keyOf(rule.selector);
    const known = byKey.get(key);
    if (known) known.push({ ...rule, order });
    else byKey.set(key, [{ ...rule, order }]);
  });
  const spend = (steps: number) => {
    budget.steps -= steps;
    if (budget.steps >= 0) return;
    budget.exceeded = true;
    throw new BudgetError();
  };
  const options = optionsFor(spend);
  const test = (rule: CompiledRule, element: Element) => {
    spend(1);
    rule.matches ??= compiled(rule.selector, options);
    return rule.matches(element);
  };
  const candidates = (element: Element): CompiledRule[] =>
    keysOf(element).flatMap((key) => byKey.get(key) ?? []);
  return (element: Element): ReadonlyMap<string, CompiledRule[]> | undefined => {
    if (budget.exceeded) return undefined;
    try {
      const matched = candidates(element).filter((rule) => test(rule, element));
      if (matched.length === 0) return undefined;
      spend(matched.reduce((sum, { declarations }) => sum + declarations.length, 0));
      matched.sort((a, b) => a.order - b.order);
      return Map.groupBy(matched, ({ pseudo }) => pseudo ?? '');
    } catch (error) {
      if (error instanceof BudgetError) return undefined;
      throw error;
    }
  };
}

function compiled(selector: Selector[], options: Options<Node, Element>): (node: Node) => boolean {
  try {
    return compile<Node, Element>([selector], options);
  } catch (error) {
    if (error instanceof BudgetError) throw error;
    return () => false;
  }
}

function keyOf(selector: readonly Selector[]): string {
  let key = '';
  for (const own of selector.toReversed()) {
    if (isTraversal(own)) break;
    if (own.type === 'attribute' && own.action === 'equals' && own.name === 'id') return `#${own.value}`;
    if (own.type === 'attribute' && own.action === 'element' && own.name === 'class') key = `.${own.value}`;
    else if (own.type === 'tag' && key === '') key = own.name.toLowerCase();
  }
  return key;
}

function keysOf(element: Element): string[] {
  const id = attributeOf(element, 'id');
  const classes = attributeOf(element, 'class');
  const keys = ['', element.tagName];
  if (id) keys.push(`#${id}`);
  if (classes) for (const own of new Set(classes.split(/\s+/, 200))) if (own) keys.push(`.${own}`);
  return keys;
}

export const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((own) => own.name === name)?.value;

const NEVER =
  'hover focus visited active focus-visible focus-within target fullscreen modal popover-open autofill user-invalid user-valid host host-context picture-in-picture';
const ALWAYS = 'defined';

/** How css-select looks at the tree; each look is counted. */
function optionsFor(spend: (steps: number) => void): Options<Node, Element> {
  const children = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : []);
  const isTag = (node: Node): node is Element => 'tagName' in node;
  const counted = (nodes: Node[]): Node[] => {
    spend(nodes.length);
    return nodes;
  };
  return {
    pseudos: {
      ...Object.fromEntries(NEVER.split(' ').map((name) => [name, () => false])),
      ...Object.fromEntries(ALWAYS.split(' ').map((name) => [name, () => true])),
      open: (element) => attributeOf(element, 'open') !== undefined,
    },
    adapter: {
      isTag,
      getAttributeValue: attributeOf,
      hasAttrib: (element, name) => attributeOf(element, name) !== undefined,
      getName: ({ tagName }) => tagName,
      getChildren: (node) => counted(children(node)),
      getSiblings: (node) =>
        counted('parentNode' in node && node.parentNode ? children(node.parentNode) : [node]),
      getParent(node) {
        spend(1);
        return node.parentNode && isTag(node.parentNode) ? node.parentNode : null;
      },
      getText: () => '',
      removeSubsets: (nodes) => nodes,
    },
  };
}
