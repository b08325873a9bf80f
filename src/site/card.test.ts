import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Card, makeCard } from './card.ts';
import { fitted, fontsAreThere, wrapped } from './card-text.ts';

const fonts = await fontsAreThere();
if (!fonts)
  console.warn(
    'Tests of pictures are skipped: there are no fonts. Install some (on Debian: apt install fonts-dejavu-core).',
  );

const card: Card = {
  direction: 'ltr',
  title: 'Ranking',
  subtitle: 'One is first.',
  rows: [{ rank: '1', name: 'North Line', score: '83', share: [0.83, 0.83] }],
  asOf: 'Evidence up to 2026.',
  notice: 'It does not say that any ferry is safe.',
  more: '',
};
const LONG = 'W'.repeat(10_000);

describe.skipIf(!fonts)('the picture of a ranking', () => {
  it('is a small PNG of 1200 × 630, the same bytes each time', async () => {
    const [one, two] = [await makeCard(card), await makeCard(card)];
    const { width, height, format } = await sharp(one).metadata();
    expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'png' });
    expect(one?.length).toBeLessThan(120_000);
    expect(Buffer.from(one ?? []).equals(Buffer.from(two ?? []))).toBe(true);
  });

  it('keeps its margins, whatever the texts', async () => {
    const rows = Array.from({ length: 11 }, () => ({
      rank: '1–2000',
      name: LONG,
      score: '100.00',
      share: [3, 7] as [number, number],
    }));
    const texts = {
      title: `${LONG} <b>&`,
      subtitle: `\u202e${LONG} a b`,
      notice: `${LONG} ${'word '.repeat(400)}`,
    };
    for (const direction of ['ltr', 'rtl'] as const) {
      const png = await makeCard({ ...card, ...texts, rows, direction });
      for (const left of [0, 1180]) {
        const edge = await sharp(png)
          .extract({ left, top: 12, width: 20, height: 610 })
          .greyscale()
          .raw()
          .toBuffer();
        expect(Math.min(...edge), `${direction} ${left}`).toBeGreaterThan(200);
      }
    }
  });

  it('shortens a line only where it does not fit', async () => {
    const fit = { font: 'sans-serif', weight: 400, width: 300, size: 20 };
    expect(await fitted('Short', fit)).toBe('Short');
    expect(await fitted(LONG, fit)).toMatch(/^W{5,25}…$/);
    const box = await wrapped('some words '.repeat(30), { ...fit, sizes: [30, 12], lines: 3 });
    expect(box.size).toBe(12);
    expect(box.lines).toHaveLength(3);
    expect(box.lines[2]).toMatch(/…$/);
  });
});
