import { type Answers, CODE, type Edition, type Measure, NO_EVIDENCE } from '#edition/index';

export interface Size {
  readonly companies: number;
  readonly leaves: number;
  /** Into how many branches the leaves are put; 1 makes one weighted mean of them all. */
  readonly branches: number;
}

/** An edition of any size with made-up answers on levels 0–3, 2 % of them not applicable; the same for the same size. */
export function generateEdition({ companies, leaves, branches }: Size): Edition {
  const random = mulberry32(20161021);
  const measures: Measure[] = [{ id: 'total', name: 'Total', combine: 'weighted-mean', 'out-of': '100' }];
  for (let branch = 0; branch < branches; branch++) {
    if (branches > 1)
      measures.push({
        id: `branch-${branch}`,
        parent: 'total',
        name: `Branch ${branch}`,
        combine: 'weighted-mean',
        weight: String(1 + (branch % 3)),
      });
    for (let leaf = branch; leaf < leaves; leaf += branches) {
      measures.push({
        id: `leaf-${leaf}`,
        parent: branches > 1 ? `branch-${branch}` : 'total',
        name: `Leaf ${leaf}`,
        scale: 'level',
        weight: (0.1 + (leaf % 7) / 10).toFixed(1),
      });
    }
  }
  const units = Array.from({ length: companies }, (_, index) => `company-${index}`);
  const names = measures.filter((measure) => measure.scale).map((measure) => measure.id);
  const codes = new Uint16Array(companies * leaves);
  for (let cell = 0; cell < codes.length; cell++) {
    codes[cell] = random() < 0.02 ? CODE.NOT_APPLICABLE : CODE.FIRST_ANSWER + Math.floor(random() * 4);
  }
  return {
    meta: {
      format: 1,
      id: 'generated',
      title: 'Generated',
      licence: 'CC0-1.0',
      languages: ['en'],
      'does-not-say': ['Anything: it is made up.'],
    },
    methodology: {
      scales: [
        {
          id: 'level',
          kind: 'levels',
          answers: [0, 1, 2, 3].map((level) => ({
            answer: String(level),
            points: String(level),
            name: `Level ${level}`,
          })),
        },
      ],
      measures,
      rounding: { rule: 'half-up', digits: 2 },
      ranking: { measure: 'total', basis: 'exact', ties: 'competition' },
    },
    companies: units.map((id) => ({
      id,
      name: `Company ${id.slice(8)}`,
      headquarters: '',
      country: '',
      group: '',
      note: '',
    })),
    services: [],
    answers: { units, leaves: names, codes, numbers: new Map(), rows: rowsOf(companies, leaves) },
    assessments: [],
    sources: Array.from({ length: 50 }, (_, index) => ({
      id: `source-${index}`,
      type: 'webpage',
      title: `Source ${index}`,
      custom: { kind: 'website' as const },
    })),
    correspondence: [],
    prose: {},
    findings: [],
    published: [],
    deviations: [],
    corrections: [],
    quotes: [],
    searches: [],
    evidence: NO_EVIDENCE,
    translations: [],
  };
}

function rowsOf(companies: number, leaves: number): Answers['rows'] {
  const length = companies * leaves;
  return {
    length,
    unit: Int32Array.from({ length }, (_, row) => Math.floor(row / leaves)),
    leaf: Int32Array.from({ length }, (_, row) => row % leaves),
    citations: Array.from({ length }, (_, row) => `source-${row % 50}, p. ${row % 9}`),
    note: Array.from({ length }, (_, row) => `Seen ${row % 28}.`),
  };
}

/** A small seeded generator (mulberry32, public domain): numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
