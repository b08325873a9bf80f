import { printRank } from '#scoring/index';
import { at } from '../addresses.ts';
import type { ScoreView } from '../site.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';
import { Bar } from './bar.tsx';
import { answerName } from './facts.tsx';
import { plainText, T } from './text.tsx';

/** The word for a score: what its level is called, or how much of the attainable it is. */
export function wordOf(view: View, score: ScoreView): Text {
  const own = (value: string): Text => ({ value, language: view.language });
  if (score.answer !== undefined && score.scale) {
    const name = view.texts.option(score.scale.id, score.answer, 'name');
    if (name) return name;
    if (score.scale.kind === 'number' && score.step !== 'open' && score.step !== 'not-applicable')
      return answerName(view, { answer: score.answer, scale: score.scale });
  }
  if (score.answer === 'no-evidence') return own(view.say('state.no-evidence'));
  if (score.answer === 'not-assessed' && score.step === 'not-applicable')
    return own(view.say('state.not-assessed'));
  if (score.missing) return own(view.say(`state.${score.missing}`));
  if (score.step === 'not-applicable') return own(view.say('state.not-applicable'));
  if (score.step === 'open')
    return own(view.say(score.answer === 'not-assessed' ? 'state.not-assessed' : 'score.open'));
  return own(view.say('score.of', { maximum: score.maximum ?? '' }));
}

/** A score as a cell of a table: figure, word and pattern, linked to its reasons. */
export function ScoreCell({
  view,
  company,
  measure,
  column,
  link = true,
}: {
  view: View;
  company: string;
  measure: string;
  column?: string;
  link?: boolean;
}) {
  const score = view.site.scoreOf(company, measure);
  const own = column === undefined ? '' : ` ${column}`;
  if (!score)
    return (
      <td class={`s s-not-applicable${own}`} {...label(view, measure)}>
        –
      </td>
    );
  const content = (
    <>
      <b>{score.printed}</b>{' '}
      <small>
        <T view={view} of={wordOf(view, score)} />
      </small>
      <Bar of={score.bar} />
    </>
  );
  const reasons = at.score(company, measure);
  return (
    <td class={`s s-${score.step}${own}`} {...label(view, measure)}>
      {link && view.has(reasons) ? <a href={view.href(reasons)}>{content}</a> : content}
    </td>
  );
}

/** What a cell is called where a narrow screen shows no head above it. */
const label = (view: View, measure: string) => ({
  'data-label': plainText(
    (view.texts.measure(measure, 'short') ?? view.texts.measure(measure, 'name'))?.value ?? measure,
  ),
});

/** A score within text or a list. */
export function Score({ view, score }: { view: View; score: ScoreView }) {
  const word = wordOf(view, score);
  const isLevel = score.answer !== undefined;
  return (
    <span class="score">
      <b class={`s s-${score.step}`}>{score.printed}</b>{' '}
      {isLevel && score.maximum !== undefined
        ? `${view.say('score.of', { maximum: score.maximum })} – `
        : null}
      <T view={view} of={word} />
    </span>
  );
}

/** A rank in print: one, or a range where missing answers leave it open. */
export function rankText(rank: number | readonly [number, number] | null): string {
  if (rank === null) return printRank(0, 0);
  return typeof rank === 'number' ? printRank(rank, rank) : printRank(...rank);
}

/** The rank of a company as a ranking prints it: `=2` where others have the same. */
export function placeText(view: View, company: string): string {
  const text = rankText(view.site.row(company)?.rank ?? null);
  return view.site.isShared(company) ? `=${text}` : text;
}

/** The rank of a company in words, such as “joint 2nd of 11”: among those it is ranked with. */
export function placeInWords(view: View, company: string): string {
  const { site, say } = view;
  const row = site.row(company);
  const count = site.rivals(company);
  if (!row || row.rank === null) return say('place.none');
  const place =
    typeof row.rank === 'number'
      ? say(site.isShared(company) ? 'place.shared' : 'place.alone', { rank: row.rank, count })
      : say('place.range', { low: row.rank[0], high: row.rank[1], count });
  return row.group === '' ? place : say('place.in-group', { place, group: plainText(row.group) });
}
