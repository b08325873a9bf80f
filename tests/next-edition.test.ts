import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEdition, writeEdition } from '#edition/folder';
import { AnswerTable, CODE, isError, nextEdition } from '#edition/index';
import { statusOf } from '#tables/index';
import { temporaryFolder } from './folders.ts';

const editionIn = (folder: string) => {
  const { edition } = readEdition(folder);
  if (!edition) throw new Error(`${folder} does not hold`);
  return edition;
};

describe('the next edition', () => {
  it.each(['editions/message-privacy/2016', 'editions/example/2026', 'tests/editions/small'])(
    'of %s holds, and is empty of what belongs to a year',
    (folder) => {
      const before = editionIn(folder);
      const out = join(temporaryFolder(), 'next');
      writeEdition(nextEdition(before, { id: 'next-2027', title: 'Next 2027' }), out);
      const { edition, problems } = readEdition(out);
      expect(problems.filter(isError)).toEqual([]);
      expect(new Set(problems.map(({ rule }) => rule))).toEqual(new Set(['carried-over']));
      const answers = edition ? [...new AnswerTable(edition.answers).rows()] : [];
      expect(answers.length).toBeGreaterThan(0);
      expect(new Set(answers.map(({ code, note }) => `${code} ${note}`))).toEqual(
        new Set([`${CODE.NOT_ASSESSED} `]),
      );
      expect(edition).toMatchObject({
        companies: before.companies,
        findings: [],
        published: [],
        corrections: [],
        quotes: [],
      });
      expect(edition?.sources.map(({ id }) => id)).toEqual(before.sources.map(({ id }) => id));
    },
  );

  it('is begun by a command, which names it by its folder', () => {
    const folder = join(temporaryFolder(), 'message-privacy', '2027');
    const said = execFileSync(
      process.execPath,
      ['--conditions=source', 'src/cli/main.ts', 'new', '--from', 'editions/message-privacy/2016', folder],
      { encoding: 'utf8' },
    );
    expect(said).toContain('those of message-privacy-2016');
    expect(readFileSync(join(folder, 'edition.yaml'), 'utf8')).toMatch(/^id: message-privacy-2027$/m);
    expect(readFileSync(join(folder, 'edition.yaml'), 'utf8')).toMatch(
      /^title: Message Privacy Ranking 2027$/m,
    );
  });
});

describe('the status of an edition', () => {
  it('counts what is answered, by unit and by measure, and what waits', () => {
    const status = statusOf(editionIn('tests/editions/small'));
    const sum = (rows: readonly { answered: number; of: number }[]) => [
      rows.reduce((all, own) => all + own.answered, 0),
      rows.reduce((all, own) => all + own.of, 0),
    ];
    expect(sum(status.units)).toEqual([status.answered, status.of]);
    expect(sum(status.measures)).toEqual([status.answered, status.of]);
    expect(status.of).toBe(editionIn('tests/editions/small').answers.rows.length);
  });

  it('knows the letters that nobody answered', () => {
    const edition = editionIn('tests/editions/small');
    const letter = {
      kind: 'letter',
      round: 1,
      about: 'x',
      outcome: '',
      source: '',
      reply_by: '',
      remark: '',
    } as const;
    const [north = '', south = ''] = edition.companies.map(({ id }) => id);
    const { openLetters } = statusOf({
      ...edition,
      correspondence: [
        { ...letter, company: north, date: '2026-01-01', direction: 'sent' },
        { ...letter, company: north, date: '2026-02-01', direction: 'received' },
        { ...letter, company: south, date: '2026-01-01', direction: 'sent' },
      ],
    });
    expect(openLetters.map(({ company }) => company)).toEqual([south]);
  });
});
