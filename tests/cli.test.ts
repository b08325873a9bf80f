import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smallEdition, temporaryFolder } from './folders.ts';

/** The program as a person runs it, from `dist/` (`npm test` builds it first). */
function assay(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const result = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}
const json = (args: readonly string[]) =>
  JSON.parse(assay([...args, '--json']).out) as Record<string, unknown>;

const SMALL = 'tests/editions/small';

describe('assay rank', () => {
  it('prints the ranking as a table', () => {
    const { code, out } = assay(['rank', SMALL]);
    expect(code).toBe(0);
    expect(out).toContain('   1  North Line   83.3       2      2                   1               0.5\n');
    expect(out).toContain('What this does not say: It does not say that any ferry is safe.');
  });

  it('prints JSON with exact fractions', () => {
    expect(json(['rank', SMALL])).toEqual({
      edition: 'harbour-2026',
      rows: [
        {
          company: 'north',
          name: 'North Line',
          rank: 1,
          exact: '250/3',
          grade: null,
          group: '',
          published: '83.3',
          apart: null,
          scores: { drills: '2', boats: '2', accounts: '1', contact: '1/2' },
        },
        {
          company: 'south',
          name: 'South Line',
          rank: 2,
          exact: '100/3',
          grade: null,
          group: '',
          published: '33.3',
          apart: null,
          scores: { drills: '0', boats: '1', accounts: '0', contact: '1' },
        },
      ],
    });
  });

  it('gives two ranks and two totals where something is not assessed', () => {
    const answers = readFileSync(join(SMALL, 'answers.csv'), 'utf8')
      .replace('north,drills,2', 'north,drills,not-assessed')
      .replace('south-ferry,boats,1', 'south-ferry,boats,not-assessed');
    const { rows } = json([
      'rank',
      smallEdition({ 'answers.csv': answers, 'published.csv': undefined, 'deviations.yaml': undefined }),
    ]) as { rows: Record<string, unknown>[] };
    // At worst North Line has 50, which South Line can just reach: then they share the first place.
    expect(rows.map(({ company, rank, exact, published }) => ({ company, rank, exact, published }))).toEqual([
      { company: 'north', rank: 1, exact: ['50', '250/3'], published: '50.0–83.3' },
      { company: 'south', rank: [1, 2], exact: ['50/3', '50'], published: '16.7–50.0' },
    ]);
  });

  it('is coloured only where that is wanted', () => {
    expect(assay(['rank', SMALL], { env: { NO_COLOR: '', FORCE_COLOR: '1' } }).out).toContain('\u001b[1m');
    expect(assay(['rank', SMALL]).out).not.toContain('\u001b[');
  });

  it('lets nothing in a text reach the terminal', () => {
    const companies = readFileSync(join(SMALL, 'companies.csv'), 'utf8').replace(
      'North Line',
      'North\u001b[31m\u001b]0;x\u0007Line\u202e',
    );
    expect(assay(['rank', smallEdition({ 'companies.csv': companies })]).out).toMatch(/ {2}NorthLine� /);
  });

  it.each(['rank', 'check', 'explain north', 'verify', 'rank --json', 'explain north --json'])(
    'nor one in any other place: %s',
    (line) => {
      const [command = '', ...more] = line.split(' ');
      const files = ['edition.yaml', 'methodology.yaml'].map((name) => {
        const text = readFileSync(join(SMALL, name), 'utf8');
        return [
          name,
          text.replace(
            /^(\s*(?:title|name|text|short): )(?:"[^"]*"|'[^']*'|([^\n"'>|]+))$/gm,
            '$1"$2\\e[2J\\e[8m\\u202e\\x9b2J"',
          ),
        ];
      });
      const { out, err } = assay([command, smallEdition(Object.fromEntries(files)), ...more]);
      expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(out).not.toBe('');
    },
  );
});

describe('assay check', () => {
  it('ends with 0 and says what was checked', () => {
    const { code, out } = assay(['check', SMALL]);
    expect(code).toBe(0);
    expect(out).toContain('no errors, no warnings.');
    expect(out.replace(/\s+/g, ' ')).toContain(
      '2 companies, 3 services, 12 answers, 3 sources, 2 claims in 1 finding, 5 published figures',
    );
  });

  it('ends with 1 and says where the mistakes are', () => {
    const { code, err } = assay(['check', smallEdition({ 'companies.csv': 'id,name\n' })]);
    expect(code).toBe(1);
    expect(err).toContain('companies.csv:1:1  error csv-header');
  });

  it('prints JSON with file, line, column, rule and message', () => {
    const findings = readFileSync(join(SMALL, 'findings.md'), 'utf8').replace('[One]', '[Two]');
    expect(json(['check', smallEdition({ 'findings.md': findings })])).toEqual({
      errors: [
        {
          file: 'findings.md',
          line: 5,
          column: 1,
          rule: 'claim-disagrees',
          message: 'The text says “Two”, but the data give 1. Mend the text, the data, or the query “count”.',
        },
      ],
      warnings: [],
    });
  });

  it('writes nothing into the folder', () => {
    const folder = smallEdition();
    const before = readdirSync(folder, { recursive: true });
    assay(['check', folder]);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });
});

describe('assay verify', () => {
  it('lists the deviations with their explanation', () => {
    const { code, out } = assay(['verify', SMALL]);
    expect(code).toBe(0);
    expect(out).toContain('South Line  total        33      33.3  explained');
    expect(out).toContain('The total was worked out before the letter came.');
  });

  it('prints JSON', () => {
    expect(json(['verify', SMALL])).toEqual({
      checked: 5,
      matched: 4,
      withinInputs: [],
      deviations: [
        {
          unit: 'south',
          measure: 'total',
          figure: 'total',
          published: '33',
          computed: '33.3',
          state: 'explained',
          by: 'Ann Example',
          explained: true,
          explanation: 'The total was worked out before the letter came.',
        },
      ],
      stale: [],
    });
  });

  it('ends with 1 where a deviation is not explained, or an explanation is out of date', () => {
    expect(assay(['verify', smallEdition({ 'deviations.yaml': undefined })]).code).toBe(1);
    const otherValue = readFileSync(join(SMALL, 'deviations.yaml'), 'utf8').replace(
      'computed: "33.3"',
      'computed: "33.4"',
    );
    const { code, out } = assay(['verify', smallEdition({ 'deviations.yaml': otherValue })]);
    expect(code).toBe(1);
    expect(out).toContain('UNEXPLAINED');
    expect(out.replace(/\s+/g, ' ')).toContain('printed 33, computed 33.3, not 33 and 33.4');
    expect(
      assay(['verify', smallEdition({ 'published.csv': 'unit,measure,figure,value,where\n' })]).code,
    ).toBe(1);
  });
});

describe('assay explain', () => {
  it('shows every step from the answers up', () => {
    const { out } = assay(['explain', SMALL, 'south']);
    expect(out.trim().split('\n')).toEqual([
      'South Line, rank 2 of 2 companies',
      '',
      'Overall score total: 33.3',
      '  Safety safety: 0.5, weight 2',
      '    Drills drills: No evidence found, 0 of 2',
      '    Boats boats: 1.0',
      '      South Ferry: Partly met, 1 of 2',
      '      South Bus: Not applicable, left out',
      '      = mean of the services 1 of at most 2',
      '    = mean 0.5 of at most 2',
      '  Openness openness: 1.0, weight 1',
      '    Accounts published accounts: No, 0 of 1',
      '    Somebody answers contact: Yes, 1 of 1',
      '    = sum 1 of at most 2',
      '    = falls into “Ajar”: 1',
      '  = weighted mean 0.6667… (2/3) of at most 2',
      '  = as a share of that maximum, times 100: 33.3333… (100/3)',
      '  ≈ printed 33.3 (half-up, to 1 digit)',
    ]);
  });

  it('gives the meaning and the reasons of one answer', () => {
    const { out } = assay(['explain', SMALL, 'north', 'drills']);
    expect(out).toContain('What Met means: Everything was found.');
    expect(out).toContain('Drills are held every month and reported [@harbour-report, pp. 2-3].');
  });

  it('prints JSON', () => {
    const derivation = json(['explain', SMALL, 'north', 'openness']);
    expect(derivation).toMatchObject({
      unit: 'north',
      measure: 'openness',
      exact: '1',
      maximum: '2',
      by: {
        kind: 'combined',
        rule: 'sum',
        parts: [
          { derivation: { measure: 'accounts', exact: '1' } },
          { derivation: { measure: 'contact', exact: '1/2' } },
        ],
      },
    });
  });

  it('ends with 2 for what does not exist, and says what was perhaps meant', () => {
    expect(assay(['explain', SMALL, 'nroth']).err).toContain(
      'There is no company or service “nroth”. Did you mean “north”?',
    );
    expect(assay(['explain', SMALL, 'north', 'drils']).err).toContain('Did you mean “drills”?');
    expect(assay(['explain', SMALL, 'north', 'lifeboats'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('recorded, not scored'),
    });
    expect(assay(['explain', SMALL, 'north-ferry', 'total'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not scored for'),
    });
  });
});

describe('assay query', () => {
  it('takes a select as argument or on standard input', () => {
    const sql = "select answer from answers where unit = 'north' and measure = 'drills'";
    expect(assay(['query', SMALL, sql]).out).toContain('  2\n');
    expect(assay(['query', SMALL, '-'], { input: sql }).out).toContain('  1 row\n');
    expect(json(['query', SMALL, sql])).toEqual([{ answer: '2' }]);
  });

  it('ends with 2 where the query fails', () => {
    expect(assay(['query', SMALL, 'drop table answers'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('only select is allowed'),
    });
  });
});

describe('assay export', () => {
  it('writes files and says which', () => {
    const folder = join(temporaryFolder(), 'out');
    expect(json(['export', SMALL, '-o', folder, '-f', 'json'])).toEqual({
      folder,
      files: ['edition.json', 'datapackage.json'],
    });
    expect(existsSync(join(folder, 'datapackage.json'))).toBe(true);
  });

  it('does not write over an edition', () => {
    const folder = smallEdition();
    expect(assay(['export', folder, '-o', folder])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is the folder of an edition'),
    });
    expect(assay(['check', folder]).code).toBe(0);
  });

  it('ends with 2 for a format that does not exist', () => {
    expect(assay(['export', SMALL, '-o', temporaryFolder(), '-f', 'pdf'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no format “pdf”'),
    });
  });
});

describe('assay diff', () => {
  it('finds no difference between an edition and itself', () => {
    const { out } = assay(['diff', SMALL, SMALL]);
    expect(out).toContain('8 the same, 0 reworded, 0 changed (not comparable), 0 added, 0 removed');
    expect(out).toContain('Answers: no differences');
  });

  it('shows changed answers, scores and ranks', () => {
    const answers = readFileSync(join(SMALL, 'answers.csv'), 'utf8')
      .replace('north,drills,2', 'north,drills,0')
      .replace('north-ferry,boats,2', 'north-ferry,boats,0')
      .replace('north,accounts,yes', 'north,accounts,no');
    const changed = smallEdition({
      'answers.csv': answers,
      'published.csv': undefined,
      'deviations.yaml': undefined,
    });
    const diff = json(['diff', SMALL, changed]) as { answers: unknown[]; ranks: unknown[] };
    expect(diff.answers).toHaveLength(3);
    expect(diff.ranks).toEqual([
      { company: 'north', before: 1, after: 2 },
      { company: 'south', before: 2, after: 1 },
    ]);
  });

  it('compares only what is like for like', () => {
    const methodology = readFileSync(join(SMALL, 'methodology.yaml'), 'utf8')
      .replace('points: 0.5', 'points: 0.25')
      .replace('question: Are drills held, and reported?', 'question: Are drills held?');
    const diff = json([
      'diff',
      SMALL,
      smallEdition({
        'methodology.yaml': methodology,
        'published.csv': undefined,
        'deviations.yaml': undefined,
      }),
    ]) as { measures: { measure: string; status: string }[]; ranksComparable: boolean };
    expect(Object.fromEntries(diff.measures.map(({ measure, status }) => [measure, status]))).toEqual({
      total: 'changed',
      safety: 'same',
      drills: 'reworded',
      boats: 'same',
      lifeboats: 'same',
      openness: 'changed',
      accounts: 'changed',
      contact: 'changed',
    });
    expect(diff.ranksComparable).toBe(false);
  });
});

describe('assay new', () => {
  it('makes an edition that holds and ranks', () => {
    const folder = join(temporaryFolder(), 'my-index', '2026');
    expect(assay(['new', folder]).code).toBe(0);
    expect(json(['check', folder])).toEqual({ errors: [], warnings: [] });
    expect((json(['rank', folder]) as { edition: string }).edition).toBe('my-index-2026');
  });

  it('writes into no folder that holds something', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    expect(assay(['new', folder])).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing was written'),
    });
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });
});

describe('assay schema', () => {
  it('prints JSON Schema of one file or of all', () => {
    expect(json(['schema', 'methodology.yaml'])).toMatchObject({
      title: 'methodology.yaml',
      properties: { scales: { type: 'array' } },
    });
    expect(Object.keys(json(['schema']))).toEqual([
      'edition',
      'methodology',
      'deviations',
      'corrections',
      'translation',
      'sources',
      'mapping',
    ]);
  });
});

describe('what is no edition', () => {
  it.each(['check', 'rank', 'capture'])(
    'is told apart by assay %s: a file, an empty folder, nothing',
    (command) => {
      const folder = temporaryFolder();
      expect(assay([command, 'README.md'])).toMatchObject({
        code: 2,
        err: expect.stringContaining('“README.md” is a file; an edition is a folder of files.'),
      });
      expect(assay([command, folder])).toMatchObject({
        code: 2,
        err: expect.stringContaining(`is empty. “assay new ${folder}” makes an edition there to start from.`),
      });
      expect(assay([command, join(folder, 'nowhere')])).toMatchObject({
        code: 2,
        err: expect.stringContaining('There is no folder'),
      });
    },
  );
});

describe('wrong usage ends with 2', () => {
  it.each([
    [[]],
    [['ranc', SMALL]],
    [['rank']],
    [['rank', SMALL, '--colour']],
    [['rank', 'no/such/folder']],
    [['export', SMALL]],
    [['schema', 'anwsers']],
  ])('assay %s', (args) => {
    const { code, err, out } = assay(args);
    expect(code).toBe(2);
    expect(err + out).not.toBe('');
    expect(err).not.toContain('    at ');
  });

  it('a folder without an edition is an edition with errors', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'README.md'), 'Notes.');
    expect(assay(['rank', folder])).toMatchObject({
      code: 1,
      err: expect.stringContaining('The edition has no edition.yaml'),
    });
  });
});

describe('what the system refuses', () => {
  it.each([
    ['export', [SMALL, '-o', '/dev/null/out']],
    ['export', [SMALL, '-o', '/proc/assay-test']],
    ['new', ['/dev/null/edition']],
    ['new', ['/proc/assay-test']],
  ])('assay %s %j ends with 2 and one line', (command, args) => {
    const { code, err } = assay([command, ...args]);
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('every command', () => {
  const commands = ['check', 'rank', 'explain', 'verify', 'query', 'export', 'diff', 'new', 'schema'];
  it.each(commands)('%s shows an example in its help and knows --json', (command) => {
    const { code, out } = assay([command, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`$ assay ${command}`);
    expect(out).toContain('--json');
  });
});
