import { describe, expect, it } from 'vitest';
import { conflictsIn } from './merge-conflict.ts';

const OURS = '<<<<<<< HEAD\nours\n';
const BASE = '||||||| 1a2b3c4\nbase\n';
const THEIRS = '=======\ntheirs\n>>>>>>> a-branch\n';

describe('unresolved conflicts', () => {
  it.each([
    ['one', 'a.yaml', `a\n${OURS}${THEIRS}`, [2]],
    ['two', 'a.csv', `${OURS}${THEIRS}b\n${OURS}${THEIRS}`, [1, 7]],
    ['with what both come from', 'a.json', `${OURS}${BASE}${THEIRS}`, [1]],
    ['with Windows line ends, once they are read', 'a.md', `a\n${OURS}${THEIRS}`, [2]],
    ['whose end is gone', 'a.md', `a\n${OURS}=======\ntheirs\n`, [2]],
    ['whose middle is gone', 'a.md', `${OURS}>>>>>>> b`, [1]],
    ['whose beginning is gone', 'a.yaml', `ours\n${THEIRS}`, [2]],
    ['of which only the end is left', 'a.jsonl', 'a\n>>>>>>> b\n', [2]],
    ['one within another', 'a.yaml', `${OURS}${OURS}${THEIRS}${THEIRS}`, [1, 3, 8]],
  ])('are found: %s', (_, file, text, lines) => {
    expect(conflictsIn(file, text)).toEqual(lines);
  });

  it.each([
    ['a heading that is underlined', 'a.md', 'Heading\n=======\n'],
    ['quoted quotations', 'a.md', '>>>>>>> seven times\n=======\n>>>>>>> again\n'],
    ['a mail in a cell', 'a.csv', 'a,"b\n>>>>>>> c\n"\n'],
    ['markers within a line', 'a.yaml', 'a: <<<<<<< HEAD\nb: >>>>>>> c\n'],
    ['markers within a block', 'a.yaml', 'a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> b\n'],
    ['shorter and longer lines', 'a.yaml', '<<<<<< a\n<<<<<<<< b\n<<<<<<<c\n>>>>>>>>> d\n'],
    ['bars and equals alone', 'a.yaml', '||||||| a\n=======\n'],
  ])('are not seen in %s', (_, file, text) => {
    expect(conflictsIn(file, text)).toEqual([]);
  });
});
