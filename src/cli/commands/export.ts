import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { scoreAndRank } from '#scoring/index';
import { Exit, openEdition } from '../open.ts';
import { isWithin } from '../out-folder.ts';
import { complain, paint, write, writeJson } from '../terminal.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('write the edition as CSV, JSON, XLSX and SQLite, with a Data Package')
    .argument('<edition>', 'folder of the edition')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .addOption(
      new Option('-f, --format <formats>', 'csv, json, xlsx, sqlite, separated by commas').default(
        'csv,json,xlsx,sqlite',
      ),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay export editions/message-privacy/2016 -o /tmp/message-privacy',
    )
    .action(async (folder: string, options: { out: string; format: string; json?: boolean }) => {
      const { exportEdition, FORMATS } = await import('#tables/index');
      const wanted = options.format.split(',').map((format) => format.trim());
      const formats = FORMATS.filter((format) => wanted.includes(format));
      const unknown = wanted.find((format) => !FORMATS.some((known) => known === format));
      if (unknown !== undefined)
        throw new Exit(2, `There is no format “${unknown}”; the formats are ${FORMATS.join(', ')}.`);
      refuseOthersFolder(folder, options.out);
      const scored = scoreAndRank(openEdition(folder));
      const progress = process.stderr.isTTY
        ? (file: string) => complain(paint('dim', `  writing ${file}`, process.stderr))
        : undefined;
      const files = await exportEdition(scored, options.out, { formats, ...(progress ? { progress } : {}) });
      if (options.json) writeJson({ folder: options.out, files });
      else write(`${files.length} files in ${options.out}: ${files.join(', ')}.`);
    });
}

/** An export goes into a folder of its own: new, empty, or with an earlier export; never among the files of an edition, or of anybody else. */
function refuseOthersFolder(edition: string, out: string): void {
  if (isWithin(out, edition) || existsSync(join(out, 'edition.yaml')))
    throw new Exit(2, `“${out}” is the folder of an edition, or within it. Give another folder.`);
  if (!existsSync(out)) return;
  if (!statSync(out).isDirectory()) throw new Exit(2, `“${out}” is a file. Give a folder.`);
  if (readdirSync(out).length > 0 && !existsSync(join(out, 'datapackage.json')))
    throw new Exit(
      2,
      `“${out}” holds files, and no datapackage.json of an earlier export. Give a folder that is empty or does not exist.`,
    );
}
