import fc from 'fast-check';
import {
  type Answers,
  CODE,
  type Edition,
  type Measure,
  NOTHING_ELSE,
  type Scale,
  unitOfLeaf,
} from '#edition/index';

/** Arbitrary editions for properties: any tree, any rules, any answers; small, and such that `check` would pass them. */

const points = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map(String),
  fc.constantFrom('0.5', '0.1', '1/3', '2.75'),
);

const scale = (id: string): fc.Arbitrary<Scale> =>
  fc.array(points, { minLength: 1, maxLength: 3 }).map((values) => ({
    id,
    kind: 'options' as const,
    answers: ['1', ...values].map((value, index) => ({
      answer: `answer-${index}`,
      points: value,
      name: `Answer ${index}`,
    })),
    'no-evidence': '0',
  }));

interface Branch {
  readonly combine: NonNullable<Measure['combine']>;
  readonly outOf: boolean;
  readonly across: boolean;
  readonly weights: readonly string[];
  readonly children: readonly (Branch | string)[];
}

const weight = fc.constantFrom('0', '1', '2', '0.25', '1/7', '3.5');
const combine = fc.constantFrom('sum', 'weighted-sum', 'mean', 'weighted-mean', 'min', 'max');

function branch(depth: number): fc.Arbitrary<Branch> {
  const leaf = fc.constantFrom('scale-0', 'scale-1');
  const child = depth === 0 ? leaf : fc.oneof(leaf, branch(depth - 1));
  return fc.array(fc.tuple(child, weight), { minLength: 1, maxLength: 4 }).chain((children) =>
    fc.record({ combine, outOf: fc.boolean(), across: fc.boolean() }).map((own) => ({
      ...own,
      weights: children.map(([, value], index) => (index === 0 && value === '0' ? '1' : value)),
      children: children.map(([below]) => below),
    })),
  ) as fc.Arbitrary<Branch>;
}

function measuresOf(root: Branch): Measure[] {
  const measures: Measure[] = [];
  const visit = (
    node: Branch | string,
    id: string,
    parent: Measure | undefined,
    own: string,
    mayCross: boolean,
  ): void => {
    const place = {
      id,
      name: id.toUpperCase(),
      ...(parent ? { parent: parent.id } : {}),
      ...(parent?.combine?.startsWith('weighted') ? { weight: own } : {}),
    };
    if (typeof node === 'string') {
      measures.push({ ...place, scale: node });
      return;
    }
    const crosses = node.across && mayCross && parent !== undefined;
    const measure: Measure = {
      ...place,
      combine: node.combine,
      ...(node.outOf ? { 'out-of': '100' } : {}),
      ...(crosses
        ? {
            across: { services: (['mean', 'min', 'max', 'sum'] as const)[node.weights.length % 4] ?? 'mean' },
          }
        : {}),
    };
    measures.push(measure);
    node.children.forEach((child, index) => {
      visit(child, `${id}-${index}`, measure, node.weights[index] ?? '1', mayCross && !crosses);
    });
  };
  visit(root, 'm', undefined, '1', true);
  return measures;
}

const UNITS = { companies: ['ash', 'bay', 'elm', 'fir'], services: ['ash-a', 'ash-b', 'bay-a', 'fir-a'] };

/** Which codes answers may have: all answers of the scale, and the states named. */
export function arbitraryEdition(
  states: readonly number[] = [CODE.NOT_APPLICABLE, CODE.NO_EVIDENCE, CODE.NOT_ASSESSED],
): fc.Arbitrary<Edition> {
  return fc
    .tuple(
      branch(2),
      scale('scale-0'),
      scale('scale-1'),
      fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
      fc.constantFrom('half-up', 'half-even', 'floor'),
    )
    .map(([root, first, second, random, rule]) => {
      const measures = measuresOf(root);
      const scales = [first, second];
      return editionOf(
        measures,
        scales,
        (cell, options) => {
          const choices = [
            ...states,
            ...Array.from({ length: options * 3 }, (_, index) => CODE.FIRST_ANSWER + (index % options)),
          ];
          return choices[(random[cell % random.length] ?? 0) % choices.length] ?? CODE.NO_EVIDENCE;
        },
        { rule, digits: 2 },
      );
    });
}

/** An edition of four companies and four services with these measures and answers. */
export function editionOf(
  measures: readonly Measure[],
  scales: readonly Scale[],
  answer: (cell: number, options: number) => number,
  rounding: Edition['methodology']['rounding'] = { rule: 'half-up', digits: 2 },
): Edition {
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const leaves = measures.filter((measure) => measure.scale);
  const units = [...UNITS.companies, ...UNITS.services];
  const codes = new Uint16Array(units.length * leaves.length);
  const rows: { unit: number; leaf: number }[] = [];
  units.forEach((_, unit) => {
    leaves.forEach((leaf, index) => {
      const kind = unit < UNITS.companies.length ? 'company' : 'service';
      if (unitOfLeaf(byId, leaf) !== kind) return;
      const options = scales.find((candidate) => candidate.id === leaf.scale)?.answers.length ?? 1;
      codes[unit * leaves.length + index] = answer(rows.length, options);
      rows.push({ unit, leaf: index });
    });
  });
  const answers: Answers = {
    units,
    leaves: leaves.map((leaf) => leaf.id),
    codes,
    numbers: new Map(),
    rows: {
      length: rows.length,
      unit: Int32Array.from(rows, (row) => row.unit),
      leaf: Int32Array.from(rows, (row) => row.leaf),
      citations: rows.map(() => 'book, p. 1'),
      note: rows.map(() => 'Seen, “quoted”, and\nover two lines.'),
    },
  };
  return {
    ...NOTHING_ELSE,
    meta: {
      format: 1,
      id: 'made-up',
      title: 'Made up',
      licence: 'CC0-1.0',
      languages: ['en'],
      'does-not-say': ['Anything.'],
    },
    methodology: {
      scales: [...scales],
      measures: [...measures],
      rounding,
      ranking: { measure: 'm', basis: 'exact', ties: 'competition' },
    },
    companies: UNITS.companies.map((id) => ({
      id,
      name: id,
      headquarters: '',
      country: '',
      group: '',
      note: '',
    })),
    services: UNITS.services.map((id) => ({
      id,
      company: id.slice(0, 3),
      part_of: '',
      name: id,
      kind: '',
      users: undefined,
      users_counted: '',
      users_as_of: '',
      users_source: '',
      note: '',
    })),
    answers,
    sources: [{ id: 'book', type: 'book', title: 'Book', custom: { kind: 'research' } }],
  };
}
