import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Wall, type WallSigns, wallOf } from './walls.ts';

interface Case {
  readonly wall?: Wall;
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly html?: string;
}

/** Pages that were written for this test in twenty-two languages: names are invented, the words are those that such pages have. */
const { walls, pages } = JSON.parse(readFileSync('tests/walls.json', 'utf8')) as {
  walls: readonly Case[];
  pages: readonly Case[];
};

const signsOf = ({ title, text, html = '' }: Case, earlier?: string): WallSigns => ({
  title,
  text,
  html: `<!doctype html><title>${title}</title><main>${text}</main>${html}`,
  earlier,
});
const nameOf = ({ wall, language, title }: Case) => `${wall ?? 'page'} ${language} ${title}`;

describe('a page that stands before another', () => {
  it('is missed, and seen where there is none, at the rates that are printed here', () => {
    const missed = walls.filter((own) => wallOf(signsOf(own)) === undefined).map(nameOf);
    const seen = pages.filter((own) => wallOf(signsOf(own)) !== undefined).map(nameOf);
    const rate = (part: number, all: number) => `${part} of ${all} (${((100 * part) / all).toFixed(1)} %)`;
    console.log(
      `walls missed: ${rate(missed.length, walls.length)}; pages taken for walls: ${rate(seen.length, pages.length)}`,
    );
    expect(missed).toEqual([]);
    // Its few words are about cookies, and two buttons stand below.
    expect(seen).toEqual(['page de Werbung auf Erle']);
  });

  it('is known for what it is', () => {
    const wrong = walls
      .map((own) => [nameOf(own), own.wall, wallOf(signsOf(own))])
      .filter(([, right, found]) => right !== found);
    expect(wrong).toEqual([]);
  });

  it('is known by what was there before, though its title is still that of a policy', () => {
    const earlier =
      'Messages are kept for thirty days and deleted after that, together with their attachments. Backups follow within another sixty. The list of contacts is never sold, rented or lent to a broker. Authorities receive records only where a court has ordered it, and the person concerned hears of it unless that is forbidden. Questions reach our officer for data protection by letter, who answers within ten working days. Children under thirteen cannot open an account. Changes are announced two months before they take effect.';
    const titled = walls
      .filter(({ wall }) => wall === 'consent' || wall === 'robot')
      .map((own) => ({ ...own, title: 'Privacy policy | Alder' }));
    const missed = titled.filter((own) => wallOf(signsOf(own, earlier)) === undefined);
    console.log(`walls under the title of a policy that are missed: ${missed.length} of ${titled.length}`);
    expect(missed.length).toBeLessThanOrEqual(2);
  });

  it('is no page that was written anew', () => {
    const earlier = 'Spare parts are kept for ten years, and cost what they cost us. '.repeat(20);
    const seen = pages.filter((own) => wallOf(signsOf(own, earlier)) !== undefined).map(nameOf);
    console.log(`pages written anew that are taken for walls: ${seen.length} of ${pages.length}`, seen);
    expect(seen.length).toBeLessThan(pages.length / 8);
  });

  it('is never a long one, and costs little to tell of any', () => {
    for (const text of [
      '<input '.repeat(40_000),
      'login '.repeat(40_000),
      `${'a'.repeat(200_000)} log in`,
      'accept all\n'.repeat(20_000),
      '1'.repeat(200_000),
      '\u00A0'.repeat(200_000),
    ]) {
      const began = performance.now();
      wallOf({ title: text, text: text.slice(0, 11_000), html: text });
      wallOf({ title: '', text, html: text.repeat(10) });
      expect(performance.now() - began).toBeLessThan(1500);
    }
    expect(
      wallOf({ title: 'Just a moment', text: 'verify you are human\n'.repeat(2000), html: '' }),
    ).toBeUndefined();
  });
});
