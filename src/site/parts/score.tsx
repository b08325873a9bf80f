import { printRank } from '#scoring/index';
import { at } from '../addresses.ts';
import type { ScoreView } from '../site.ts';
import type { Text } from '../texts.ts';
import type { View } from '../view.ts';
import { answerName } from './facts.tsx';
import { T } from './text.tsx';

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
  if (!score) return <td class={`s s-not-applicable${own}`}>–</td>;
  const content = (
    <>
      <b>{score.printed}</b>{' '}
      <small>
        <T view={view} of={wordOf(view, score)} />
      </small>
    </>
  );
  const reasons = at.score(company, measure);
  return (
    <td class={`s s-${score.step}${widthOf(score.share)}${own}`}>
      {link && view.has(reasons) ? <a href={view.href(reasons)}>{content}</a> : content}
    </td>
  );
}

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

/** The class that draws a share, in steps of a twentieth; only nothing is drawn as nothing, and only all as all. */
function widthOf(share: number | undefined): string {
  if (share === undefined || share <= 0) return '';
  return ` w${share >= 1 ? 100 : Math.min(95, Math.max(5, Math.round(share * 20) * 5))}`;
}

/** How much of the attainable a score is, as a bar; the figure beside it says the same. */
export function Bar({ share }: { share: number | undefined }) {
  if (share === undefined) return null;
  return <span class={`bar${widthOf(share)}`} aria-hidden="true" />;
}

/** A rank in print: one, or a range where missing answers leave it open. */
export function rankText(rank: number | readonly [number, number] | null): string {
  if (rank === null) return printRank(0, 0);
  return typeof rank === 'number' ? printRank(rank, rank) : printRank(...rank);
}
