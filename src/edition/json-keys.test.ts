import { describe, expect, it } from 'vitest';
import { doubledKeys } from './json-keys.ts';

describe('doubled keys of JSON', () => {
  it.each([
    ['{"a": 1, "b": 2, "a": 3}', ['"a": 3']],
    ['{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}', []],
    ['[{"a": [1, {"b": 1}, "c"], "a": 2}]', ['"a": 2']],
    ['{"a": "a", "b": "a, \\"b\\": {"}', []],
    ['{"a": 1, "\\u0061": 2}', ['"\\u0061": 2']],
    ['{"a": {}, "b": [], "a": {}, "a": []}', ['"a": {}', '"a": []']],
    ['"a"', []],
  ])('of %s are %j', (json, expected) => {
    expect(doubledKeys(json).map((at, index) => json.slice(at, at + (expected[index]?.length ?? 0)))).toEqual(
      expected,
    );
  });

  it('take no longer than the text is long', () => {
    const long = 200_000;
    expect(doubledKeys(`{"${'\\"'.repeat(long)}": "${'x'.repeat(long)}"}`)).toEqual([]);
  });
});
