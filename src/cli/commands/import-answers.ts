import { Command } from 'commander';
import { type AnswerPatch, patchedAnswers, readEdition, writePatched } from '#edition/folder';
import { isError } from '#edition/index';
import { ImportError, type ReturnedChange, readReturnedAnswers } from '#importers/index';
import { Exit, openEdition, problemList } from '../open.ts';
import { complain, count, harmless, paint, wrap, write, writeJson } from '../terminal.ts';

interface Options {
  readonly sheet?: string;
  readonly accept?: true;
  readonly only?: readonly string[];
  readonly json?: boolean;
}

export function importAnswersCommand(): Command {
  return new Command('answers')
    .description(
      'take changed answers back from a table that was sent out: “answers” of an export, filled in',
    )
    .argument('<file>', 'spreadsheet or CSV file with unit, measure, answer, citations, note')
    .argument('<edition>', 'folder of the edition')
    .option('--sheet <name>', 'the sheet of a spreadsheet', 'answers')
    .option('--accept', 'write all changes that are listed')
    .option(
      '--only <unit/measure>',
      'write the changes of this answer; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Without --accept or --only nothing is written. Quotes, addresses and sources of the edition stay as they are.

Examples:
  $ assay export my-index/2026 --out out && assay import answers out/edition.xlsx my-index/2026
  $ assay import answers out/edition.xlsx my-index/2026 --only ash/openness`,
    )
    .action(async (file: string, folder: string, options: Options) => {
      const edition = openEdition(folder);
      const { rows, changes, refused } = await readReturnedAnswers(file, edition, options.sheet).catch(
        (error: unknown) => {
          if (error instanceof ImportError) throw new Exit(2, error.message);
          throw error;
        },
      );
      const wanted = options.only && new Set(options.only);
      const known = new Set(changes.map(keyOf));
      for (const key of wanted ?? [])
        if (!known.has(key))
          throw new Exit(2, `Nothing has changed on “${key}”. Write unit/measure, as the list does.`);
      const taken = changes.filter((change) =>
        wanted ? wanted.has(keyOf(change)) : options.accept === true,
      );
      if (taken.length > 0) writeChanges(folder, taken);
      if (options.json) writeJson({ rows, changes, refused, written: taken.length });
      else write(changesText(rows, changes, taken.length));
      if (refused.length > 0) {
        for (const message of refused) complain(harmless(message));
        throw new Exit(1, `${count(refused.length, 'cell')} could not be taken; the messages above say why.`);
      }
    });
}

const keyOf = ({ unit, measure }: ReturnedChange) => `${unit}/${measure}`;

/** Writes the changes; if the edition does not hold with them, it is put back as it was. */
function writeChanges(folder: string, changes: readonly ReturnedChange[]): void {
  const patches = [...Map.groupBy(changes, keyOf).values()].flatMap((own): AnswerPatch[] => {
    const [first] = own;
    return first
      ? [
          {
            unit: first.unit,
            measure: first.measure,
            ...Object.fromEntries(own.map(({ column, is }) => [column, is])),
          },
        ]
      : [];
  });
  const { files } = patchedAnswers(folder, patches);
  writePatched(files);
  const errors = readEdition(folder).problems.filter(isError);
  if (errors.length === 0) return;
  writePatched(files, 'before');
  complain(problemList(errors));
  throw new Exit(
    1,
    'With these changes the edition does not hold, as the messages above say; nothing was written.',
  );
}

const LONGEST = 160;

function changesText(rows: number, changes: readonly ReturnedChange[], written: number): string {
  if (changes.length === 0) return `${count(rows, 'answer')} read: nothing has changed.`;
  const shown = (text: string) =>
    text === '' ? 'nothing' : `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;
  const lines = [...Map.groupBy(changes, keyOf)].flatMap(([key, own]) => [
    `  ${paint('bold', harmless(key))} ${paint('dim', harmless(own[0]?.place ?? ''))}`,
    ...own.map(({ column, was, is }) => wrap(harmless(`${column}: ${shown(was)} → ${shown(is)}`), '    ')),
  ]);
  const last =
    written > 0
      ? `${count(written, 'change')} written.`
      : 'Nothing was written: --accept writes all, --only UNIT/MEASURE those of one answer.';
  return [`${count(rows, 'answer')} read, ${count(changes.length, 'cell')} changed:`, ...lines, last].join(
    '\n',
  );
}
