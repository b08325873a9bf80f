import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import { runQueries } from './index.ts';

const { edition } = readEdition('tests/editions/small');
if (!edition) throw new Error('the small edition does not hold');
const query = async (sql: string, timeLimit?: number) => (await runQueries(edition, [sql], timeLimit))[0];

describe('queries', () => {
  it('give columns and rows', async () => {
    expect(await query('select company, rank, published from ranking')).toEqual({
      kind: 'rows',
      columns: ['company', 'rank', 'published'],
      rows: [
        ['north', 1, '83.3'],
        ['south', 2, '33.3'],
      ],
    });
  });

  it.each([
    ['delete from answers', 'only select is allowed; the tables are read, never changed'],
    [
      "attach database '/tmp/assay-test-attached' as other",
      'only select is allowed; the tables are read, never changed',
    ],
    ['pragma writable_schema = 1', 'only select is allowed; the tables are read, never changed'],
    ['select 1; delete from answers', 'there is more than one statement; a query is one select'],
    ['', 'The SQL query contains no statements'],
    ['selec 1', 'near "selec": syntax error'],
    ['select load_extension(1)', 'only select is allowed; the tables are read, never changed'],
    [
      'select 9223372036854775807',
      'Value is too large to be represented as a JavaScript number: 9223372036854775807',
    ],
  ])('refuse %s', async (sql, message) => {
    expect(await query(sql)).toEqual({ kind: 'failed', message });
  });

  it('are ended when they take too long, and those after them still run', async () => {
    const endless =
      'with recursive numbers(n) as (select 1 union all select n + 1 from numbers) select count(*) from numbers';
    const results = await runQueries(edition, ['select 1', endless, 'select 2'], 300);
    expect(results.map((result) => (result.kind === 'rows' ? result.rows[0]?.[0] : result.message))).toEqual([
      1,
      'it took longer than 0.3 s',
      2,
    ]);
  });

  it('give results of any size whole', async () => {
    const sql =
      "with recursive numbers(n) as (select 1 union all select n + 1 from numbers limit 200000) select n, printf('%.100c', 'x') from numbers";
    const result = await query(sql);
    expect(result?.kind === 'rows' && [result.rows.length, result.rows.at(-1)?.[0]]).toEqual([
      200_000, 200_000,
    ]);
  });

  it('may not make values that fill the memory', async () => {
    expect(await query("select printf('%.*c', 900000000, 'x')")).toEqual({
      kind: 'failed',
      message: 'string or blob too big',
    });
  });
});
