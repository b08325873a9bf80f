import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import type { Claim } from '#edition/index';
import { checkClaims } from './index.ts';

const { edition } = readEdition('tests/editions/small');
if (!edition) throw new Error('the small edition does not hold');

/** What is wrong with a claim whose text says `expected` and whose query is `sql`; undefined if it holds. */
async function broken(expected: readonly string[], sql: string): Promise<string | undefined> {
  const claim: Claim = { id: 'it', figure: expected.join(', '), expected, sql };
  const finding = {
    id: 'one',
    heading: 'One',
    text: '',
    claims: [claim],
    undecided: [],
    lead: false,
    chart: undefined,
    theme: '',
  };
  const [checked] = await checkClaims({ ...edition, findings: [finding] } as NonNullable<typeof edition>);
  return checked?.broken?.rule;
}

describe('a claim holds', () => {
  it.each([
    [['2'], 'select count(*) from companies'],
    [['2.0'], 'select count(*) from companies'],
    [['North Line', 'South Line'], 'select name from companies'],
    [['South Line', 'North Line'], 'select name from companies'],
    [['83.3'], "select published from ranking where company = 'north'"],
  ])('where the text says %j and the query is “%s”', async (expected, sql) => {
    expect(await broken(expected, sql)).toBeUndefined();
  });
});

describe('a claim does not hold', () => {
  it.each([
    ['claim-disagrees', ['3'], 'select count(*) from companies'],
    ['claim-disagrees', ['North Line'], 'select name from companies'],
    ['claim-disagrees', ['North Line', 'South Line', 'West Line'], 'select name from companies'],
    ['claim-disagrees', ['North Line', 'North Line'], 'select name from companies'],
    ['claim-disagrees', ['9007199254740993'], "select '9007199254740992'"],
    ['claim-empty', ['0'], 'select name from companies where 0'],
    ['claim-query', ['2'], 'select id, name from companies'],
    [
      'claim-query',
      ['2'],
      'with recursive r(x) as (select 1 union all select x + 1 from r limit 600000) select hex(zeroblob(500)) from r',
    ],
    ['claim-disagrees', ['2'], "select '0.' || printf('%.*c', 99000, '7')"],
    ['claim-query', ['2'], 'select nothing from nowhere'],
  ])('%s, where the text says %j and the query is “%s”', async (rule, expected, sql) => {
    expect(await broken(expected, sql)).toBe(rule);
  });
});
