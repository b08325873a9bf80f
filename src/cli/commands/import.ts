import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readEdition, writeEdition } from '#edition/folder';
import { counted, isError, type UnitNames, unitNames } from '#edition/index';
import {
  type Agreement,
  agreements,
  ImportError,
  type Imported,
  importOpenDataIndex,
  importRdr,
  importTables,
  MappingError,
  type Progress,
  withVerification,
} from '#importers/index';
import { scoreAndRank } from '#scoring/index';
import { Exit, problemList } from '../open.ts';
import { complain, count, harmless, paint, table, wrap, write, writeJson } from '../terminal.ts';

interface Options {
  readonly json?: boolean;
}

export function importCommand(): Command {
  const command = new Command('import').description('make an edition of a published index');
  const kind = (name: string, description: string, example: string) =>
    command
      .command(name)
      .description(description)
      .argument('<source>', 'folder, ZIP archive or file of the release')
      .argument('<folder>', 'where the edition is written; it must not exist, or be empty')
      .option('--json', 'print JSON')
      .addHelpText('after', `\nExample:\n  $ ${example}`);
  kind(
    'rdr',
    'the public CSV release of the Ranking Digital Rights index, in the layout of 2019 or of 2020 and later',
    'assay import rdr 2020RDRIndexCSV.zip rdr/2020',
  ).action((source: string, folder: string, options: Options) =>
    run(folder, options, (progress) => importRdr(source, progress)),
  );
  kind(
    'open-data-index',
    'the tables of the Global Open Data Index: an edition for each year, in folders of their own',
    'assay import open-data-index tables/ open-data-index',
  ).action((source: string, folder: string, options: Options) =>
    run(folder, options, (progress) => importOpenDataIndex(source, progress)),
  );
  kind(
    'table',
    'any long or wide CSV or XLSX tables, by a mapping file (docs/importing.md)',
    'assay import table tables/ my-index/2024 --mapping mapping.yaml',
  )
    .requiredOption('--mapping <file>', 'what stands in which column, and what it means')
    .action((source: string, folder: string, options: Options & { mapping: string }) => {
      if (!existsSync(options.mapping)) throw new Exit(2, `There is no mapping “${options.mapping}”.`);
      return run(folder, options, (progress) => importTables(source, options.mapping, progress));
    });
  return command;
}

async function run(
  folder: string,
  options: Options,
  read: (progress: Progress) => Promise<Imported[]>,
): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Exit(2, `“${folder}” is not empty. Give a folder that does not exist yet.`);
  const imported = await read(showProgress).catch((error: unknown) => {
    if (error instanceof MappingError) complain(problemList(error.problems));
    if (error instanceof MappingError || error instanceof ImportError) throw new Exit(2, error.message);
    throw error;
  });
  const results = imported.map((one) => finish(one, join(folder, one.folder)));
  if (options.json) writeJson(results.map(({ text: _, names: __, ...result }) => result));
  else write(results.map(({ text }) => text).join('\n'));
  if (results.some(({ errors }) => errors > 0))
    throw new Exit(1, 'What was written does not hold yet; the messages above say what to mend.');
}

const showProgress: Progress = (what, rows) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${harmless(what)}: ${count(rows, 'row')}`);
};

/** Writes an edition, holds it against all rules, and says how its published figures fare. */
function finish(imported: Imported, folder: string) {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  writeEdition(imported.edition, folder);
  const errors = readEdition(folder).problems.filter(isError);
  if (errors.length > 0) complain(problemList(errors));
  const verified = errors.length > 0 ? imported : withVerification(imported);
  if (verified.edition.deviations.length > 0) writeEdition(verified.edition, folder);
  const { edition, remarks } = verified;
  const figures = errors.length > 0 ? [] : agreements(scoreAndRank(edition));
  const result = {
    folder,
    names: unitNames(edition.meta),
    companies: edition.companies.length,
    services: edition.services.length,
    measures: edition.methodology.measures.length,
    answers: edition.answers.rows.length,
    sources: edition.sources.length,
    published: figures,
    remarks,
    errors: errors.length,
  };
  return { ...result, text: summary(result) };
}

function summary(result: {
  readonly folder: string;
  readonly names: UnitNames;
  readonly companies: number;
  readonly services: number;
  readonly measures: number;
  readonly answers: number;
  readonly sources: number;
  readonly published: readonly Agreement[];
  readonly remarks: Imported['remarks'];
  readonly errors: number;
}): string {
  const held = [
    counted(result.companies, result.names.ranked),
    counted(result.services, result.names.parts),
    count(result.measures, 'measure'),
    count(result.answers, 'answer'),
    count(result.sources, 'source'),
  ].join(', ');
  const rows = result.published.map(({ where, checked, matched }) => [
    where,
    matched.toLocaleString('en'),
    checked.toLocaleString('en'),
  ]);
  return [
    '',
    `  ${paint('bold', harmless(result.folder))}`,
    wrap(`${held}.`, '  '),
    '',
    ...(rows.length > 0
      ? [
          table(
            [
              { title: 'Published figures' },
              { title: 'As the rules give', align: 'right' },
              { title: 'Of', align: 'right' },
            ],
            rows,
          ),
          '',
        ]
      : []),
    ...result.remarks.map(({ kind, message }) => wrap(`${kind}: ${message}`, '  ')),
    ...(result.remarks.length > 0 ? [''] : []),
    ...(result.errors === 0 ? [wrap(nextStep(result), '  '), ''] : []),
  ].join('\n');
}

/** It holds only once a person has explained every figure that deviates. */
function nextStep({
  folder,
  published,
}: {
  readonly folder: string;
  readonly published: readonly Agreement[];
}): string {
  const deviating = published.reduce((sum, { checked, matched }) => sum + checked - matched, 0);
  if (deviating === 0) return `It holds. Next: assay verify ${folder}`;
  return `${count(deviating, 'published figure is', 'published figures are')} not what the rules give, and nobody has explained ${deviating === 1 ? 'it' : 'them'}. Next: assay verify ${folder}`;
}
