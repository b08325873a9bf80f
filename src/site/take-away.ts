import { at } from './addresses.ts';
import { formatDate } from './dates.ts';
import { escapeMarkup } from './escape.ts';
import { plainText } from './parts/text.tsx';
import type { View } from './view.ts';

const MOST_ROWS = 50;

/** The ranking as a bare HTML table for other people’s pages: with as of when it holds, and what it does not say. */
export function tableHtml(view: View): string {
  const { site, say, texts } = view;
  const cell = (tag: string, text: string) => `<${tag}>${escapeMarkup(plainText(text))}</${tag}>`;
  const columns = [say('ranking.rank'), say('ranking.company'), say('ranking.score')];
  const rows = site.ranking.rows.slice(0, MOST_ROWS).map((row) => {
    const rank =
      row.rank === null ? '–' : typeof row.rank === 'number' ? String(row.rank) : row.rank.join('–');
    return `<tr>${cell('td', rank)}${cell('th scope="row"', texts.company(row.company, 'name')?.value ?? row.company).replace('</th scope="row">', '</th>')}${cell('td', row.published)}</tr>`;
  });
  const title = escapeMarkup(plainText(texts.title.value));
  const link =
    site.url === undefined
      ? title
      : `<a href="${escapeMarkup(site.url + (view.language === site.languages[0] ? '' : `${view.language}/`) + at.ranking)}">${title}</a>`;
  const cutOff = site.edition.meta['cut-off']?.date;
  const asOf =
    cutOff === undefined
      ? say('about.no-cut-off')
      : say('about.cut-off', { date: formatDate(cutOff, view.language) });
  const limits = texts.doesNotSay.slice(0, 2).map((sentence) => escapeMarkup(plainText(sentence.value)));
  return [
    `<table lang="${view.language}" dir="${view.direction}">`,
    `<caption>${link}. ${escapeMarkup(asOf)} ${limits.join(' ')}</caption>`,
    `<thead><tr>${columns.map((column) => `<th scope="col">${escapeMarkup(column)}</th>`).join('')}</tr></thead>`,
    `<tbody>\n${rows.join('\n')}\n</tbody>`,
    '</table>',
  ].join('\n');
}
