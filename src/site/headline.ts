import type { RankingRow } from '#scoring/index';
import { plainText } from './parts/text.tsx';
import type { Text } from './texts.ts';
import type { View } from './view.ts';

/** What the edition found, for the top of its first page: in its own words, or made of what the data can tell apart, never of a first place alone. */
export function headlineOf(view: View): Text {
  return view.texts.headline ?? { value: madeHeadline(view), language: view.language };
}

function madeHeadline(view: View): string {
  const { site, say } = view;
  const ranked = site.ranking.rows.filter((row) => row.rank !== null);
  if (ranked.length === 0) return say('ranking.nobody');
  return [...Map.groupBy(ranked, ({ group }) => group)]
    .map(([group, rows]) => {
      const sentence = leadOf(view, rows);
      return group === '' ? sentence : say('ranking.group', { group: plainText(group), sentence });
    })
    .join(' ');
}

/** Who leads and who comes last, as far as that can be told, of those who are ranked together. */
function leadOf(view: View, rows: readonly RankingRow[]): string {
  const { say, site } = view;
  const nameOf = (company: string) => plainText(view.texts.company(company, 'name')?.value ?? company);
  const [only] = rows;
  if (rows.length === 1 && only)
    return say('ranking.only', {
      first: nameOf(only.company),
      score: only.published,
      maximum: site.scoreOf(only.company, site.total.id)?.maximum ?? '',
    });
  const bands = bandsOfGroup(view, rows);
  const [top, last] = [bands?.[0], bands?.at(-1)];
  if (!bands || !top) return halfOf(view, rows);
  if (bands.length === 1) return say('headline.nobody-leads');
  const names = new Intl.ListFormat(view.language).format(top.map(nameOf));
  const lead =
    top.length <= MOST_NAMED
      ? say('headline.lead', { names, count: top.length })
      : say('headline.many-lead', { count: top.length, of: rows.length });
  return last?.length === 1 && last[0] !== undefined
    ? `${lead} ${say('headline.last', { name: nameOf(last[0]) })}`
    : lead;
}

/** More names than these are no headline. */
const MOST_NAMED = 4;

/** The bands that the data can tell apart, of those who are ranked together. */
export function bandsOfGroup(
  view: View,
  rows: readonly Pick<RankingRow, 'company'>[],
): readonly (readonly string[])[] | undefined {
  const members = new Set(rows.map(({ company }) => company));
  return view.site.firmness?.bands?.filter(([first]) => first !== undefined && members.has(first));
}

/** How many companies reach half of what they could; from how many to how many, where missing answers leave it open. */
export function halfOf({ site, say }: View, ranked: readonly RankingRow[]): string {
  const reach = (end: 'low' | 'high') =>
    ranked.filter(({ company }) => {
      const score = site.scored.scores.of(company, site.total.id);
      return score?.kind === 'interval' && score[end].mul(2).compare(score.max) >= 0;
    }).length;
  const [from, to] = [reach('low'), reach('high')];
  return from === to
    ? say('ranking.half', { half: from, count: ranked.length })
    : say('ranking.half-open', { from, to, count: ranked.length });
}

/** What the ranking says in a few words, for previews: its headline, and how many reach half. */
export function summaryOf(view: View): string {
  const { site } = view;
  const ranked = site.ranking.rows.filter((row) => row.rank !== null);
  const grouped = new Set(ranked.map(({ group }) => group)).size > 1;
  const headline = plainText(headlineOf(view).value);
  if (ranked.length < 2 || grouped) return headline;
  const half = halfOf(view, ranked);
  return headline === half ? half : `${headline} ${half}`;
}

/** In one line, how sure the order is; undefined where nobody has looked. */
export function sureText(view: View): string | undefined {
  const { site, say } = view;
  const ranked = site.ranking.rows.filter((row) => row.rank !== null);
  const groups = [...Map.groupBy(ranked, ({ group }) => group).values()];
  const [first] = groups;
  if (!site.firmness?.bands || !first) return undefined;
  return groups.length > 1
    ? say('sure.grouped')
    : say('sure.bands', { count: bandsOfGroup(view, first)?.length ?? 1 });
}
