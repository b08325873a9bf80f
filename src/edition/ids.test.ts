import { describe, expect, it } from 'vitest';
import { didYouMean, ID_PATTERN } from './ids.ts';

describe('ids', () => {
  it.each(['apple', 'viber-media', '2016', 'a1-b2'])('%s is one', (id) =>
    expect(ID_PATTERN.test(id)).toBe(true),
  );
  it.each(['Apple', 'viber_media', '-a', 'a--b', 'a-', '', 'é', 'a b'])('“%s” is none', (id) =>
    expect(ID_PATTERN.test(id)).toBe(false),
  );
});

describe('did you mean', () => {
  const known = ['apple', 'microsoft', 'harbour-report', '1', '2'];
  it.each([
    ['aple', 'apple'],
    ['appel', 'apple'],
    ['micorsoft', 'microsoft'],
    ['harbour', 'harbour-report'],
  ])('%s: %s', (wanted, meant) => expect(didYouMean(wanted, known)).toBe(` Did you mean “${meant}”?`));
  it.each(['3', 'zebra', ''])('nothing for “%s”', (wanted) => expect(didYouMean(wanted, known)).toBe(''));
});
