import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { makeFolder, writeEdition } from '#edition/folder';
import { type Edition, type NextName, nextEdition } from '#edition/index';
import { Exit, openEdition } from '../open.ts';
import { write, writeJson } from '../terminal.ts';

const TEMPLATE = fileURLToPath(new URL('../../../templates/edition', import.meta.url));

export function newCommand(): Command {
  return new Command('new')
    .description(
      'make a small edition with comments, to begin one of your own; or the next of one that there is',
    )
    .argument('<folder>', 'folder to make; it must be empty or not exist')
    .option(
      '--from <edition>',
      'begin the next edition of this one: methodology, units, sources and texts are carried over',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay new my-index/2026\n  $ assay check my-index/2026 && assay rank my-index/2026\n  $ assay new --from my-index/2026 my-index/2027',
    )
    .action((folder: string, options: { json?: boolean; from?: string }) => {
      if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
        throw new Exit(2, `“${folder}” is there already and not an empty folder; nothing was written.`);
      const before = options.from === undefined ? undefined : openEdition(options.from);
      if (before) writeEdition(nextEdition(before, nameOf(folder, before)), folder);
      else {
        makeFolder(folder);
        cpSync(TEMPLATE, folder, { recursive: true });
        nameEdition(folder);
      }
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => statSync(join(folder, file)).isFile())
        .toSorted();
      if (options.json) writeJson({ folder, files });
      else
        write(
          before
            ? `The next edition is in ${folder}: ${files.length} files. Methodology, units, sources and texts are those of ${before.meta.id}; “assay check” names what nobody has looked at since. Answers, reasons, letters, findings and figures are empty.\nNext: assay check ${folder}, then assay status ${folder}.`
            : `A small edition is in ${folder}: ${files.length} files with comments.\nNext: assay check ${folder}, then assay rank ${folder}.`,
        );
    });
}

/** The id of the edition comes from its path: councils → councils; where that is a year, with what is above it: my-index/2026 → my-index-2026. */
function idOf(folder: string): string {
  const path = resolve(folder);
  const own = basename(path);
  const id = (/^\d+$/.test(own) ? `${basename(resolve(path, '..'))}-${own}` : own)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return id || 'my-index';
}

function nameEdition(folder: string): void {
  const file = join(folder, 'edition.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^id: .*$/m, `id: ${idOf(folder)}`));
}

/** The title with the year of the folder, if both have one. */
function nameOf(folder: string, { meta }: Edition): NextName {
  const year = /\d{4}/.exec(basename(resolve(folder)))?.[0];
  const id = idOf(folder);
  if (id === meta.id)
    throw new Exit(
      2,
      `The folder “${folder}” would give the edition the id of the one before, “${id}”. Give another name.`,
    );
  return { id, title: year === undefined ? meta.title : meta.title.replace(/\b(?:19|20)\d\d\b/, year) };
}
