import type { Edition, PublishedFigure } from '#edition/index';
import { type AccountKeeper, accountKeeper, type TableAccount } from './reading/account.ts';

/** What importing gives: editions, and what a person should know about them. */
export interface Imported {
  readonly edition: Edition;
  /** The folder below the one that was asked for; empty for that one itself. */
  readonly folder: string;
  readonly remarks: readonly Remark[];
  /** Published figures as another file of the release has them. */
  readonly others: readonly PublishedFigure[];
  /** What became of every cell of the tables that were read. */
  readonly accounts: readonly TableAccount[];
  /** Files and sheets that lay beside them, of which nothing was read. */
  readonly unopened: readonly string[];
}

/** Something in the data that a person should look at. */
export interface Remark {
  readonly kind: RemarkKind;
  readonly message: string;
}

/** What is looked for in data that comes from elsewhere. */
export const REMARKS = {
  unread: 'Something could not be read, and is not in the edition.',
  doubt: 'Something was read that could be meant otherwise.',
  'files-disagree': 'Two files of one release give different figures for the same thing.',
  'rows-missing': 'Rows are missing where others have them.',
  given: 'A score was published, and none of its parts.',
  doubled: 'The same thing is answered twice.',
  'dangling-reference': 'A source is referred to that is not in the list of sources.',
  'date-as-reference': 'A reference has become a date, or a date stands where something else belongs.',
  parts: 'A total is not what its parts give.',
  cause: 'What was done otherwise than the rules say would account for published figures.',
  weights: 'Weights do not add up.',
} as const;
export type RemarkKind = keyof typeof REMARKS;

/** How far reading has come. */
export type Progress = (what: string, rows: number) => void;

/** Collects remarks; of one kind of message the first few are kept whole, the rest is counted. */
export function collectRemarks() {
  const remarks: Remark[] = [];
  const counts = new Map<string, number>();
  const others: PublishedFigure[] = [];
  const accounts = new Map<string, AccountKeeper>();
  const sheets = new Map<string, readonly string[]>();
  return {
    /** The account of a table, kept from the first time that it is read. */
    accountOf: (file: string, sheet: string | undefined): AccountKeeper => {
      const key = `${file}\n${sheet ?? ''}`;
      const keeper = accounts.get(key) ?? accountKeeper(file, sheet);
      accounts.set(key, keeper);
      return keeper;
    },
    /** Keeps which sheets a workbook has. */
    sheetsOf: (file: string, names: readonly string[]): void => {
      sheets.set(file, names);
    },
    accounts: (): TableAccount[] => [...accounts.values()].map((keeper) => keeper.account()),
    /** Of these files, and of the workbooks among them, what nothing was read of. */
    unopened: (files: readonly string[]): string[] =>
      files
        .filter(isTable)
        .flatMap((file) =>
          (sheets.get(file) ?? [undefined])
            .filter((sheet) => !accounts.has(`${file}\n${sheet ?? ''}`))
            .map((sheet) => (sheet === undefined ? file : `${file}, sheet “${sheet}”`)),
        ),
    /** Keeps a figure as another file has it. */
    addOther: (figure: PublishedFigure): void => {
      others.push(figure);
    },
    others: (): readonly PublishedFigure[] => others,
    add: (kind: RemarkKind, message: string, family: string = kind): void => {
      if (remarks.some((remark) => remark.message === message)) return;
      const count = (counts.get(family) ?? 0) + 1;
      counts.set(family, count);
      if (count <= MOST_OF_A_FAMILY) remarks.push({ kind, message });
    },
    all: (): Remark[] => [
      ...remarks,
      ...[...counts].flatMap(([family, count]): Remark[] =>
        count > MOST_OF_A_FAMILY
          ? [
              {
                kind: remarkKind(family),
                message: `… and ${count - MOST_OF_A_FAMILY} more of the same (${family}).`,
              },
            ]
          : [],
      ),
    ],
  };
}
export type Remarks = ReturnType<typeof collectRemarks>;

const isTable = (file: string) => /\.(?:csv|tsv|tab|txt|xls[xmb]?|ods)$/i.test(file);
const MOST_OF_A_FAMILY = 5;
const remarkKind = (family: string): RemarkKind => {
  const kind = family.split(':')[0] ?? '';
  return Object.hasOwn(REMARKS, kind) ? (kind as RemarkKind) : 'unread';
};
