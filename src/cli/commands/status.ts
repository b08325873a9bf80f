import { Command } from 'commander';
import { unitNames } from '#edition/index';
import { type EditionStatus, type Progress, statusOf } from '#tables/index';
import { openEdition } from '../open.ts';
import { count, harmless, paint, table, wrap, write, writeJson } from '../terminal.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description(
      'say how far an edition has come: what is answered, without reasons, only cited, or still open',
    )
    .argument('<edition>', 'folder of the edition')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ assay status my-index/2026')
    .action(async (folder: string, options: { json?: boolean }) => {
      const edition = openEdition(folder);
      const { openVerdicts } = await import('#evidence/index');
      const status = statusOf(edition);
      const openRechecks = [...edition.evidence.checks.values()].flatMap((check) =>
        openVerdicts(check, edition.evidence),
      );
      if (options.json) writeJson({ ...status, openRechecks });
      else
        write(
          statusText(edition.meta.title, capital(unitNames(edition.meta).ranked.one), status, openRechecks),
        );
    });
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function statusText(
  title: string,
  unit: string,
  status: EditionStatus,
  rechecks: readonly { readonly quote: string; readonly verdict: string }[],
): string {
  const { answered, of, withoutReasons, citations, openLetters } = status;
  return [
    '',
    `  ${paint('bold', harmless(title))}`,
    wrap(
      `${share(answered, of)} of ${count(of, 'answer')} are given (${answered.toLocaleString('en')}); ${(of - answered).toLocaleString('en')} are not assessed.`,
      '  ',
    ),
    wrap(
      `${withoutReasons === 0 ? 'All of them have reasons' : `${count(withoutReasons, 'scored answer has', 'scored answers have')} no reasons`}. Citations: ${citations.quoted} quoted, ${citations.captured} captured, ${citations.cited} only cited.`,
      '  ',
    ),
    '',
    progressTable(unit, status.units),
    '',
    progressTable('Measure', status.measures),
    '',
    openLetters.length === 0
      ? wrap('No letter waits for an answer.', '  ')
      : table(
          [{ title: 'Open letters' }, { title: 'Sent' }, { title: 'About' }],
          openLetters.map(({ company, date, about }) => [company, date, about]),
        ),
    rechecks.length === 0
      ? wrap('No re-check waits for a decision.', '  ')
      : table(
          [{ title: 'Open re-checks' }, { title: 'Verdict' }],
          rechecks.map(({ quote, verdict }) => [quote, verdict]),
        ),
    '',
  ].join('\n');
}

const share = (part: number, whole: number) => `${whole === 0 ? 0 : Math.floor((100 * part) / whole)} %`;

/** What is furthest behind stands first. */
function progressTable(title: string, rows: readonly Progress[]): string {
  const sorted = rows.toSorted((one, other) => one.answered / one.of - other.answered / other.of);
  const reasons = rows.some(({ withoutReasons }) => withoutReasons > 0);
  return table(
    [
      { title },
      { title: 'Answered', align: 'right' },
      { title: 'Of', align: 'right' },
      { title: '', align: 'right' },
      ...(reasons ? [{ title: 'No reasons', align: 'right' as const }] : []),
    ],
    sorted.map(({ name, answered, of, withoutReasons }) => [
      name,
      answered.toLocaleString('en'),
      of.toLocaleString('en'),
      share(answered, of),
      ...(reasons ? [withoutReasons === 0 ? '' : withoutReasons.toLocaleString('en')] : []),
    ]),
  );
}
