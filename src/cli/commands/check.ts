import { Command } from 'commander';
import { type FixedFile, fixFolder } from '#edition/folder';
import { counted, type Edition, isError, type Problem, unitNames } from '#edition/index';
import { labelCounts } from '#tables/index';
import { announce, Exit, problemList } from '../open.ts';
import { complain, count, harmless, paint, wrap, write, writeJson } from '../terminal.ts';

export function checkCommand(): Command {
  return new Command('check')
    .description('say everything that does not hold in an edition, with file, line and column')
    .argument('<edition>', 'folder of the edition')
    .option(
      '--fix',
      'first write files as they should be that a spreadsheet saved in its own way, and show what changes',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\ndocs/rules.md lists all rules. Ends with 1 if there are errors; warnings alone end with 0.\n\nExample:\n  $ assay check editions/message-privacy/2016',
    )
    .action(async (folder: string, options: { json?: boolean; fix?: true }) => {
      announce(folder);
      const fixed = options.fix ? fixFolder(folder) : [];
      const { checkEdition } = await import('#evidence/check');
      const { edition, problems } = await checkEdition(folder);
      const errors = problems.filter(isError);
      const warnings = problems.filter((problem) => !isError(problem));
      if (options.json) writeJson({ ...(options.fix ? { fixed } : {}), errors, warnings });
      else {
        if (options.fix) write(fixedText(fixed));
        if (problems.length > 0) complain(problemList([...errors, ...warnings]));
        write(summary(edition, errors, warnings));
      }
      if (errors.length > 0) throw new Exit(1);
    });
}

const MOST_CHANGES = 40;

function fixedText(fixed: readonly FixedFile[]): string {
  if (fixed.length === 0) return 'Nothing had to be written otherwise.';
  return fixed
    .flatMap(({ file, found, changes }) => [
      `${paint('bold', harmless(file))}: ${found.join(', ')}`,
      ...changes
        .slice(0, MOST_CHANGES)
        .map(({ line, what, from, to }) =>
          wrap(harmless(`line ${line}, ${what}: “${from}” → “${to}”`), '  '),
        ),
      ...(changes.length > MOST_CHANGES ? [`  … and ${changes.length - MOST_CHANGES} more`] : []),
    ])
    .join('\n');
}

function summary(
  edition: Edition | undefined,
  errors: readonly Problem[],
  warnings: readonly Problem[],
): string {
  const verdict =
    errors.length > 0
      ? paint(['bold', 'red'], count(errors.length, 'error'))
      : paint(['bold', 'green'], 'no errors');
  const first = `${verdict}, ${count(warnings.length, 'warning')}.`;
  if (!edition)
    return `${first} Claims and published figures were not checked, since the edition cannot be scored yet.`;
  const claims = edition.findings.reduce((sum, finding) => sum + finding.claims.length, 0);
  const held = [
    counted(edition.companies.length, unitNames(edition.meta).ranked),
    counted(edition.services.length, unitNames(edition.meta).parts),
    count(edition.answers.rows.length, 'answer'),
    count(edition.sources.length, 'source'),
    `${count(claims, 'claim')} in ${count(edition.findings.length, 'finding')}`,
    count(edition.published.length, 'published figure'),
  ];
  const { quoted, captured, cited } = labelCounts(edition);
  const evidence =
    edition.evidence.captures.length === 0
      ? 'No source is captured: citations are only cited, and nobody can prove what an address showed.'
      : `Citations: ${quoted} quoted, ${captured} captured, ${cited} only cited.`;
  return `${first}\n${wrap(`${edition.meta.title}: ${held.join(', ')}.`)}\n${wrap(evidence)}`;
}
