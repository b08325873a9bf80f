import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge } from './verdict.ts';
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
    // Short ones, that are called what walls are called: below, their few words are of no kind that is known.
    expect(seen).toEqual([
      'page de Werbung auf Erle',
      'page en Bots',
      'page fr Blocages',
      'page en Parental control',
      'page es Seguridad',
    ]);
  });

  it('is known for what it is', () => {
    const wrong = walls
      .map((own) => [nameOf(own), own.wall, wallOf(signsOf(own))])
      .filter(([, right, found]) => right !== found);
    expect(wrong).toEqual([]);
  });

  it('says what to do if it is none', () => {
    for (const own of walls) {
      const { html, text, title } = signsOf(own);
      const seen = { status: 200, address: 'https://a.example/', final: 'https://a.example/' };
      expect([nameOf(own), judge({ ...seen, html, text, title }).reason]).toEqual([
        nameOf(own),
        expect.stringContaining('; if it is the page itself, save it from your browser and capture the file'),
      ]);
    }
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

  it.each<[Wall, string, (line: number) => string]>([
    ['consent', 'We value your privacy', (line) => `Vendor ${line} GmbH, Erlenweg ${line}`],
    [
      'consent',
      'We value your privacy',
      () => 'Use profiles to select personalised advertising by our partners and vendors.',
    ],
    [
      'robot',
      'Access denied',
      (line) => `Reason ${line}: a plugin, a proxy or a setting of your browser may be what looks odd to us.`,
    ],
    [
      'login',
      'Sign in',
      (line) => `Feature ${line}: share what you wrote with those who should read it, and nobody else.`,
    ],
  ])('is known though it is long: %s', (kind, title, line) => {
    const asks: Readonly<Record<string, readonly string[]>> = {
      consent: [
        'We and our 846 partners use cookies and process personal data for advertising.',
        'Accept all',
        'Reject all',
      ],
      robot: ['Please verify that you are not a robot to go on.', 'If you are human, tick the box.'],
      login: ['Please sign in to continue', 'E-mail', 'Password'],
    };
    for (const lines of [30, 60, 90]) {
      const [first, ...rest] = asks[kind] ?? [];
      const text = [title, first, ...Array.from({ length: lines }, (_, index) => line(index)), ...rest].join(
        '\n',
      );
      expect([
        text.length,
        wallOf({ title, text, html: kind === 'login' ? '<input type=password>' : '' }),
      ]).toEqual([text.length, kind]);
    }
  });

  it('is not what lies above a page', () => {
    const banner = ({ wall, language }: Case) =>
      wall === 'consent' && ['en', 'de', 'fr', 'es', 'it', 'pl'].includes(language);
    const bodies: Readonly<Record<string, string>> = {
      en: 'We keep your personal data for thirty days, and delete the data after that. Partners who process data for us may use it for nothing else.',
      de: 'Wir speichern personenbezogene Daten dreißig Tage lang und löschen sie danach. Partner, die Daten für uns verarbeiten, dürfen sie für nichts anderes verwenden.',
      fr: 'Nous gardons les données trente jours, puis les effaçons. Les partenaires qui traitent des données pour nous n’en font rien d’autre.',
      es: 'Guardamos los datos personales treinta días y después los borramos. Los socios que tratan datos para nosotros no los usan para nada más.',
      it: 'Conserviamo i dati personali per trenta giorni e poi li cancelliamo. I partner che trattano dati per noi non ne fanno altro uso.',
      pl: 'Dane osobowe przechowujemy przez trzydzieści dni, a potem je usuwamy. Partnerzy, którzy przetwarzają dane dla nas, nie używają ich do niczego innego.',
    };
    const other =
      'Repairs are done within ten days; spare parts are kept for ten years, and are sold at what they cost.';
    const seen: string[] = [];
    for (const own of walls.filter(banner))
      for (const lines of [8, 12, 30])
        for (const title of ['Privacy | Alder', 'Alder']) {
          const body = Array.from({ length: lines }, (_, index) =>
            index % 2 === 0 ? bodies[own.language] : other,
          ).join('\n');
          for (const text of [
            `${own.text}\n${body}`,
            `${body}\n${own.text}`,
            `${own.text.slice(0, 300)}\n${body}`,
          ])
            if (wallOf({ title, text, html: '' }))
              seen.push(`${own.language} ${title} ${lines}: ${own.title}`);
        }
    console.log(
      `pages below a banner that are taken for walls: ${seen.length} of ${walls.filter(banner).length * 18}`,
      seen,
    );
    expect(seen.length).toBeLessThanOrEqual(3);
  });

  it('is not a form above a page, with which one could log in', () => {
    const body =
      'We keep your messages for thirty days, and delete them after that together with all that was attached to them.';
    for (const lines of [1, 3, 8, 30])
      for (const title of ['Alder', 'Messages | Alder', 'Privacy'])
        for (const nav of [
          'Log in\nSign up\n',
          'Anmelden\n',
          'Connexion\nPlease log in to continue\n',
          'ログイン\n',
        ]) {
          const text = `${nav}Products\nPrices\n${`${body}\n`.repeat(lines)}`;
          expect([title, lines, nav, wallOf({ title, text, html: '<input type="password">' })]).toEqual([
            title,
            lines,
            nav,
            undefined,
          ]);
        }
  });

  it('is not a form in the head of a page, however little the page tells', () => {
    for (const field of ['<input name=u><input type=password>', '<input type=email>'])
      for (const body of ['<h1>Security</h1><p>', '</header><p>', '<main><p>']) {
        const text = 'Log in\nSecurity\nAll messages are encrypted.\nWe hold no keys.';
        const html = `<header><form>${field}<button>Log in</button></form>${body}All messages are encrypted.</p><p>We hold no keys.</p>`;
        expect([body, wallOf({ title: 'Security', text, html })]).toEqual([body, undefined]);
      }
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
