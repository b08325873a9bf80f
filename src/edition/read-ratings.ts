import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from './csv-file.ts';
import { ID_PATTERN } from './ids.ts';
import type { Report } from './place.ts';
import type { EditionRating, EditionRatings, RatingDecision } from './ratings.ts';
import { isThere, readTextFile } from './text-file.ts';

export const RATINGS = 'ratings';
export const DECISIONS = 'decisions';
const RATING_COLUMNS = ['unit', 'measure', 'answer', 'citations', 'note'] as const;
export const DECISION_COLUMNS = ['unit', 'measure', 'answer', 'date', 'by', 'why'] as const;

/** The ratings beside an edition: a file for each rater, and what was decided. They are no part of the edition, and are never published. */
export function readRatingsFolder(folder: string, report: Report): EditionRatings {
  const path = join(folder, RATINGS);
  if (!isThere(folder, RATINGS) || !statSync(path).isDirectory()) return { ratings: [], decisions: [] };
  const names = readdirSync(path).toSorted();
  const ratings: EditionRating[] = [];
  const decisions: RatingDecision[] = [];
  for (const name of names.filter((own) => !own.startsWith('.'))) {
    const file = `${RATINGS}/${name}`;
    const rater = name.replace(/\.csv$/, '');
    if (rater === name || !ID_PATTERN.test(rater)) {
      report(
        'unknown-file',
        { file, line: 1, column: 1 },
        'A file of ratings is named by its rater, in lower-case words of a–z and 0–9 joined by hyphens: ann.csv. Rename it or move it away.',
      );
      continue;
    }
    const source = readTextFile(folder, file, report);
    if (!source) continue;
    if (rater === DECISIONS) {
      const table = parseCsv(source, DECISION_COLUMNS, report);
      table?.rows.forEach((cells, row) => {
        decisions.push({
          ...recordOf(table.columns, cells, DECISION_COLUMNS),
          place: table.at(row, 'answer'),
        });
      });
    } else {
      const table = parseCsv(source, RATING_COLUMNS, report, ['citations', 'note']);
      table?.rows.forEach((cells, row) => {
        ratings.push({
          rater,
          ...recordOf(table.columns, cells, RATING_COLUMNS),
          place: table.at(row, 'answer'),
        });
      });
    }
  }
  return { ratings, decisions };
}

function recordOf<const Name extends string>(
  columns: readonly string[],
  cells: readonly string[],
  names: readonly Name[],
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, cells[columns.indexOf(name)] ?? ''])) as Record<
    Name,
    string
  >;
}
