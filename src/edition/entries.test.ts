import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { freeId, withQuote, withReplacedQuote } from './entries.ts';

const quote = {
  id: 'own',
  source: 'a',
  text: 'ab'.repeat(32),
  start: 0,
  end: 7,
  exact: 'a: "b"\n',
  prefix: '- ',
  suffix: ' #x 🦜',
};
describe('a new quote', () => {
  it.each([
    '',
    '[]\n',
    '# none yet\n',
    '- id: a\n  exact: x\n',
    '- id: a # mine\n  exact: x',
    '[{ id: a, exact: x }]\n',
  ])('goes to the end of %j, whatever it says', (text) => {
    const added = withQuote(text, quote);
    expect(parse(added)).toEqual([...(parse(text) ?? []), quote]);
    for (const comment of text.match(/#.*/g) ?? []) expect(added).toContain(comment);
  });

  it('takes the place of the one of its id, and of no other', () => {
    const text = '# all\n- id: a\n  exact: x\n- id: own # mine\n  exact: y\n- id: b\n  exact: z\n';
    const replaced = withReplacedQuote(text, quote) ?? '';
    expect(parse(replaced)).toEqual([{ id: 'a', exact: 'x' }, quote, { id: 'b', exact: 'z' }]);
    expect(replaced).toContain('# all');
    expect(withReplacedQuote('- id: a\n', quote)).toBeUndefined();
  });
});

describe('an id made of a text', () => {
  it.each([
    ['https://www.alder.example/en/repairs.html?x=1', 'alder-example-en-repairs-x-1'],
    ['We délete Data within 30 days', 'we-delete-data-within-30-days'],
    ['数据', 'source'],
    ['a'.repeat(100), 'a'.repeat(60)],
  ])('%s is %s', (text, id) => {
    expect(freeId(text, new Set())).toBe(id);
  });

  it('is nobody else’s', () => {
    expect(freeId('own', new Set(['own', 'own-2']))).toBe('own-3');
  });

  it.each([
    ['30 дней после закрытия', 'lark-2'],
    ['제3자에게 제공하지 않습니다', 'lark-2'],
    ['第三者', 'lark-2'],
    ['الطرف الثالث API', 'lark-2'],
    ['We délete Data', 'we-delete-data'],
  ])('%s, in another script than ids, is named by its source: %s', (text, id) => {
    expect(freeId(text, new Set(['lark-1']), 'lark')).toBe(id);
  });
});
