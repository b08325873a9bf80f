import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEdition, reasonsOf, takeDecisions } from '#edition/folder';
import { isError, ratedItems } from '#edition/index';
import { checkEdition } from '#tables/check';
import { smallEdition } from './folders.ts';

/** Two people rate two companies on what they account for: on one they agree, on the other not. */
function rated(files: Readonly<Record<string, string>> = {}): string {
  const folder = smallEdition();
  mkdirSync(join(folder, 'ratings'));
  const own = {
    'ann.csv':
      'unit,measure,answer,citations,note\nnorth,accounts,partly,north-accounts,Only every other year.\nsouth,accounts,no,harbour-report,None were found.\nnorth,contact,not-assessed,,\n',
    'bob.csv': 'unit,measure,answer\nnorth,accounts,partly\nsouth,accounts,yes\nnorth,contact,yes\n',
    ...files,
  };
  for (const [name, text] of Object.entries(own)) writeFileSync(join(folder, 'ratings', name), text);
  return folder;
}

const itemsIn = (folder: string) => {
  const { edition, ratings } = readEdition(folder);
  return edition ? ratedItems(edition, ratings) : [];
};
const states = (folder: string) =>
  itemsIn(folder).map(({ unit, measure, state }) => `${unit} ${measure} ${state}`);

describe('ratings of an edition', () => {
  it('are what has to be decided, or to be taken over', () => {
    expect(states(rated())).toEqual(['north accounts agreed', 'south accounts disputed']);
  });

  it('are checked as answers are', async () => {
    const folder = rated({
      'cy.csv': 'unit,measure,answer\nnroth,accounts,yes\nnorth,accounts,Maybe\nnorth,accounts,no\n',
      'Cy Two.csv': 'unit,measure,answer\n',
    });
    const { problems } = await checkEdition(folder);
    expect(
      problems
        .filter(({ file }) => file.startsWith('ratings/'))
        .map(({ file, line, rule }) => `${file}:${line} ${rule}`),
    ).toEqual([
      'ratings/Cy Two.csv:1 unknown-file',
      'ratings/cy.csv:2 unknown-id',
      'ratings/cy.csv:3 answer-off-scale',
      'ratings/cy.csv:4 answer-double',
    ]);
  });

  it('a decision is recorded with who and why, and its answer is written with the reasons of who gave it', () => {
    const folder = rated();
    const item = itemsIn(folder).find(({ state }) => state === 'disputed');
    if (!item) throw new Error('nothing is disputed');
    const decision = {
      unit: 'south',
      measure: 'accounts',
      answer: 'no',
      date: '2026-05-01',
      by: 'Ann',
      why: 'checked again',
    };
    expect(takeDecisions(folder, [{ ...decision, ...reasonsOf(item.ratings, 'no') }])).toEqual([]);
    expect(states(folder)).toEqual(['north accounts agreed', 'south accounts settled']);
    expect(readFileSync(join(folder, 'ratings/decisions.csv'), 'utf8')).toBe(
      'unit,measure,answer,date,by,why\nsouth,accounts,no,2026-05-01,Ann,checked again\n',
    );
    expect(readFileSync(join(folder, 'answers.csv'), 'utf8')).toContain(
      'south,accounts,no,harbour-report,None were found.',
    );
    expect(readEdition(folder).problems.filter(isError)).toEqual([]);
  });

  it('one with which the edition does not hold is not written at all', () => {
    const folder = rated();
    const before = readFileSync(join(folder, 'answers.csv'), 'utf8');
    const decision = {
      unit: 'south',
      measure: 'accounts',
      answer: 'perhaps',
      date: '2026-05-01',
      by: 'Ann',
      why: 'x',
    };
    expect(takeDecisions(folder, [decision]).length).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'answers.csv'), 'utf8')).toBe(before);
    expect(readEdition(folder).ratings.decisions).toEqual([]);
  });

  it('by the command, from the list to the end', () => {
    const folder = rated();
    const assay = (...rest: string[]) =>
      execFileSync(process.execPath, ['--conditions=source', 'src/cli/main.ts', ...rest], {
        encoding: 'utf8',
      });
    expect(assay('agreement', folder, '--bootstrap', '0')).toContain('1 disagreement');
    expect(assay('reconcile', folder)).toContain('1 answer to decide');
    expect(assay('reconcile', folder, '--agreed', '--by', 'Ann')).toContain('1 answer written');
    const decided = [
      '--unit',
      'south',
      '--measure',
      'accounts',
      '--answer',
      'yes',
      '--by',
      'Bob',
      '--why',
      'seen',
    ];
    expect(assay('reconcile', folder, ...decided, '--note', 'Seen in May.')).toContain(
      'Nothing is to decide.',
    );
    expect(readFileSync(join(folder, 'answers.csv'), 'utf8')).toContain('Seen in May.');
  });

  it('are no part of what is published', () => {
    const { edition } = readEdition(rated());
    expect(JSON.stringify(edition)).not.toContain('every other year');
  });
});
