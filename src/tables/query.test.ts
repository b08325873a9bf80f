import { describe, expect, it } from 'vitest';
import { readEdition } from '#edition/folder';
import { runQueries } from './index.ts';

const { edition } = readEdition('tests/editions/small');
if (!edition) throw new Error('the small edition does not hold');
const query = async (sql: string, limits?: Parameters<typeof runQueries>[2]) =>
  (await runQueries(edition, [sql], limits))[0];
const ENDLESS =
  'with recursive numbers(n) as (select 1 union all select n + 1 from numbers) select count(*) from numbers';

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
    [
      'select load_extension(1)',
      'the function load_extension is not allowed, since it may touch more than its arguments; leave it out',
    ],
    [
      "select fts3_tokenizer('simple')",
      'the function fts3_tokenizer is not allowed, since it may touch more than its arguments; leave it out',
    ],
    ['select name from dbstat', 'dbstat is no table of the edition; docs/tables.md lists them'],
    ['select count(*) from DBSTAT', 'only select is allowed; the tables are read, never changed'],
    ['explain select 1', 'only select is allowed; the tables are read, never changed'],
    [
      ' -- look\n/* at */ EXPLAIN query plan select 1',
      'only select is allowed; the tables are read, never changed',
    ],
    ['select 1; /* and */ -- so\n select 2', 'there is more than one statement; a query is one select'],
    [
      'select 9223372036854775807',
      'Value is too large to be represented as a JavaScript number: 9223372036854775807',
    ],
  ])('refuse %s', async (sql, message) => {
    expect(await query(sql)).toEqual({ kind: 'failed', message });
  });

  it.each([
    'select 1; -- done',
    '/* one */ select 1 /* and only */;\n',
    'values (1)',
    'with own as (select 1) select count(*) from own',
    "select count(*) from json_each('[1]')",
    'select median(1)',
    'select count(*) from sqlite_schema limit 1',
  ])('may be %s', async (sql) => {
    expect((await query(sql))?.kind).toBe('rows');
  });

  it('are ended when they take too long, and those after them still run', async () => {
    const results = await runQueries(edition, ['select 1', ENDLESS, 'select 2'], { time: 300 });
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

  it('are ended when they take too much memory, and those after them still run', async () => {
    const sort =
      'with recursive r(x) as (select 1 union all select x + 1 from r limit 3000) select count(*) from (select zeroblob(16000000) b, x from r order by b, x desc)';
    const wide = `select ${Array.from({ length: 500 }, () => "hex(printf('%.*c', 8000000, 'x'))").join(', ')}`;
    const results = await runQueries(edition, ['select 1', sort, wide, 'select 2'], { memory: 200_000_000 });
    expect(results.map((result) => (result.kind === 'rows' ? result.rows[0]?.[0] : result.message))).toEqual([
      1,
      'it takes more than 200 MB of memory; let it sort or join less',
      'it takes more than 200 MB of memory; let it sort or join less',
      2,
    ]);
  });

  it('stop at the first row that is too many', async () => {
    const endless = ENDLESS.replace('count(*)', 'n');
    expect(await query(endless)).toEqual({
      kind: 'failed',
      message: 'it returns more than 1,000,000 rows; add a limit, or count them',
    });
    expect(await query(endless.replace('select n from', "select printf('%.*c', 100000, 'x') from"))).toEqual({
      kind: 'failed',
      message: 'it returns more than 64 MB; select fewer rows or columns',
    });
  });

  it('have a time for all together, and those that it does not reach are named', async () => {
    const results = await runQueries(edition, [ENDLESS, 'select 1', ENDLESS, ENDLESS, 'select 2'], {
      time: 300,
      timeOfAll: 500,
    });
    const without = 'the 0.5 s that all together have; make them simpler or fewer';
    expect(results.map((result) => (result.kind === 'rows' ? result.rows[0]?.[0] : result.message))).toEqual([
      'it took longer than 0.3 s',
      1,
      'it was ended, since all queries together have 0.5 s; make them simpler or fewer',
      `it was not run, since those before it have taken ${without}`,
      `it was not run, since those before it have taken ${without}`,
    ]);
  });

  it('return so much together, and no more', async () => {
    const results = await runQueries(edition, Array(5).fill("select printf('%.*c', 1000, 'x')"), {
      bytesOfAll: 3000,
    });
    expect(results.map((result) => result.kind)).toEqual(['rows', 'rows', 'rows', 'failed', 'failed']);
    expect(results[4]).toMatchObject({
      message:
        'it was not run, since those before it have returned the 3 kB that all together may; let them return less',
    });
  });
});
