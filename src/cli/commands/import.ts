import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readEdition, writeEdition } from '#edition/folder';
import { isError, unitNames } from '#edition/index';
import {
  agreements,
  draftTables,
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
import { type ImportResult, importText } from '../import-text.ts';
import { Exit, problemList } from '../open.ts';
import { complain, count, harmless, write, writeJson } from '../terminal.ts';
import { importAnswersCommand } from './import-answers.ts';

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
  command.addCommand(tableCommand());
  command.addCommand(importAnswersCommand());
  return command;
}

interface TableOptions extends Options {
  readonly mapping?: string;
  readonly own?: true;
  readonly draft?: true;
}

function tableCommand(): Command {
  return new Command('table')
    .description('any long or wide tables, CSV or spreadsheets, by a mapping file (docs/importing.md)')
    .argument(
      '<paths...>',
      'the tables (folder, ZIP archive or file), and the folder to write; with --draft, tables only',
    )
    .option('--mapping <file>', 'what stands in which column, and what it means')
    .option('--draft', 'look at the tables, and print a first mapping with comments')
    .option('--own', 'the tables are your own, and no publisher’s release')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ assay import table --draft scores.xlsx > mapping.yaml
  $ assay import table tables/ my-index/2024 --mapping mapping.yaml`,
    )
    .action(async (paths: readonly string[], options: TableOptions) => {
      if (options.draft) return write((await draftTables(paths).catch(inWords)).trimEnd());
      const [source = '', folder, ...more] = paths;
      const { mapping } = options;
      if (folder === undefined || more.length > 0)
        throw new Exit(
          2,
          'Give the tables and the folder to write: assay import table TABLES FOLDER --mapping FILE.',
        );
      if (mapping === undefined)
        throw new Exit(
          2,
          `Say with --mapping what stands where. “assay import table --draft ${source}” writes a first mapping.`,
        );
      if (!existsSync(mapping)) throw new Exit(2, `There is no mapping “${mapping}”.`);
      return run(folder, options, (progress) =>
        importTables(source, mapping, progress, options.own ?? false),
      );
    });
}

/** What a person gave is wrong: said in words, without a trace. */
function inWords(error: unknown): never {
  if (error instanceof MappingError) complain(problemList(error.problems));
  if (error instanceof MappingError || error instanceof ImportError) throw new Exit(2, error.message);
  throw error;
}

async function run(
  folder: string,
  options: Options,
  read: (progress: Progress) => Promise<Imported[]>,
): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Exit(2, `“${folder}” is not empty. Give a folder that does not exist yet.`);
  const imported = await read(showProgress).catch(inWords);
  const results = imported.map((one) => finish(one, join(folder, one.folder)));
  if (options.json) writeJson(results.map(({ names: _, ...result }) => result));
  else write(results.map(importText).join('\n'));
  const refused = results.filter(({ errors }) => errors > 0);
  if (refused.length > 0)
    throw new Exit(
      1,
      `Nothing was written to ${refused.map((one) => `“${one.folder}”`).join(', ')}, since what would stand there does not hold; the messages above say why. Mend the tables or the mapping, and import again.`,
    );
}

const showProgress: Progress = (what, rows) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${harmless(what)}: ${count(rows, 'row')}`);
};

/** Writes an edition beside its place and holds it against all rules; only what holds is put there. Says how its published figures fare. */
function finish(imported: Imported, folder: string): ImportResult {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const beside = `${folder.replace(/[\\/]+$/, '')}.being-written-${process.pid}`;
  try {
    writeEdition(imported.edition, beside);
    const errors = readEdition(beside).problems.filter(isError);
    if (errors.length > 0) complain(problemList(errors));
    const verified = errors.length > 0 ? imported : withVerification(imported);
    if (verified !== imported && errors.length === 0) {
      rmSync(beside, { recursive: true });
      writeEdition(verified.edition, beside);
    }
    if (errors.length === 0) {
      if (existsSync(folder)) rmdirSync(folder);
      renameSync(beside, folder);
    }
    const { edition, remarks, accounts, unopened } = verified;
    return {
      folder,
      names: unitNames(edition.meta),
      companies: edition.companies.length,
      services: edition.services.length,
      measures: edition.methodology.measures.length,
      answers: edition.answers.rows.length,
      withoutReasons: edition.meta['without-reasons'] ?? 0,
      sources: edition.sources.length,
      published: errors.length > 0 ? [] : agreements(scoreAndRank(edition)),
      remarks,
      accounts,
      unopened,
      errors: errors.length,
    };
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
