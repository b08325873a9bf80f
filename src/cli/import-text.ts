import { counted, type UnitNames } from '#edition/index';
import type { Agreement, Imported } from '#importers/index';
import { count, harmless, paint, table, wrap } from './terminal.ts';

/** What an import comes to, and what became of all that was read. */
export interface ImportResult {
  readonly folder: string;
  readonly names: UnitNames;
  readonly companies: number;
  readonly services: number;
  readonly measures: number;
  readonly answers: number;
  readonly withoutReasons: number;
  readonly sources: number;
  readonly published: readonly Agreement[];
  readonly remarks: Imported['remarks'];
  readonly accounts: Imported['accounts'];
  readonly unopened: readonly string[];
  readonly errors: number;
}

export function importText(result: ImportResult): string {
  const held = [
    counted(result.companies, result.names.ranked),
    counted(result.services, result.names.parts),
    count(result.measures, 'measure'),
    count(result.answers, 'answer'),
    count(result.sources, 'source'),
  ].join(', ');
  const bare = result.withoutReasons;
  return [
    '',
    `  ${paint('bold', harmless(result.folder))}`,
    wrap(`${held}.`, '  '),
    ...(bare > 0
      ? [
          wrap(
            `${count(bare, 'scored answer has', 'scored answers have')} no reasons: the tables give none.`,
            '  ',
          ),
        ]
      : []),
    '',
    ...publishedLines(result.published),
    ...result.remarks.map(({ kind, message }) => wrap(`${kind}: ${message}`, '  ')),
    ...(result.remarks.length > 0 ? [''] : []),
    ...accountLines(result),
    ...(result.errors === 0 ? [wrap(nextStep(result), '  '), ''] : []),
  ].join('\n');
}

function publishedLines(published: readonly Agreement[]): string[] {
  if (published.length === 0) return [];
  const rows = published.map(({ where, checked, matched }) => [
    where,
    matched.toLocaleString('en'),
    checked.toLocaleString('en'),
  ]);
  const columns = [
    { title: 'Published figures' },
    { title: 'As the rules give', align: 'right' as const },
    { title: 'Of', align: 'right' as const },
  ];
  return [table(columns, rows), ''];
}

/** Of more tables than this only the sum is told. */
const MOST_TABLES = 12;
const MOST_FILES = 20;
const MOST_COLUMNS = 12;

/** Every cell that holds something: of the heading, used, or passed over, and why. The numbers add up. */
function accountLines({ accounts, unopened }: ImportResult): string[] {
  if (accounts.length === 0) return [];
  const total = (of: (account: Imported['accounts'][number]) => number) =>
    accounts.reduce((sum, account) => sum + of(account), 0);
  const number = (value: number) => value.toLocaleString('en');
  const whys = reasonsOf(accounts);
  const [cells, heading, used] = [
    total((own) => own.cells),
    total((own) => own.heading),
    total((own) => own.used),
  ];
  const inTables = accounts.length === 1 ? harmless(placeOf(accounts[0])) : count(accounts.length, 'table');
  return [
    wrap(
      `${count(cells, 'cell')} that hold something, in ${inTables}: ${number(heading)} of headings, ${number(used)} used, ${number(cells - heading - used)} passed over.`,
      '  ',
    ),
    ...[...whys]
      .toSorted(([, one], [, other]) => other - one)
      .map(([why, own]) => wrap(`${harmless(why)}: ${number(own)}`, '    ')),
    ...(accounts.length > 1 && accounts.length <= MOST_TABLES
      ? accounts.map((own) =>
          wrap(
            `${harmless(placeOf(own))}: ${number(own.cells)}, of which ${number(own.used)} used and ${number(own.cells - own.used - own.heading)} passed over`,
            '    ',
          ),
        )
      : []),
    ...(total((own) => own.extras.cells) > 0
      ? [
          wrap(
            `${count(
              total((own) => own.extras.cells),
              'cell is',
              'cells are',
            )} linked or commented on: ${number(total((own) => own.extras.taken))} became sources and notes.`,
            '  ',
          ),
        ]
      : []),
    ...(unopened.length > 0
      ? [
          wrap(
            `Not read at all: ${unopened.slice(0, MOST_FILES).map(harmless).join('; ')}${unopened.length > MOST_FILES ? `; and ${unopened.length - MOST_FILES} more` : ''}.`,
            '  ',
          ),
        ]
      : []),
    '',
  ];
}

/** How many cells were passed over for each reason; columns that are not asked for are one. */
function reasonsOf(accounts: Imported['accounts']): Map<string, number> {
  const whys = new Map<string, number>();
  const columns = new Set<string>();
  let unasked = 0;
  for (const { why, cells } of accounts.flatMap(({ passed }) => passed)) {
    const column = /^column (“.*”), which is not asked for$/s.exec(why)?.[1];
    if (column === undefined) whys.set(why, (whys.get(why) ?? 0) + cells);
    else {
      columns.add(column);
      unasked += cells;
    }
  }
  if (unasked === 0) return whys;
  const named = [...columns].slice(0, MOST_COLUMNS).join(', ');
  const more = columns.size > MOST_COLUMNS ? ` and ${columns.size - MOST_COLUMNS} more` : '';
  const noun = columns.size === 1 ? 'a column that is' : 'columns that are';
  return whys.set(`${noun} not asked for (${named}${more})`, unasked);
}

const placeOf = (account: Imported['accounts'][number] | undefined): string =>
  account?.sheet === undefined ? (account?.file ?? '') : `${account.file}, sheet “${account.sheet}”`;

/** It holds only once a person has explained every figure that deviates. */
function nextStep({ folder, published }: ImportResult): string {
  const deviating = published.reduce((sum, { checked, matched }) => sum + checked - matched, 0);
  if (deviating === 0) return `It holds. Next: assay verify ${folder}`;
  return `${count(deviating, 'published figure is', 'published figures are')} not what the rules give, and nobody has explained ${deviating === 1 ? 'it' : 'them'}. Next: assay verify ${folder}`;
}
