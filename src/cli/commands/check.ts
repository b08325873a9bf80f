import { Command } from 'commander';
import type { ReadResult } from '#edition/folder';
import { type Edition, isError, type Problem } from '#edition/index';
import { scoreAndRank, verify } from '#scoring/index';
import { Exit, problemList, readFolder } from '../open.ts';
import { complain, count, paint, wrap, write, writeJson } from '../terminal.ts';

export function checkCommand(): Command {
  return new Command('check')
    .description('say everything that does not hold in an edition, with file, line and column')
    .argument('<edition>', 'folder of the edition')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\ndocs/rules.md lists all rules. Ends with 1 if there are errors; warnings alone end with 0.\n\nExample:\n  $ assay check editions/message-privacy/2016',
    )
    .action(async (folder: string, options: { json?: boolean }) => {
      const read = readFolder(folder);
      const problems = read.edition
        ? [...read.problems, ...(await problemsOfResults(read, read.edition))]
        : read.problems;
      const errors = problems.filter(isError);
      const warnings = problems.filter((problem) => !isError(problem));
      if (options.json) writeJson({ errors, warnings });
      else {
        if (problems.length > 0) complain(problemList([...errors, ...warnings]));
        write(summary(read.edition, errors, warnings));
      }
      if (errors.length > 0) throw new Exit(1);
    });
}

/** What only shows once the edition is scored: unexplained deviations, and claims that their queries do not bear out. */
async function problemsOfResults(read: ReadResult, edition: Edition): Promise<Problem[]> {
  const { deviations, stale } = verify(scoreAndRank(edition));
  const unexplained = deviations
    .filter((deviation) => !deviation.explained)
    .map(({ index, unit, measure, figure, published, computed }): Problem => {
      const message = `The ${figure} of “${unit}” on “${measure}” is printed ${published}, but the rules give ${computed}. Look at it, then explain it in deviations.yaml.`;
      return { ...read.publishedAt(index), rule: 'deviation-unexplained', message };
    });
  const outdated = stale.map(
    ({ deviation, figure, message }): Problem => ({
      ...read.deviationAt(deviation, figure),
      rule: 'deviation-stale',
      message: `This explains what is not so: ${message}. Mend or remove it.`,
    }),
  );
  if (!edition.findings.some((finding) => finding.claims.length > 0)) return [...unexplained, ...outdated];
  const { checkClaims } = await import('#tables/index');
  const broken = (await checkClaims(edition)).flatMap(({ claim, broken: why }): Problem[] =>
    why ? [{ ...read.claimAt(claim), ...why }] : [],
  );
  return [...unexplained, ...outdated, ...broken];
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
    count(edition.companies.length, 'company', 'companies'),
    count(edition.services.length, 'service'),
    count(edition.answers.rows.length, 'answer'),
    count(edition.sources.length, 'source'),
    `${count(claims, 'claim')} in ${count(edition.findings.length, 'finding')}`,
    count(edition.published.length, 'published figure'),
  ];
  return `${first}\n${wrap(`${edition.meta.title}: ${held.join(', ')}.`)}`;
}
