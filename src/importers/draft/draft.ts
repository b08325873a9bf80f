import { idMaker } from '../ids.ts';
import { ImportError } from '../import-error.ts';
import type { SourceFile } from '../source-files.ts';
import { tablesIn } from './look.ts';
import { type DraftPlan, type DraftTable, planOf } from './plan.ts';
import { NAMES, type Role } from './roles.ts';
import type { DraftScale } from './scales.ts';

/**
 * Looks at tables and writes a first mapping: what it takes for units, measures, answers and figures, and why, in comments for the person who
 * mends it.
 * @throws ImportError if there is no table in them
 */
export async function draftMapping(files: readonly SourceFile[]): Promise<string> {
  const looked = (await Promise.all(files.filter(({ name }) => TABLE.test(name)).map(tablesIn))).flat();
  if (looked.length === 0)
    throw new ImportError(
      `${files.map(({ name }) => `“${name}”`).join(', ')}: no table was found, that is a heading of two columns or more with rows below it.`,
    );
  const plan = planOf(looked);
  const name = (files[0]?.name ?? '').replace(/^.*\//, '').replace(/\.\w+$/, '');
  return [
    '# A first mapping, made by looking at the tables. Read what stands behind each #, mend what is wrong, and import:',
    '#   assay import table TABLES FOLDER --mapping THIS-FILE',
    '# docs/importing.md says what else a mapping can say.',
    `edition: { id: ${idMaker()(name)}, title: ${text(name)} } # mend both`,
    '# own: true # if the tables are your own, and not a publisher’s release',
    ...methodLines(plan),
    ...leafLines(plan),
    ...unitLines(plan),
    'tables:',
    ...plan.tables.flatMap(tableLines),
    ...(plan.states.size > 0
      ? [
          `values: { ${[...plan.states].map(([word, state]) => `${text(word)}: ${state}`).join(', ')} } # words that are no answers; perhaps they mean not-assessed, or no-evidence`,
        ]
      : []),
    '',
  ].join('\n');
}

function leafLines(plan: DraftPlan): string[] {
  const { isLong, scales, listed } = plan;
  if (!isLong) return [];
  const scale = scales[0]?.id ?? 'scale';
  if (!listed)
    return [
      `leaves: { parent: total, scale: ${scale} } # every measure that the rows name becomes a leaf; “from” names a table that lists them`,
    ];
  const columns = listed.roles.map(({ column }) => column);
  const weight = weightIn(plan);
  const question = columns
    .filter(({ isNumeric }) => !isNumeric)
    .toSorted((one, other) => other.length - one.length)[0];
  const section = columns.find(({ name }) => NAMES.section.test(name));
  return [
    'leaves: # measures that a table lists',
    '  parent: total',
    `  scale: ${scale}`,
    '  from:',
    ...[
      ...placeOf(listed),
      `id: ${text(columnIn(listed.roles, 'unit') ?? '')} # what the rows of the other table name`,
      ...(question ? [`question: ${text(question.name)}`] : []),
      ...(weight ? [`weight: ${text(weight.name)}`] : []),
      ...(section
        ? [
            `# parent: ${text(section.name)} # add what stands there to the measures of “method” as branches: ${[...section.values.keys()].slice(0, 6).join(', ')}`,
          ]
        : []),
    ].map((line) => `    ${line}`),
  ];
}

const TABLE = /\.(?:csv|tsv|tab|txt|xls[xmb]?|ods)$/i;
/** A text as YAML reads it, whatever stands in it; plain where it can be. */
const text = (value: string) =>
  /^[\p{L}][\p{L}\p{Nd} _./-]*$/u.test(value) &&
  !/^(?:y|n|yes|no|true|false|on|off|null)$/i.test(value) &&
  value === value.trim()
    ? value
    : JSON.stringify(value);

const weightIn = ({ listed }: DraftPlan) =>
  listed?.roles.find(({ column }) => column.isNumeric && NAMES.weight.test(column.name))?.column;

function methodLines(plan: DraftPlan): string[] {
  const { scales, branches, leaves, total, isLong } = plan;
  const weight = weightIn(plan);
  const rule =
    weight !== undefined
      ? `by the weights in the column “${weight.name}”`
      : total.column === undefined
        ? 'no total was found; the mean is a guess'
        : total.matched > 0
          ? `gives ${total.matched} of ${total.of} of the column “${total.column}”`
          : `no rule that was tried gives the column “${total.column}”; the mean is a guess`;
  return [
    'method:',
    '  scales:',
    ...(scales.length > 0
      ? scales.flatMap((scale) => scaleLines(scale, total.factor))
      : [
          '    - { id: scale, kind: number, min: 0, max: 100 } # no column was found that holds answers: name them under “answers”, and their measures below',
        ]),
    '  measures:',
    `    - { id: total, name: Total, combine: ${weight ? 'weighted-mean' : total.combine} } # ${rule}`,
    ...branches.map(
      ({ id, name }) =>
        `    - { id: ${id}, parent: total, name: ${text(name)}, combine: ${total.combine} } # stands above the heading, over several columns`,
    ),
    ...(isLong
      ? []
      : leaves.map(
          ({ id, parent, name, scale, why }) =>
            `    - { id: ${id}, parent: ${parent}, name: ${text(name)}, scale: ${scale} } # ${why}`,
        )),
    `  rounding: { rule: half-up, digits: ${total.digits} }`,
    '  ranking: { measure: total, basis: exact, ties: competition }',
  ];
}

function scaleLines({ id, kind, min, max, answers }: DraftScale, factor: number): string[] {
  if (kind === 'number')
    return [
      `    - { id: ${id}, kind: number, min: ${min}, max: ${max} } # wide enough for what stands there; mend the ends`,
    ];
  return [
    `    - id: ${id}`,
    '      kind: options',
    '      answers: # the points are a guess: mend them',
    ...answers.map(
      ({ answer, name, points }) =>
        `        - { answer: ${text(answer)}, points: ${points * factor}, name: ${text(name)} }`,
    ),
  ];
}

const placeOf = ({ table }: DraftTable): string[] => [
  `file: ${text(table.file)}`,
  ...(table.sheet === undefined ? [] : [`sheet: ${text(table.sheet)}`]),
  ...(table.skip > 0 ? [`skip: ${table.skip} # rows above the heading`] : []),
  ...(table.heading > 1 ? [`heading: ${table.heading} # rows of the heading`] : []),
];

const columnIn = (roles: readonly Role[], role: Role['role']) =>
  roles.find((own) => own.role === role)?.column.name;

/** A list of units, if one of the tables is one, or says more of them than what they are called. */
function unitLines({ tables }: DraftPlan): string[] {
  const listed = tables.find(({ shape }) => shape === 'units') ?? tables.find(isListToo);
  if (!listed) return [];
  const name = (role: Role['role']) => columnIn(listed.roles, role);
  const names = listed.roles.find(
    ({ column, role }) =>
      role === 'none' && !column.isNumeric && column.values.size === column.filled && column.filled > 0,
  );
  const columns = [
    ...(listed.shape === 'units' && names ? [`name: ${text(names.column.name)}`] : []),
    ...(['group', 'country', 'headquarters'] as const).flatMap((role) =>
      name(role) === undefined ? [] : [`${role}: ${text(name(role) ?? '')}`],
    ),
  ];
  return [
    'units:',
    ...[...placeOf(listed), `id: ${text(name('unit') ?? '')}`, ...columns].map((line) => `  ${line}`),
  ];
}

const isListToo = ({ shape, roles, table }: DraftTable) =>
  shape === 'wide' &&
  table.rows.every((row) => !row.holdsOne()) &&
  roles.some(({ role }) => role === 'group' || role === 'country' || role === 'headquarters');

function tableLines(drafted: DraftTable): string[] {
  const { shape, roles, leftOut, answers, scores, figures } = drafted;
  if (shape === 'units') return [];
  const name = (role: Role['role']) => columnIn(roles, role);
  const line = (key: string, role: Role['role']) => {
    const found = roles.find((own) => own.role === role);
    return found ? [`${key}: ${text(found.column.name)} # ${found.why}`] : [];
  };
  const across = [
    `measure: ${text(roles[0]?.column.name ?? '')} # questions stand down`,
    'units-across: true # and units across: all other columns',
    ...(figures.length > 0
      ? [
          `rows: { ${figures.map(([row, figure]) => `${text(row)}: ${figure}`).join(', ')} } # published figures`,
        ]
      : []),
  ];
  const wide =
    answers.length > 0 ? ['answers:', ...answers.map(([leaf, column]) => `  ${leaf}: ${text(column)}`)] : [];
  const lines = [
    ...placeOf(drafted),
    ...(shape === 'across'
      ? across
      : [
          ...line('unit', 'unit'),
          ...(shape === 'long' ? [...line('measure', 'measure'), ...line('answer', 'answer')] : wide),
          ...(scores.length > 0
            ? ['scores: # of branches', ...scores.map(([branch, column]) => `  ${branch}: ${text(column)}`)]
            : []),
          ...line('total', 'total'),
          ...line('position', 'position'),
          ...line('grade', 'grade'),
          ...line('note', 'note'),
          ...line('source', 'source'),
        ]),
  ];
  const reason = shape === 'nothing' ? 'no column was found that names units' : leftOut;
  if (reason !== undefined || (name('unit') === undefined && shape !== 'across'))
    return [
      `  # Left out, since ${reason}:`,
      ...lines.map((own, index) => `  # ${index === 0 ? '- ' : '  '}${own}`),
    ];
  const untaken = roles.filter((own) => own.role === 'none' && shape !== 'across');
  return [
    ...lines.map((own, index) => `  ${index === 0 ? '- ' : '  '}${own}`),
    ...untaken.map(({ column, why }) => `    # not taken: ${text(column.name)} (${why})`),
  ];
}
