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
      '\nEnds with 1 if a person has not explained a deviation in deviations.yaml.\n\nExample:\n  $ assay verify editions/message-privacy/2016',
    )
    .action((folder: string, options: { json?: boolean }) => {
      const edition = openEdition(folder);
      const verification = verify(scoreAndRank(edition));
      if (options.json) writeJson(forMachines(edition, verification));
      else write(verificationText(edition, verification));
      const open =
        verification.deviations.filter(({ state }) => state !== 'explained').length +
        verification.stale.length;
      if (open > 0)
        throw new Exit(
          1,
          options.json
            ? ''
            : `${count(open, 'deviation')} not rightly explained by a person in deviations.yaml.`,
        );
    });
}

function forMachines(edition: Edition, { checked, matched, withinInputs, deviations, stale }: Verification) {
  return {
    checked,
    matched,
    withinInputs: withinInputs.flatMap((index) => edition.published[index] ?? []),
    deviations: deviations.map(({ index: _, ...deviation }) => ({
      ...deviation,
      explained: deviation.state === 'explained',
    })),
    stale,
  };
}

function verificationText(edition: Edition, verification: Verification): string {
  const { checked, matched, withinInputs, deviations, stale } = verification;
  if (checked === 0) return 'The edition has no published figures (published.csv) to verify.';
  const within =
    withinInputs.length === 0
      ? ''
      : ` ${count(withinInputs.length, 'of them has', 'of them have')} more digits than rounded answers allow, and ${withinInputs.length === 1 ? 'is' : 'are'} what answers that round to the given ones can lead to.`;
  const lines = [
    '',
    wrap(
      `${paint('bold', `${count(checked, 'published figure')} re-derived`)}: ${matched} as printed, ${deviations.length} ${deviations.length === 1 ? 'deviates' : 'deviate'}.${within}`,
      '  ',
    ),
  ];
  const groups = Map.groupBy(deviations, ({ state, explanation, by }) => [state, explanation, by].join('\n'));
  for (const group of groups.values()) {
    lines.push('', deviationTable(edition, group), '', accountText(group));
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

/** Why a group of figures deviates, and who says so. */
function accountText([first]: readonly FoundDeviation[]): string {
  if (!first || first.state === 'unexplained')
    return paint('red', '  Not explained. Look at the figures, then explain them in deviations.yaml.');
  if (first.state === 'explained') return wrap(`${first.explanation} (${first.by})`, '  ');
  return [
    wrap(`Proposed, and not yet explained: ${first.explanation}`, '  '),
    paint(
      'red',
      wrap(
        'If you have looked at the figures and it is so, add your name to the entry in deviations.yaml (by: …); else write why.',
        '  ',
      ),
    ),
  ].join('\n');
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
  const rows = deviations.map(({ unit, figure, measure, published, computed, state }) => [
    names.get(unit) ?? unit,
    figure === 'score' ? `score of ${measure}` : figure,
    published,
    computed,
    STATES[state],
  ]);
  return table(columns, rows);
}

const STATES = { explained: 'explained', proposed: 'proposed', unexplained: 'UNEXPLAINED' } as const;
