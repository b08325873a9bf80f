import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { makeFolder } from '#edition/folder';
import { Exit } from '../open.ts';
import { write, writeJson } from '../terminal.ts';

const TEMPLATE = fileURLToPath(new URL('../../../templates/edition', import.meta.url));

export function newCommand(): Command {
  return new Command('new')
    .description('make a small edition with comments, to begin one of your own')
    .argument('<folder>', 'folder to make; it must be empty or not exist')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay new my-index/2026\n  $ assay check my-index/2026 && assay rank my-index/2026',
    )
    .action((folder: string, options: { json?: boolean }) => {
      if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
        throw new Exit(2, `“${folder}” is there already and not an empty folder; nothing was written.`);
      makeFolder(folder);
      cpSync(TEMPLATE, folder, { recursive: true });
      nameEdition(folder);
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => statSync(join(folder, file)).isFile())
        .toSorted();
      if (options.json) writeJson({ folder, files });
      else
        write(
          `A small edition is in ${folder}: ${files.length} files with comments.\nNext: assay check ${folder}, then assay rank ${folder}.`,
        );
    });
}

/** The id of the edition comes from its path: councils → councils; where that is a year, with what is above it: my-index/2026 → my-index-2026. */
function nameEdition(folder: string): void {
  const path = resolve(folder);
  const own = basename(path);
  const id = (/^\d+$/.test(own) ? `${basename(resolve(path, '..'))}-${own}` : own)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const file = join(folder, 'edition.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^id: .*$/m, `id: ${id || 'my-index'}`));
}
