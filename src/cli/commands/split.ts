import { Command } from 'commander';
import { readEdition, SplitError } from '#edition/folder';
import { Exit, openEdition } from '../open.ts';
import { count, write, writeJson } from '../terminal.ts';

export function splitCommand(): Command {
  return new Command('split')
    .description(
      'give each company and each source files of their own, so that several people can work at once',
    )
    .argument('<edition>', 'folder of the edition')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nanswers.csv, correspondence.csv and searches.csv become a file for each company; sources.json and quotes.yaml a file for each source.\nThe edition says the same afterwards. docs/working-together.md says what for.\n\nExample:\n  $ assay split my-index/2026',
    )
    .action(async (folder: string, options: { json?: boolean }) => {
      const edition = openEdition(folder);
      const { splitEdition } = await import('#evidence/index');
      try {
        const files = splitEdition(folder, edition);
        const { edition: after } = readEdition(folder);
        if (!after) throw new Exit(1, 'The edition does not hold any more. “assay check” says why.');
        if (options.json) writeJson({ folder, files });
        else if (files.length === 0) write('Every file that can stand in parts does so already.');
        else
          write(
            `${count(files.length, 'file')} in the place of those that were one. Next: assay check ${folder}`,
          );
      } catch (error) {
        if (error instanceof SplitError) throw new Exit(2, error.message);
        throw error;
      }
    });
}
