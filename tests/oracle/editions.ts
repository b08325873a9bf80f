import fc from 'fast-check';
import {
  type Answers,
  askedOf,
  CODE,
  type Edition,
  type Measure,
  type Methodology,
  type Scale,
  type Service,
  unitOfLeaf,
} from '#edition/index';
import { editionOf } from '../arbitrary.ts';
import { definitionOf } from './definition.ts';
import { repaired } from './repaired.ts';
import { Tape } from './tape.ts';

/**
 * Any edition that the checks pass: every rule and key of a methodology, with answers of every state. What is drawn at random and would not be
 * passed loses the keys that the checks complain of, so that hardly anything is thrown away.
 */
export const anyEdition: fc.Arbitrary<Edition> = fc
  .array(fc.nat({ max: 5039 }), { minLength: 320, maxLength: 320 })
  .map((numbers) => drawEdition(new Tape(numbers)))
  .filter((edition) => edition !== undefined);

const RULES = [
  'sum',
  'mean',
  'weighted-mean',
  'weighted-sum',
  'min',
  'max',
  'geometric-mean',
  'harmonic-mean',
] as const;
const WEIGHTS = ['1', '2', '0', '0.25', '1/7', '3.5'] as const;
const LEVELS = ['section', 'item'] as const;
const UNITS = ['ash', 'bay', 'elm', 'fir'] as const;

function drawEdition(tape: Tape): Edition | undefined {
  const services = drawServices(tape);
  const notAssessed = tape.pick([undefined, 'range', 'left-out', 'lowest', 'highest'] as const);
  const draft: Methodology = {
    scales: drawScales(tape),
    measures: drawMeasures(tape),
    rounding: { rule: tape.pick(['half-up', 'half-even', 'floor']), digits: tape.below(3) },
    ...(notAssessed ? { 'not-assessed': notAssessed } : {}),
    ranking: { measure: 'm', basis: tape.pick(['exact', 'published']), ties: 'competition' },
  };
  drawRanking(tape, draft);
  drawExceptions(tape, draft, services);
  const methodology = repaired(draft, services, UNITS);
  return methodology && filled(tape, methodology, services);
}

/** There is one of each kind, so that scopes name what there is. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['ash-a', 'app'],
  ['ash-b', 'site'],
]);

function drawServices(tape: Tape): Service[] {
  const base = editionOf([], [], () => 0).services[0];
  if (!base) throw new Error('there are no services');
  const service = (id: string, partOf: string): Service => ({
    ...base,
    id,
    company: id.slice(0, 3),
    part_of: partOf,
    name: id,
    kind: KINDS.get(id) ?? tape.pick(['app', 'site']),
  });
  const nests = tape.chance(2);
  return [
    service('ash-a', ''),
    service('ash-b', ''),
    service('bay-a', ''),
    service('fir-a', ''),
    ...(nests
      ? [
          service('ash-a-x', 'ash-a'),
          service('ash-a-y', 'ash-a'),
          service('bay-a-x', 'bay-a'),
          ...(tape.chance(2) ? [service('ash-a-x-z', 'ash-a-x')] : []),
        ]
      : []),
  ];
}

const POINTS = ['0', '1', '2', '3', '0.5', '1/3', '2.75', '-1', '-2.5', '4'] as const;

function drawScales(tape: Tape): Scale[] {
  const none = (points: string | undefined) => (points === undefined ? {} : { 'no-evidence': points });
  const listed = (id: string, points: readonly string[], own: string | undefined): Scale => ({
    id,
    kind: 'options',
    answers: points.map((value, index) => ({ answer: `${id}-${index}`, points: value, name: `${index}` })),
    ...none(own),
  });
  const drawn = Array.from({ length: 2 + tape.below(3) }, () => tape.pick(POINTS));
  return [
    listed('level', ['0', '1', '2', '3'], tape.pick(['0', undefined])),
    listed('odd', drawn, tape.pick(['0', '1', '-1', undefined])),
    listed('positive', ['1', '2', '4'], tape.pick(['1', undefined])),
    {
      id: 'number',
      kind: 'number',
      answers: [],
      ...(tape.chance(3) ? {} : { min: tape.pick(['0', '-5']), max: tape.pick(['10', '20']) }),
      ...none(tape.pick([undefined, '0', '25'])),
    },
    { id: 'share', kind: 'number', answers: [], min: '1', max: '100', ...none(tape.pick([undefined, '1'])) },
  ];
}

function drawMeasures(tape: Tape): Measure[] {
  const measures: Measure[] = [];
  const branch = (id: string, parent: Measure | undefined, depth: number, mayCross: boolean): void => {
    const measure = drawBranch(tape, id, parent, mayCross);
    const crosses = measure.across !== undefined;
    measures.push(measure);
    const count = 1 + tape.below(4);
    for (let index = 0; index < count; index++) {
      const own = `${id}-${index}`;
      if (depth > 0 && tape.chance(2)) branch(own, measure, depth - 1, mayCross && !crosses);
      else leaf(own, measure, mayCross && !crosses);
    }
    if (tape.chance(6)) measure.of = tape.pick(LEVELS);
  };
  const leaf = (id: string, parent: Measure, mayCross: boolean): void => {
    const scale = tape.pick(['level', 'odd', 'positive', 'number', 'share'] as const);
    const isNumber = scale === 'number' || scale === 'share';
    measures.push({
      id,
      name: id,
      parent: parent.id,
      scale,
      ...weightOf(tape, parent),
      ...levelOf(tape),
      ...(mayCross && tape.chance(5) ? { across: drawAcross(tape) } : {}),
      ...(isNumber ? drawNumber(tape) : drawListed(tape, scale)),
      ...extras(tape),
    });
  };
  branch('m', undefined, 2, true);
  const total = measures[0];
  const subtotals = tape.below(3);
  for (let index = 0; index < subtotals && total; index++) {
    const isInside = tape.chance(2);
    const combine = tape.pick(RULES);
    const listed = tape.some(
      measures.filter((own) => own !== total).map((own) => own.id),
      3,
    );
    const measure: Measure = {
      id: `extra-${index}`,
      name: `extra ${index}`,
      ...(isInside ? { parent: 'm', ...weightOf(tape, total) } : {}),
      combine,
      combines: isInside || tape.chance(2) ? listed : ['m', ...listed.slice(1)],
      ...extras(tape),
    };
    if (tape.chance(2)) measure.bands = drawBands(tape);
    for (const other of measures)
      if (RULES.indexOf(combine) > 1 && measure.combines?.includes(other.id) && other.weight === undefined)
        if (combine.startsWith('weighted')) other.weight = tape.pick(WEIGHTS);
    measures.push(measure);
  }
  return measures;
}

function drawBranch(tape: Tape, id: string, parent: Measure | undefined, mayCross: boolean): Measure {
  const combine = tape.pick(RULES);
  const crosses = mayCross && parent !== undefined && tape.chance(4);
  return {
    id,
    name: id,
    ...(parent ? { parent: parent.id } : {}),
    ...weightOf(tape, parent),
    combine,
    ...(tape.chance(4) ? { 'out-of': tape.pick(['100', '10', '1']) } : {}),
    ...(tape.chance(5) ? { requires: tape.pick(['0.5', '1', '2/3', '0']) } : {}),
    ...(crosses ? { across: drawAcross(tape) } : {}),
    ...(parent ? levelOf(tape) : {}),
    ...extras(tape),
    ...(tape.chance(5) ? { bands: drawBands(tape) } : {}),
  };
}

function weightOf(tape: Tape, parent: Measure | undefined): { weight?: string } {
  const combine = parent?.combine;
  if (combine === 'weighted-sum') return { weight: tape.pick([...WEIGHTS, '-1', '-0.5', '-3']) };
  if (combine === 'weighted-mean' || (combine?.endsWith('c-mean') && parent?.requires === undefined))
    return { weight: tape.pick(WEIGHTS) };
  return {};
}

const levelOf = (tape: Tape): { level?: string } => (tape.chance(3) ? { level: tape.pick(LEVELS) } : {});

function extras(tape: Tape): Partial<Measure> {
  return {
    ...(tape.chance(5) ? { rounded: true as const } : {}),
    ...(tape.chance(5)
      ? { rounding: { rule: tape.pick(['half-up', 'half-even', 'floor']), digits: tape.below(2) } }
      : {}),
    ...(tape.chance(8) ? { direction: tape.pick(['lower', 'higher']) } : {}),
    ...(tape.chance(6)
      ? {
          grades: [
            { name: 'C' },
            { from: tape.pick(['0', '1', '2.5']), name: 'B' },
            { from: '3', name: 'A' },
          ],
        }
      : {}),
  };
}

function drawAcross(tape: Tape): NonNullable<Measure['across']> {
  const rules = ['mean', 'min', 'max', 'sum'] as const;
  return {
    services: tape.pick(rules),
    ...(tape.chance(2) ? { nested: tape.pick(rules) } : {}),
    ...(tape.chance(3) ? { scope: [tape.pick(['app', 'site'])] } : {}),
  };
}

function drawBands(tape: Tape): NonNullable<Measure['bands']> {
  const cuts = tape.some(['0', '0.5', '1', '1.5', '2', '3', '10/3', '50', '75'], 3);
  const sorted = cuts.toSorted((a, b) => numeric(a) - numeric(b));
  return [...sorted, '1000000'].map((to, index) => ({
    from: sorted[index - 1] ?? '-1000000',
    to,
    points: tape.pick(['0', '1', '2', '3', '-1', '0.5']),
    ...(tape.chance(2) ? { name: `band ${index}` } : {}),
  }));
}

const numeric = (text: string): number => {
  const [above = '0', below = '1'] = text.split('/');
  return Number(above) / Number(below);
};

function drawListed(tape: Tape, scale: string): Partial<Measure> {
  return {
    ...(tape.chance(5) ? { reversed: true as const } : {}),
    ...(tape.chance(5)
      ? { points: { [`${scale}-0`]: tape.pick(POINTS), [`${scale}-1`]: tape.pick(POINTS) } }
      : {}),
    ...(tape.chance(6) ? { excludes: [`${scale}-${tape.below(3)}`] } : {}),
  };
}

function drawNumber(tape: Tape): Partial<Measure> {
  const to = tape.pick([
    ['0', '100'],
    ['1', '10'],
  ] as const);
  const outliers = tape.chance(3) ? { outliers: { winsorise: 1 + tape.below(3) } } : {};
  const direction = tape.chance(3) ? { direction: 'lower' as const } : {};
  const ways: readonly Partial<Measure>[] = [
    {},
    { normalise: { method: 'min-max', to: [...to], ...outliers }, ...direction },
    { normalise: { method: 'goalposts', from: ['2', '8'], to: [...to], beyond: 'clip' }, ...direction },
    {
      normalise: { method: 'z-score', ...(tape.chance(2) ? { mean: '5', sd: '2' } : {}), ...outliers },
      ...direction,
    },
  ];
  return tape.pick(ways);
}

function drawRanking(tape: Tape, draft: Methodology): void {
  const { ranking } = draft;
  if (tape.chance(5)) ranking.measure = tape.pick(draft.measures.map((measure) => measure.id));
  if (tape.chance(3)) ranking.within = 'group';
  if (tape.chance(4)) ranking.tolerance = tape.pick(['0.5', '0', '0.1', '1/3']);
  if (ranking.basis === 'published' && tape.chance(3))
    ranking.rounding = { rule: tape.pick(['half-up', 'half-even', 'floor']), digits: tape.below(2) };
}

function drawExceptions(tape: Tape, draft: Methodology, services: readonly Service[]): void {
  const count = tape.below(5);
  const rules = ['mean', 'min', 'max', 'sum'] as const;
  const exceptions: NonNullable<Methodology['exceptions']> = [];
  for (let index = 0; index < count; index++) {
    const maximum = tape.chance(2) ? { maximum: tape.pick(['3', '100', '4.5']) } : {};
    const kind = tape.pick([
      { 'leave-out': true as const },
      { score: tape.pick(['0', '1', '2', '2.5']), ...maximum },
      { given: tape.pick(['1', '2', '1.25']), maximum: tape.pick(['3', '100', '4.5', '10']) },
      { weight: tape.pick(['0', '1', '3', '1/3']) },
      { combine: tape.pick(rules) },
      { across: drawAcross(tape) },
    ]);
    const fitting = draft.measures.filter((measure) => fits(measure, kind));
    const measure = tape.pick(fitting.length > 0 ? fitting : draft.measures);
    const units = [...UNITS, ...services.map(({ id }) => id)];
    exceptions.push({ unit: tape.pick(units), measure: measure.id, reason: 'It is so.', ...kind });
  }
  if (exceptions.length > 0) draft.exceptions = exceptions;
}

function fits(measure: Measure, kind: Partial<NonNullable<Methodology['exceptions']>[number]>): boolean {
  if (kind.across) return measure.across !== undefined;
  if (kind.weight) return measure.weight !== undefined;
  return kind.combine || kind.given ? measure.combine !== undefined : true;
}

/** The methodology with an answer wherever one is asked for. */
function filled(tape: Tape, methodology: Methodology, services: readonly Service[]): Edition | undefined {
  const base = editionOf(methodology.measures, methodology.scales, () => 0);
  const byId = new Map(methodology.measures.map((measure) => [measure.id, measure]));
  const leaves = methodology.measures.filter((measure) => measure.scale !== undefined);
  const units = [...UNITS, ...services.map(({ id }) => id)];
  const asked = askedOf(byId, services);
  const { isWithheld } = definitionOf({ ...base, methodology, services: [...services] });
  const codes = new Uint16Array(units.length * leaves.length);
  const numbers = new Map<string, string[]>();
  const rows: { unit: number; leaf: number }[] = [];
  leaves.forEach((leaf, column) => {
    const scale = methodology.scales.find(({ id }) => id === leaf.scale);
    if (!scale) return;
    const whom: readonly string[] =
      unitOfLeaf(byId, leaf) === 'company' ? UNITS : asked(leaf).map(({ id }) => id);
    for (const unit of whom) {
      if (isWithheld(unit, leaf.id)) continue;
      const row = units.indexOf(unit);
      codes[row * leaves.length + column] = drawCode(tape, leaf, scale, numbers);
      rows.push({ unit: row, leaf: column });
    }
  });
  for (const leaf of leaves) if (needsVariety(leaf) && !varies(numbers.get(leaf.id) ?? [])) return undefined;
  const answers: Answers = {
    units,
    leaves: leaves.map(({ id }) => id),
    codes,
    numbers,
    rows: {
      length: rows.length,
      unit: Int32Array.from(rows, ({ unit }) => unit),
      leaf: Int32Array.from(rows, ({ leaf }) => leaf),
      citations: rows.map(() => 'book, p. 1'),
      note: rows.map(() => 'Seen.'),
    },
  };
  const groups = ['north', 'south', 'north', 'south'];
  return {
    ...base,
    methodology,
    companies: base.companies.map((company, index) => ({ ...company, group: groups[index] ?? 'north' })),
    services: [...services],
    answers,
  };
}

const needsVariety = ({ normalise }: Measure) => normalise !== undefined && normalise.method !== 'goalposts';
const varies = (numbers: readonly string[]) => new Set(numbers.map(Number)).size > 1;

function drawCode(tape: Tape, leaf: Measure, scale: Scale, numbers: Map<string, string[]>): number {
  const states: number[] = [
    CODE.NOT_APPLICABLE,
    CODE.NOT_ASSESSED,
    ...(scale['no-evidence'] === undefined ? [] : [CODE.NO_EVIDENCE]),
  ];
  if (tape.chance(4)) return tape.pick(states);
  if (scale.kind !== 'number') {
    const admitted = scale.answers.flatMap(({ answer }, index) =>
      leaf.excludes?.includes(answer) ? [] : [CODE.FIRST_ANSWER + index],
    );
    return tape.pick(admitted);
  }
  const known = numbers.get(leaf.id) ?? [];
  numbers.set(leaf.id, known);
  const number = tape.pick(['1', '2', '2.5', '3', '10', '7.25', '8']);
  const at = known.indexOf(number);
  return CODE.FIRST_ANSWER + (at >= 0 ? at : known.push(number) - 1);
}
