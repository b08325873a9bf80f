import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readEdition } from '#edition/folder';
import { amountOf, rankingOf, scoreAndRank } from '#scoring/index';
import { temporaryFolder } from './folders.ts';

/** The examples of docs/methodology.md: each is made an edition of one company, read, scored, and compared with what the page says. */
interface Example {
  readonly title: string;
  readonly given: {
    measures: unknown[];
    rounding?: unknown;
    answers?: Record<string, unknown>;
    services?: Record<string, Record<string, unknown>>;
    /** Other companies. */
    others?: Record<string, Record<string, unknown>>;
    scales?: unknown[];
    'not-assessed'?: string;
    exceptions?: unknown[];
    /** What differs from ranking by the exact total. */
    ranking?: Record<string, unknown>;
  };
  readonly gives: {
    exact: unknown;
    printed: string;
    grade?: string;
    rank?: unknown;
    /** By company. */
    ranks?: Record<string, unknown>;
    /** By measure, exact, of the one company. */
    scores?: Record<string, unknown>;
  };
}

const page = readFileSync('docs/methodology.md', 'utf8');
const examples: Example[] = page.split(/^## /m).flatMap((section) =>
  [...section.matchAll(/```yaml\n([\s\S]*?)# gives\n([\s\S]*?)```/g)].map((match) => ({
    title: `${section.split('\n')[0]}: ${section.slice(0, match.index).trim().split('\n').at(-1)?.slice(0, 60)}`,
    given: parse(match[1] ?? '') as Example['given'],
    gives: parse(match[2] ?? '') as Example['gives'],
  })),
);

const LEVEL = {
  id: 'level',
  kind: 'levels',
  answers: [0, 1, 2, 3].map((level) => ({ answer: level, points: level, name: `Level ${level}` })),
  'no-evidence': 0,
};

function editionOf({
  measures,
  rounding = { rule: 'half-up', digits: 0 },
  answers = {},
  services = {},
  others = {},
  scales = [],
  ranking = {},
  ...more
}: Example['given']): string {
  const rows = (unit: string, given: Record<string, unknown>) =>
    Object.entries(given)
      .filter(([key]) => key !== 'kind' && key !== 'part-of')
      .map(([measure, answer]) => `${unit},${measure},${String(answer)},book,Seen.`);
  const files: Record<string, string> = {
    'edition.yaml':
      'format: 1\nid: example\ntitle: Example\nlicence: CC0-1.0\nlanguages: [en]\ndoes-not-say: [Anything.]\n',
    'methodology.yaml': stringify({
      scales: [LEVEL, ...scales],
      ...more,
      measures,
      rounding,
      ranking: { measure: 'total', basis: 'exact', ties: 'competition', ...ranking },
    }),
    'companies.csv': `id,name,headquarters,country,note\n${['only', ...Object.keys(others)].map((id) => `${id},${id},,,\n`).join('')}`,
    'services.csv': `id,company,part_of,name,kind,users,users_counted,users_as_of,users_source,note\n${Object.entries(
      services,
    )
      .map(([id, given]) => `${id},only,${given['part-of'] ?? ''},${id},${given.kind ?? ''},,,,,\n`)
      .join('')}`,
    'answers.csv': `unit,measure,answer,citations,note\n${[...rows('only', answers), ...Object.entries(others).flatMap(([id, given]) => rows(id, given)), ...Object.entries(services).flatMap(([id, given]) => rows(id, given))].join('\n')}\n`,
    'sources.json': '[{ "id": "book", "type": "book", "title": "Book", "custom": { "kind": "research" } }]\n',
  };
  const target = temporaryFolder();
  for (const [file, content] of Object.entries(files)) writeFileSync(join(target, file), content);
  return target;
}

describe('the examples of docs/methodology.md', () => {
  it.each(examples)('$title', ({ given, gives }) => {
    const { edition, problems } = readEdition(editionOf(given));
    expect(problems).toEqual([]);
    if (!edition) return;
    const scored = scoreAndRank(edition);
    const { rows } = rankingOf(scored);
    const row = rows.find(({ company }) => company === 'only');
    const text = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value));
    expect({ exact: row?.exact, printed: row?.published, grade: row?.grade ?? undefined }).toEqual({
      exact: text(gives.exact),
      printed: gives.printed,
      grade: gives.grade,
    });
    for (const [company, rank] of Object.entries(gives.ranks ?? (gives.rank ? { only: gives.rank } : {})))
      expect(rows.find((own) => own.company === company)?.rank, company).toEqual(rank);
    for (const [measure, exact] of Object.entries(gives.scores ?? {})) {
      const score = scored.scores.of('only', measure);
      expect(text((score && amountOf(score)) ?? 'none'), measure).toEqual(text(exact));
    }
  });

  it('are all found', () => {
    expect(examples.length).toBe((page.match(/^# gives$/gm) ?? []).length);
    expect(examples.length).toBeGreaterThan(8);
  });
});
