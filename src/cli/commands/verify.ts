import { Command } from 'commander';
import type { Edition } from '#edition/index';
import { type FoundDeviation, scoreAndRank, type Verification, verify } from '#scoring/index';
import { Exit, openEdition } from '../open.ts';
import { count, paint, table, wrap, write, writeJson } from '../terminal.ts';

export function verifyCommand(): Command {
  return new Command('verify')
    .description('re-derive every published figure and show those that deviate')
    .argument('<edition>', 'folder of the edition')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nEnds with 1 if a deviation is not explained in deviations.yaml.\n\nExample:\n  $ assay verify editions/message-privacy/2016',
    )
    .action((folder: string, options: { json?: boolean }) => {
      const edition = openEdition(folder);
      const verification = verify(scoreAndRank(edition));
      if (options.json) writeJson(forMachines(verification));
      else write(verificationText(edition, verification));
      const open =
        verification.deviations.filter((deviation) => !deviation.explained).length +
        verification.stale.length;
      if (open > 0)
        throw new Exit(
          1,
          options.json ? '' : `${count(open, 'deviation')} not rightly explained in deviations.yaml.`,
        );
    });
}

function forMachines({ checked, matched, deviations, stale }: Verification) {
  return {
    checked,
    matched,
    deviations: deviations.map(({ unit, measure, figure, published, computed, explained, explanation }) => ({
      unit,
      measure,
      figure,
      published,
      computed,
      explained,
      explanation,
    })),
    stale,
  };
}

function verificationText(edition: Edition, { checked, matched, deviations, stale }: Verification): string {
  if (checked === 0) return 'The edition has no published figures (published.csv) to verify.';
  const lines = [
    '',
    `  ${paint('bold', `${count(checked, 'published figure')} re-derived`)}: ${matched} as printed, ${deviations.length} ${deviations.length === 1 ? 'deviates' : 'deviate'}.`,
  ];
  const explanations = Map.groupBy(deviations, (deviation) => deviation.explanation);
  for (const [explanation, group] of explanations) {
    lines.push('', deviationTable(edition, group));
    lines.push(
      '',
      explanation
        ? wrap(explanation, '  ')
        : paint('red', '  Not explained. Look at the figures, then explain them in deviations.yaml.'),
    );
  }
  for (const { deviation, figure, message } of stale)
    lines.push(
      '',
      paint(
        'red',
        wrap(`deviations.yaml, explanation ${deviation + 1}, figure ${figure + 1}: ${message}.`, '  '),
      ),
    );
  return [...lines, ''].join('\n');
}

function deviationTable(edition: Edition, deviations: readonly FoundDeviation[]): string {
  const names = new Map([...edition.companies, ...edition.services].map((unit) => [unit.id, unit.name]));
  const columns = [
    { title: 'Unit' },
    { title: 'Figure' },
    { title: 'Printed', align: 'right' },
    { title: 'Computed', align: 'right' },
    { title: '' },
  ] as const;
  const rows = deviations.map(({ unit, figure, measure, published, computed, explained }) => [
    names.get(unit) ?? unit,
    figure === 'score' ? `score of ${measure}` : figure,
    published,
    computed,
    explained ? 'explained' : 'UNEXPLAINED',
  ]);
  return table(columns, rows);
}
