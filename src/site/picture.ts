import { at } from './addresses.ts';
import { formatDate } from './dates.ts';
import { summaryOf } from './headline.ts';
import { directionOf } from './languages.ts';
import { rankText } from './parts/score.tsx';
import { type LanguageView, viewOf } from './view.ts';

const MOST_ROWS = 11;

/** The picture of the ranking for social media; undefined where the machine has no fonts. */
export async function pictureOf(language: LanguageView): Promise<Uint8Array | undefined> {
  // Loaded only here: the library is large.
  const { makeCard } = await import('./card.ts');
  const view = viewOf(language, at.ranking);
  const { site, say, texts } = view;
  const rows = site.ranking.rows;
  const cutOff = site.edition.meta['cut-off']?.date;
  return makeCard({
    direction: directionOf(view.language),
    title: texts.title.value,
    subtitle: summaryOf(view),
    rows: rows.slice(0, MOST_ROWS).map((row) => ({
      rank: rankText(row.rank),
      name: texts.company(row.company, 'name')?.value ?? row.company,
      score: row.published,
      share: sharesOf(site, row.company),
    })),
    asOf:
      cutOff === undefined
        ? say('about.no-cut-off')
        : say('about.cut-off', { date: formatDate(cutOff, view.language) }),
    notice: texts.doesNotSay
      .slice(0, 2)
      .map((sentence) => sentence.value)
      .join(' '),
    more: rows.length > MOST_ROWS ? say('ranking.more', { count: rows.length - MOST_ROWS }) : '',
  });
}

function sharesOf(site: LanguageView['site'], company: string): [number, number] {
  const score = site.scored.scores.of(company, site.total.id);
  const most = score?.kind === 'interval' ? score.max.valueOf() : 0;
  return score?.kind === 'interval' && most > 0
    ? [score.low.valueOf() / most, score.high.valueOf() / most]
    : [0, 0];
}
