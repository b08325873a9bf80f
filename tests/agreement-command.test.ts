import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ImportError, readRatings } from '#importers/index';
import { temporaryFolder } from './folders.ts';

const COLUMNS = { unit: 'unit', measure: 'measure', rater: 'rater', answer: 'answer' };

function table(content: string | Uint8Array, name = 'ratings.csv'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}

describe('a table of ratings', () => {
  it('may have other names for its columns, other separators, and ratings that are missing', async () => {
    const rows = await readRatings(table('Who;Council;Level\nann;Ashford;2\nbob;Ashford;NA\n'), {
      ...COLUMNS,
      unit: 'council',
      rater: 'who',
      answer: 'level',
    });
    expect(rows).toEqual([{ unit: 'Ashford', measure: '', rater: 'ann', answer: '2', line: 2 }]);
  });

  it.each([
    ['a column is missing', 'unit,rater,anwser\na,ann,1\n', 'has no column “answer”. Did you mean “anwser”?'],
    [
      'an answer is outside the domain',
      'unit,rater,answer\na,ann,1\na,bob,7\n',
      'line 3: “7” is not in the domain (0, 1, 2).',
    ],
    [
      'a rater answers twice',
      'unit,rater,answer\na,ann,1\na,ann,2\n',
      'line 3: “ann” has already answered on “a”, in line 2.',
    ],
    ['nobody is named', 'unit,rater,answer\na,,1\n', 'line 2: the unit or the rater is missing.'],
    ['there is nothing', 'unit,rater,answer\na,ann,NA\n', 'has no rating'],
  ])('is refused with the line where %s', async (_, content, message) => {
    const reading = readRatings(table(content), COLUMNS, ['0', '1', '2']);
    await expect(reading).rejects.toBeInstanceOf(ImportError);
    await expect(reading).rejects.toThrow(message);
  });
});
