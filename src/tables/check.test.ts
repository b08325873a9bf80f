import { describe, expect, it } from 'vitest';
import { smallEdition } from '../../tests/folders.ts';
import { checkEdition } from './check.ts';

describe('a checked edition', () => {
  it('says of every claim whether its query bears it out', async () => {
    const { claims } = await checkEdition('tests/editions/small');
    expect(claims.map(({ claim, broken }) => [claim.id, broken])).toEqual([
      ['count', undefined],
      ['names', undefined],
    ]);
  });

  it('has no claims where it cannot be read', async () => {
    const { edition, claims } = await checkEdition(smallEdition({ 'edition.yaml': 'format: 1\n' }));
    expect([edition, claims]).toEqual([undefined, []]);
  });
});

describe('what the last correction says it is, it must be', () => {
  const correction = (day: number, unit: string, measure: string, is: string) =>
    `- { id: c-${day}, date: 2026-07-0${day}, kind: correction, text: Mended., concerns: [{ unit: ${unit}, measure: ${measure}, was: x, is: "${is}" }] }\n`;
  const stale = async (...corrections: string[]) => {
    const { problems } = await checkEdition(smallEdition({ 'corrections.yaml': corrections.join('') }));
    return problems.map(({ rule, line, message }) => [
      rule,
      line,
      /it has (.*?)\. Mend/.exec(message)?.[1] ?? message,
    ]);
  };

  it.each([
    ['the answer of a leaf', 'south', 'accounts', 'no'],
    ['a state', 'south', 'drills', 'no-evidence'],
    ['a leaf’s score as printed', 'north', 'accounts', '1.0'],
    ['a branch’s score as printed', 'north', 'total', '83.3'],
    ['the answer of a recorded leaf', 'south-ferry', 'lifeboats', 'too-few'],
    ['the answer of a service', 'south-bus', 'boats', 'not-applicable'],
  ])('%s may stand there', async (_, unit, measure, is) => {
    expect(await stale(correction(1, unit, measure, is))).toEqual([]);
  });

  it.each([
    ['answer', 'south', 'accounts', 'yes', 'no'],
    ['score that is not rounded as printed', 'north', 'total', '83.33', '83.3'],
    ['answer where none is asked for', 'south', 'lifeboats', 'enough', 'nothing'],
  ])('another %s may not', async (_, unit, measure, is, now) => {
    expect(await stale(correction(1, unit, measure, is))).toEqual([['correction-stale', 1, now]]);
  });

  it('what was corrected again is not held against the present', async () => {
    expect(
      await stale(correction(1, 'south', 'accounts', 'yes'), correction(2, 'south', 'accounts', 'no')),
    ).toEqual([]);
    expect(
      await stale(correction(1, 'south', 'accounts', 'no'), correction(2, 'south', 'accounts', 'yes')),
    ).toEqual([['correction-stale', 2, 'no']]);
  });
});
