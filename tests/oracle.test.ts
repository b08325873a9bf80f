import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEdition, writeEdition } from '#edition/folder';
import { CODE, type Edition } from '#edition/index';
import { amountOf, scoreEdition } from '#scoring/index';
import { temporaryFolder } from './folders.ts';
import { disagreements } from './oracle/disagreements.ts';
import { anyEdition } from './oracle/editions.ts';

describe('any edition that the checks pass', () => {
  it('is scored, ranked, explained, modelled and compared as docs/methodology.md defines it', () => {
    fc.assert(
      fc.property(anyEdition, (edition) => {
        expect(disagreements(edition)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('says the same once it is written and read', () => {
    const base = temporaryFolder();
    let run = 0;
    fc.assert(
      fc.property(anyEdition, (edition) => {
        const folder = join(base, String(run++));
        writeEdition(edition, folder);
        const { edition: again, problems } = readEdition(folder);
        expect(problems).toEqual([]);
        expect(again && scoresOf(again)).toEqual(scoresOf(edition));
      }),
      { numRuns: 40 },
    );
  });

  it('has intervals that hold every score that the missing answers could lead to', () => {
    const isOpen = ({ methodology, answers }: Edition) =>
      (methodology['not-assessed'] ?? 'range') === 'range' && answers.codes.includes(CODE.NOT_ASSESSED);
    const choices = fc.array(fc.nat(), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(anyEdition.filter(isOpen), choices, (edition, drawn) => {
        expect(outside(edition, assessed(edition, drawn))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('comes with every rule and key', () => {
    const editions = fc.sample(anyEdition, { numRuns: 400, seed: 1 });
    const text = editions.map(({ methodology }) => JSON.stringify(methodology));
    const rare = FEATURES.filter((feature) => text.filter((own) => own.includes(feature)).length < 4);
    expect(rare).toEqual([]);
  });
});

const FEATURES = [
  ...['sum', 'mean', 'weighted-sum', 'weighted-mean', 'min', 'max', 'geometric-mean', 'harmonic-mean'].map(
    (rule) => `"combine":"${rule}"`,
  ),
  ...['min-max', 'goalposts', 'z-score'].map((method) => `"method":"${method}"`),
  ...['range', 'left-out', 'lowest', 'highest'].map((rule) => `"not-assessed":"${rule}"`),
  ...['bands', 'grades', 'requires', 'rounded', 'rounding', 'combines', 'of', 'out-of', 'excludes'],
  ...['points', 'reversed', 'across', 'nested', 'scope', 'outliers', 'direction', 'tolerance', 'within'],
  ...['leave-out', 'score', 'given', 'maximum', 'exceptions'],
  '"basis":"published"',
  '"weight":"0"',
  '"weight":"-1"',
].map((feature) => (feature.includes('"') ? feature : `"${feature}":`));

function scoresOf(edition: Edition): Record<string, unknown> {
  const scores = scoreEdition(edition);
  const units = [...edition.companies, ...edition.services];
  return Object.fromEntries(
    units.flatMap(({ id }) =>
      edition.methodology.measures.map((measure) => {
        const score = scores.of(id, measure.id);
        return [`${id} ${measure.id}`, score ? amountOf(score) : undefined];
      }),
    ),
  );
}

/** The edition with each answer that nobody assessed filled in, one way or another; numbers with an end of their scale or between. */
function assessed(edition: Edition, drawn: readonly number[]): Edition {
  const { answers, methodology } = edition;
  const codes = answers.codes.slice();
  const numbers = new Map([...answers.numbers].map(([leaf, own]) => [leaf, [...own]]));
  codes.forEach((code, cell) => {
    if (code !== CODE.NOT_ASSESSED) return;
    const leaf = methodology.measures.find(({ id }) => id === answers.leaves[cell % answers.leaves.length]);
    const scale = methodology.scales.find(({ id }) => id === leaf?.scale);
    if (!leaf || !scale) return;
    const choice = drawn[cell % drawn.length] ?? 0;
    const none = scale['no-evidence'] === undefined ? [] : [CODE.NO_EVIDENCE];
    const admitted = scale.answers.flatMap(({ answer }, index) =>
      leaf.excludes?.includes(answer) ? [] : [CODE.FIRST_ANSWER + index],
    );
    const ends = [scale.min ?? '0', scale.max ?? '10', '4', '8.5'].map((number) => {
      const known = numbers.get(leaf.id) ?? [];
      numbers.set(leaf.id, known);
      const at = known.indexOf(number);
      return CODE.FIRST_ANSWER + (at >= 0 ? at : known.push(number) - 1);
    });
    const options = [...none, ...(scale.kind === 'number' ? ends : admitted)];
    codes[cell] = options[choice % options.length] ?? code;
  });
  return { ...edition, answers: { ...answers, codes, numbers } };
}

/** The scores of the one that do not lie within those of the other. */
function outside(open: Edition, filled: Edition): string[] {
  const [wide, narrow] = [scoreEdition(open), scoreEdition(filled)];
  return [...open.companies, ...open.services].flatMap(({ id }) =>
    open.methodology.measures.flatMap((measure) => {
      const [outer, inner] = [wide.of(id, measure.id), narrow.of(id, measure.id)];
      if (outer?.kind !== 'interval' || inner?.kind !== 'interval') return [];
      const slack = outer.floating ? '0.000001' : '0';
      const isInside =
        inner.low.add(slack).compare(outer.low) >= 0 && inner.high.sub(slack).compare(outer.high) <= 0;
      return isInside
        ? []
        : [
            `${id} on ${measure.id}: ${inner.low.valueOf()} is not in ${outer.low.valueOf()}–${outer.high.valueOf()}`,
          ];
    }),
  );
}
