import { describe, expect, it } from 'vitest';
import { wordDifference } from './words.ts';

describe('the difference of two texts', () => {
  it('is told word by word, in the words of each', () => {
    expect(wordDifference('We “never” sell it.', 'We "never" rent it.')).toEqual([
      { kind: 'same', text: 'We "never" ' },
      { kind: 'removed', text: 'sell' },
      { kind: 'added', text: 'rent' },
      { kind: 'same', text: ' it.' },
    ]);
    expect(wordDifference('a b', 'a b')).toEqual([{ kind: 'same', text: 'a b' }]);
    expect(wordDifference('', 'a')).toEqual([{ kind: 'added', text: 'a' }]);
    expect(wordDifference('a', '')).toEqual([{ kind: 'removed', text: 'a' }]);
  });

  it('ends soon where two long texts have nothing in common', () => {
    const words = (letter: string) =>
      Array.from({ length: 3000 }, (_, index) => `${letter}${index}`).join(' ');
    const started = performance.now();
    const pieces = wordDifference(words('a'), words('b'));
    expect(performance.now() - started).toBeLessThan(3000);
    expect(pieces).toEqual([
      { kind: 'removed', text: words('a') },
      { kind: 'added', text: words('b') },
    ]);
  });
});
