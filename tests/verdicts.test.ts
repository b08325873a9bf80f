import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSettled } from '#edition/index';
import { type Block, judgeQuote, newText, oldText, quotePassage } from '#evidence/index';
import { htmlText } from '../src/evidence/text/page/html-text.ts';

/** Changes of pages, and what a verdict should make of them: how often it passes a real change, and how often it calls a person for nothing. */

interface Change {
  readonly language: string;
  readonly name: string;
  readonly before: string;
  readonly quote: string;
  readonly after: string;
  /** ask: a person is called; surroundings: the passage stands, and what changed around it is told; accept: nobody has to know. */
  readonly want: 'ask' | 'surroundings' | 'accept';
  /** What the change can only be seen with: a reader that knows what markup and style sheets do. */
  readonly needs?: 'markup';
  /** Nothing is known but a text: a PDF, a letter, the source of a feed. */
  readonly as?: 'text';
}

const changesIn = (file: string): Change[] =>
  JSON.parse(readFileSync(new URL(`./verdicts/${file}.json`, import.meta.url), 'utf8'));

/** Switch on what the reader of HTML can do. */
const READER_KNOWS: ReadonlySet<Change['needs']> = new Set([undefined, 'markup']);

function read(written: string, hash: string, as: Change['as']) {
  const page: { text: string; hidden: string; blocks?: readonly Block[] } =
    as === 'text' ? { text: written, hidden: '' } : htmlText(written);
  return {
    page,
    captured: { source: 'policy', hash, text: page.text, hidden: page.hidden, pages: undefined },
  };
}

/** What a re-check makes of a change of a page. */
function judged({ before, quote, after, as }: Pick<Change, 'before' | 'quote' | 'after' | 'as'>) {
  const [old, now] = [read(before, 'a'.repeat(64), as), read(after, 'b'.repeat(64), as)];
  const found = quotePassage(old.captured, quote);
  if (found.kind !== 'found') throw new Error(`the quote is ${found.kind}`);
  return judgeQuote(
    { id: 'own', ...found.passage },
    newText(now.captured, now.page.blocks),
    oldText(old.page.text, old.page.blocks),
  );
}

function outcome(change: Pick<Change, 'before' | 'quote' | 'after' | 'as'>): Change['want'] {
  const { verdict, surroundings = [] } = judged(change);
  if (!isSettled(verdict)) return 'ask';
  return surroundings.length > 0 ? 'surroundings' : 'accept';
}

const SEVERITY = ['accept', 'surroundings', 'ask'] as const;

describe.each(['attacked', 'languages', 'contexts'])('changes of pages (%s)', (file) => {
  const changes = changesIn(file).filter(({ needs }) => READER_KNOWS.has(needs));
  const outcomes = changes.map((change) => ({ change, got: outcome(change) }));
  const named = (own: typeof outcomes) =>
    own.map(({ change, got }) => `${change.language} ${change.name}: ${got}, not ${change.want}`);
  const by = (direction: -1 | 1) =>
    outcomes.filter(
      ({ change, got }) => Math.sign(SEVERITY.indexOf(got) - SEVERITY.indexOf(change.want)) === direction,
    );

  it('are never passed for less than they are', () => {
    const real = changes.filter(({ want }) => want !== 'accept').length;
    console.info(`${file}: ${by(-1).length} of ${real} changes missed`);
    expect(named(by(-1))).toEqual([]);
  });

  it('are never taken for more than they are', () => {
    const mild = changes.filter(({ want }) => want !== 'ask').length;
    console.info(`${file}: ${by(1).length} false alarms of ${mild}`);
    expect(named(by(1))).toEqual([]);
  });
});

describe('a sentence of a page', () => {
  const words = fc.constantFrom(
    ...'data account partner address message storage server record letter country service number product office'.split(
      ' ',
    ),
  );
  const clause = fc
    .array(words, { minLength: 4, maxLength: 14 })
    .map((own) => `We keep the ${own.join(' and the ')} of a customer.`);
  const paragraph = fc.array(clause, { minLength: 1, maxLength: 4 }).map((own) => `<p>${own.join(' ')}</p>`);
  const section = fc
    .tuple(words, fc.array(paragraph, { minLength: 1, maxLength: 4 }))
    .map(([title, own]) => `<h2>About the ${title}</h2>${own.join('')}`);
  const SENTENCE = 'We share the address of a customer with partners in the country where the server stands.';
  const page = (before: readonly string[], sentence: string, after: readonly string[]) =>
    `${before.join('')}<h2>Sharing</h2><p>First of all. ${sentence} That is all.</p>${after.join('')}`;
  const sections = fc.array(section, { maxLength: 4 });

  it('stays the same, or moves, whatever is written elsewhere on the page', () => {
    fc.assert(
      fc.property(sections, sections, sections, sections, (before, after, newBefore, newAfter) => {
        const { verdict, surroundings } = judged({
          before: page(before, SENTENCE, after),
          quote: SENTENCE,
          after: page(newBefore, SENTENCE, newAfter),
        });
        expect(['same', 'moved']).toContain(verdict);
        expect(surroundings).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('never passes with a negation put in or taken out anywhere in it, whatever part of it is quoted', () => {
    const parts = SENTENCE.slice(0, -1).split(' ');
    const negations = ['not', 'never', 'no', 'only', 'without', 'nicht', 'jamais', 'не'];
    const at = fc.nat(parts.length);
    fc.assert(
      fc.property(
        sections,
        at,
        at,
        at,
        fc.constantFrom(...negations),
        (others, where, one, other, negation) => {
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const quote = parts.slice(from, to).join(' ');
          fc.pre(quote.length > 12);
          const denied = `${parts.toSpliced(where, 0, negation).join(' ')}.`;
          for (const [old, now] of [
            [SENTENCE, denied],
            [denied, SENTENCE],
          ] as const) {
            const whole = page(others, old, []);
            if (!old.includes(quote) || whole.split(quote).length !== 2) continue;
            expect(outcome({ before: whole, quote, after: page([], now, others) })).toBe('ask');
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});
