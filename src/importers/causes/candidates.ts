import { type Fraction, fraction, type Rounding } from '#arithmetic/index';
import {
  CODE,
  combinedBy,
  type Edition,
  type Measure,
  type Methodology,
  type PublishedFigure,
} from '#edition/index';
import {
  type Compared,
  endsOf,
  figureComparer,
  layOut,
  makeWorkspace,
  printedNumber,
  roundingOf,
  runNodes,
  type Scored,
  scoreAndRank,
} from '#scoring/index';

/** What may have been done to get figures that the rules do not give. Each is tried on all figures of a kind. */
export interface Candidate {
  /** As a sentence that begins with what was done: “Fractions were cut off.” */
  readonly what: string;
  /** A plainer candidate that says the same of most figures: this one is none unless it accounts for more. */
  readonly plainer?: Candidate | undefined;
  /** Whether a figure is what doing so gives. */
  agrees(figure: PublishedFigure): Compared['holds'];
}

/**
 * The candidates for figures on some measures.
 * @param others figures as another file of the release has them
 */
export function candidatesFor(
  scored: Scored,
  measures: readonly Measure[],
  others: readonly PublishedFigure[],
): Candidate[] {
  const rounded = roundings(scored);
  return [
    ...rounded,
    truncatedDoubles(scored, rounded[0]),
    ...otherAnswers(scored),
    ...leftOutParts(scored, measures),
    ...roundedLevels(scored),
    ...equalWeights(scored),
    ...flatServices(scored),
    ...otherFile(scored, others),
  ];
}

/** The same edition under other rules or answers, scored again. */
function varied(what: string, edition: Edition): Candidate {
  let compare: ReturnType<typeof figureComparer> | undefined;
  return {
    what,
    agrees: (figure) => {
      compare ??= figureComparer(scoreAndRank(edition));
      return compare(figure).holds;
    },
  };
}

function withMethodology(edition: Edition, change: Partial<Methodology>): Edition {
  return { ...edition, methodology: { ...edition.methodology, ...change } };
}

function roundings({ edition, scores, ranks }: Scored): Candidate[] {
  const words: Readonly<Record<Rounding['rule'], string>> = {
    floor: 'Fractions were cut off instead of rounded.',
    'half-even': 'Halves were rounded to the even neighbour.',
    'half-up': 'Halves were rounded away from zero.',
  };
  const { rounding, measures } = edition.methodology;
  const others = (['floor', 'half-even', 'half-up'] as const).map((rule): Candidate => {
    const other = withMethodology(edition, {
      rounding: { ...rounding, rule },
      measures: measures.map((measure) =>
        measure.rounding ? { ...measure, rounding: { ...measure.rounding, rule } } : measure,
      ),
    });
    const compare = figureComparer({ edition: other, scores, ranks });
    return { what: words[rule], agrees: (figure) => compare(figure).holds };
  });
  const halfDown: Candidate = {
    what: 'Halves were rounded down.',
    agrees: ({ unit, measure, value }) => {
      const score = scores.of(unit, measure);
      if (score?.kind !== 'interval' || !score.low.equals(score.high)) return false;
      return isPrinted(value, (digits) => roundedHalfDown(score.low, digits), edition, measure);
    },
  };
  return [...others, halfDown];
}

/** Whether a number was printed so, with its own digits or those of the rules. */
function isPrinted(
  printed: string,
  at: (digits: number) => Fraction,
  { methodology }: Edition,
  measure: string,
): boolean {
  const number = printedNumber(printed);
  if (!number) return false;
  const digits = Math.max(number.digits, roundingOf(methodology, measure).digits);
  return at(Math.min(digits, 12)).equals(number.value);
}

function roundedHalfDown(value: Fraction, digits: number): Fraction {
  const scale = fraction(10n ** BigInt(digits));
  const up = value.abs().mul(scale).sub(fraction(1n, 2n)).ceil();
  return (value.s < 0n ? up.neg() : up).div(scale);
}

/** Scores in doubles as a program adds them up, cut off: 0.29 × 100 is 28.999999999999996, and printed 28. */
function truncatedDoubles({ edition, scores }: Scored, plainer: Candidate | undefined): Candidate {
  let run: ((unit: string, measure: string) => number | undefined) | undefined;
  return {
    what: 'Sums of binary fractions were cut off.',
    plainer,
    agrees: ({ unit, measure, value }) => {
      run ??= doublesOf({ edition, scores });
      const score = scores.of(unit, measure);
      const double = run(unit, measure);
      if (double === undefined || score?.kind !== 'interval' || !score.low.equals(score.high)) return false;
      const cut = (digits: number) => fraction(Math.floor(double * 10 ** digits)).div(10 ** digits);
      return isPrinted(value, cut, edition, measure);
    },
  };
}

function doublesOf({ edition, scores }: Pick<Scored, 'edition' | 'scores'>) {
  const model = layOut(edition, scores.plan);
  const workspace = makeWorkspace(model, 'value');
  runNodes(model, {}, workspace);
  const companies = new Map(edition.companies.map(({ id }, place) => [id, place]));
  const services = new Map(edition.services.map(({ id }, place) => [id, place]));
  return (unit: string, measure: string): number | undefined => {
    const isCompany = companies.has(unit);
    const node = scores.plan.nodeOf(measure, isCompany ? 'company' : 'service');
    const place = (isCompany ? companies : services).get(unit);
    return node && place !== undefined ? endsOf(workspace, node.index).low[place] : undefined;
  };
}

/** What does not apply, or nobody assessed, counted otherwise. */
function otherAnswers({ edition }: Scored): Candidate[] {
  const { codes } = edition.answers;
  const { scales } = edition.methodology;
  const isZero = scales.every((scale) => (scale['no-evidence'] ?? '0') === '0');
  const counted = (from: number, to: number, change: Partial<Methodology>): Edition => ({
    ...withMethodology(edition, change),
    answers: { ...edition.answers, codes: codes.map((code) => (code === from ? to : code)) },
  });
  const withZero = { scales: scales.map((scale) => ({ ...scale, 'no-evidence': '0' })) };
  const found: Candidate[] = [];
  if (codes.includes(CODE.NOT_APPLICABLE)) {
    if (isZero)
      found.push(
        varied(
          'What does not apply was counted as 0.',
          counted(CODE.NOT_APPLICABLE, CODE.NO_EVIDENCE, withZero),
        ),
      );
    found.push(
      varied(
        'What does not apply was counted as missing.',
        counted(CODE.NOT_APPLICABLE, CODE.NOT_ASSESSED, {}),
      ),
    );
  }
  if (codes.includes(CODE.NOT_ASSESSED)) {
    if (isZero)
      found.push(
        varied(
          'What nobody assessed was counted as 0.',
          counted(CODE.NOT_ASSESSED, CODE.NO_EVIDENCE, withZero),
        ),
      );
    found.push(
      varied('What nobody assessed was left out.', counted(CODE.NOT_ASSESSED, CODE.NOT_APPLICABLE, {})),
    );
  }
  return found;
}

/** So many measures and parts are tried. */
const MOST_MEASURES = 3;
const MOST_PARTS = 40;

function leftOutParts({ edition }: Scored, measures: readonly Measure[]): Candidate[] {
  if (measures.length > MOST_MEASURES) return [];
  const combined = combinedBy(edition.methodology);
  return measures.flatMap((measure) => {
    const parts = combined.get(measure.id) ?? [];
    if (parts.length < 2 || parts.length > MOST_PARTS) return [];
    return parts.map((part) =>
      varied(
        `“${part.id}” was left out of “${measure.id}”.`,
        withMethodology(edition, {
          measures: edition.methodology.measures.map((own) =>
            own.id === measure.id
              ? withParts(
                  own,
                  parts.filter((other) => other !== part).map(({ id }) => id),
                )
              : own,
          ),
        }),
      ),
    );
  });
}

function withParts({ of: _, 'weights-sum': __, ...measure }: Measure, combines: string[]): Measure {
  return { ...measure, combines };
}

/** Each level of branches rounded before it is combined. */
function roundedLevels({ edition }: Scored): Candidate[] {
  const { measures } = edition.methodology;
  const depths = new Map<string, number>();
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const depthOf = (measure: Measure): number => {
    const known = depths.get(measure.id);
    if (known !== undefined) return known;
    const parent = measure.parent === undefined ? undefined : byId.get(measure.parent);
    const depth = parent ? depthOf(parent) + 1 : 0;
    depths.set(measure.id, depth);
    return depth;
  };
  const levels = Map.groupBy(
    measures.filter((measure) => measure.combine && !measure.rounded && depthOf(measure) > 0),
    depthOf,
  );
  return [...levels.values()].map((level) => {
    const [first] = level;
    const name = level.length === 1 ? `“${first?.id}”` : `measures such as “${first?.id}”`;
    const own = new Set(level);
    return varied(
      `Scores on ${name} were rounded before they were combined.`,
      withMethodology(edition, {
        measures: measures.map((measure) => (own.has(measure) ? { ...measure, rounded: true } : measure)),
      }),
    );
  });
}

function equalWeights({ edition }: Scored): Candidate[] {
  const { measures } = edition.methodology;
  const plain = { 'weighted-mean': 'mean', 'weighted-sum': 'sum' } as const;
  const isWeighed = ({ combine }: Measure) => combine === 'weighted-mean' || combine === 'weighted-sum';
  if (!measures.some(isWeighed)) return [];
  return [
    varied(
      'All weights were taken alike.',
      withMethodology(edition, {
        measures: measures.map((measure) =>
          measure.combine === 'weighted-mean' || measure.combine === 'weighted-sum'
            ? { ...measure, combine: plain[measure.combine] }
            : measure,
        ),
      }),
    ),
  ];
}

/** Services that are part of another counted for themselves. */
function flatServices({ edition }: Scored): Candidate[] {
  const wholes = new Set(edition.services.map((service) => service.part_of));
  if (wholes.size < 2) return [];
  const kindOf = (service: Edition['services'][number]): string => {
    const whole = edition.services.find(({ id }) => id === service.part_of);
    return whole ? kindOf(whole) : service.kind;
  };
  const services = edition.services.map((service) => ({
    ...service,
    // What has parts is asked nothing, and has no score of its own.
    kind: kindOf(service),
    part_of: '' as const,
  }));
  return [
    varied('Services that are part of another were counted for themselves, all alike.', {
      ...edition,
      services,
    }),
  ];
}

/** Another file of the release has figures that are as the rules give them. */
function otherFile(scored: Scored, others: readonly PublishedFigure[]): Candidate[] {
  if (others.length === 0) return [];
  const compare = figureComparer(scored);
  return [
    {
      what: `Another file of the release has other figures (${[...new Set(others.map(({ where }) => where))].join(', ')}).`,
      agrees: (figure) => {
        const other = others.find(
          ({ unit, measure, figure: kind }) =>
            unit === figure.unit && measure === figure.measure && kind === figure.figure,
        );
        return compare(other ?? figure).holds;
      },
    },
  ];
}
