import { fraction } from '#arithmetic/index';
import type { Company, Measure, Scale } from '#edition/index';
import type { NextLevel, WhatIf } from '#scoring/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { answerName } from './facts.tsx';
import { rankText } from './score.tsx';
import { Name, T } from './text.tsx';

type Step = NextLevel & { readonly next: NonNullable<NextLevel['next']> };

const hasNext = (level: NextLevel): level is Step => level.next !== undefined;

/** The next step on one criterion: what it takes, and what it alone would do. */
export function NextLevels({ view, company, within }: { view: View; company: Company; within: Measure }) {
  const { site, say } = view;
  const levels = site
    .nextLevels(company.id)
    .filter((level) => site.lineageOf(level.measure).includes(within));
  return (
    <div class="levels">
      {levels.map((level) => (
        <section>
          {level.measure === within.id && level.unit === company.id ? null : (
            <h3>
              <StepName view={view} company={company} level={level} />
            </h3>
          )}
          {hasNext(level) ? (
            <StepText view={view} company={company} level={level} />
          ) : (
            <p>{say(`raise.${level.why}`)}</p>
          )}
        </section>
      ))}
    </div>
  );
}

/** In a brief plan only so many steps are named. */
const MOST_BRIEF = 3;

/** What a company can do: each next step, the largest gain first, what of it is there and what is missing, and all of them together. */
export function Plan({ view, company, brief = false }: { view: View; company: Company; brief?: boolean }) {
  const { site, say } = view;
  const levels = site.nextLevels(company.id);
  const steps = levels
    .filter(hasNext)
    .toSorted((a, b) => gainOf(view, company, b) - gainOf(view, company, a));
  const atBest = levels.filter((level) => !hasNext(level) && level.why === 'highest');
  const shown = brief ? steps.slice(0, MOST_BRIEF) : steps;
  return (
    <div class="levels">
      {steps.length === 0 ? <p>{say('raise.none')}</p> : null}
      {shown.map((level) => (
        <section>
          {brief ? null : (
            <h2>
              <StepName view={view} company={company} level={level} />
            </h2>
          )}
          {brief ? (
            <p>
              <b>
                <StepName view={view} company={company} level={level} />
              </b>
              : <Outcome view={view} company={company} outcome={level.next.outcome} />
            </p>
          ) : (
            <>
              <StepText view={view} company={company} level={level} />
              <Checklist view={view} company={company} measure={level.measure} />
              {view.has(at.score(company.id, level.measure)) ? (
                <p>
                  <a href={view.href(at.score(company.id, level.measure))}>{say('raise.why-now')}</a>
                </p>
              ) : null}
            </>
          )}
        </section>
      ))}
      <Together view={view} company={company} steps={steps} />
      {atBest.length > 0 && !brief ? (
        <p>
          {say('raise.at-best')}{' '}
          {atBest.map((level, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <StepName view={view} company={company} level={level} />
            </>
          ))}
        </p>
      ) : null}
    </div>
  );
}

/** By how much the exact total would grow; of a range, its middle. */
function gainOf({ site }: View, company: Company, level: Step): number {
  const middle = (amount: WhatIf['exact']) =>
    amount === null
      ? 0
      : typeof amount === 'string'
        ? fraction(amount).valueOf()
        : (fraction(amount[0]).valueOf() + fraction(amount[1]).valueOf()) / 2;
  const score = site.scored.scores.of(company.id, site.total.id);
  const now = score?.kind === 'interval' ? (score.low.valueOf() + score.high.valueOf()) / 2 : 0;
  const sign = site.total.direction === 'lower' && !site.total.normalise ? -1 : 1;
  return sign * (middle(level.next.outcome.exact) - now);
}

/** What all next steps together would give. */
function Together({ view, company, steps }: { view: View; company: Company; steps: readonly Step[] }) {
  if (steps.length < 2) return null;
  const outcome = view.site.whatIf(
    company.id,
    steps.map(({ unit, measure, next }) => ({ unit, measure, answer: next.answer })),
  );
  return outcome ? (
    <p class="together">
      <b>{view.say('raise.together', { count: steps.length })}</b>{' '}
      <Outcome view={view} company={company} outcome={outcome} />
    </p>
  ) : null;
}

function StepName({ view, company, level }: { view: View; company: Company; level: NextLevel }) {
  return (
    <>
      {level.unit === company.id ? null : (
        <>
          <Name view={view} of={view.texts.service(level.unit, 'name')} />:{' '}
        </>
      )}
      <T view={view} of={view.texts.measure(level.measure, 'name')} />
    </>
  );
}

function StepText({ view, company, level }: { view: View; company: Company; level: Step }) {
  const { site, say, texts } = view;
  const scale = site.scale(site.measure(level.measure)?.scale);
  const advice =
    texts.advice(level.measure, level.next.answer) ?? texts.meaning(level.measure, level.next.answer);
  return (
    <>
      <p>
        {say('raise.now')} <LevelName view={view} answer={level.answer} scale={scale} />. {say('raise.next')}{' '}
        <strong>
          <LevelName view={view} answer={level.next.answer} scale={scale} />
        </strong>
      </p>
      {advice ? (
        <blockquote>
          <T view={view} of={advice} />
        </blockquote>
      ) : null}
      <p>
        <Outcome view={view} company={company} outcome={level.next.outcome} />
      </p>
    </>
  );
}

/** What a change would do to score and place; a place that would stay is said to stay. */
function Outcome({ view, company, outcome }: { view: View; company: Company; outcome: WhatIf }) {
  const { site, say } = view;
  const row = site.row(company.id);
  const now = row?.rank ?? null;
  const same = rankText(now) === rankText(outcome.rank);
  return (
    <>
      {say(same ? 'raise.outcome-same' : 'raise.outcome', {
        score: outcome.published,
        scoreNow: row?.published ?? '–',
        rank: rankText(outcome.rank),
        rankNow: rankText(now),
      })}
    </>
  );
}

/** The recorded facts that a criterion rests on, as they are: what is there, and what is missing. */
function Checklist({ view, company, measure }: { view: View; company: Company; measure: string }) {
  const { site, say, texts } = view;
  const units = [company, ...site.servicesOf(company.id)];
  const facts = site.edition.methodology.measures
    .filter((own) => own.recorded && own.scale !== undefined && own.parent === measure)
    .flatMap((own) =>
      units.flatMap((unit) => {
        const answer = site.answer(unit.id, own.id);
        return answer && answer.answer !== 'not-applicable' ? [{ own, unit, answer }] : [];
      }),
    );
  if (facts.length === 0) return null;
  return (
    <>
      <p>{say('raise.facts')}</p>
      <ul class="checklist">
        {facts.map(({ own, unit, answer }) => (
          <li>
            <T view={view} of={texts.measure(own.id, 'name')} />
            {unit.id === company.id ? null : (
              <>
                {' ('}
                <Name view={view} of={texts.service(unit.id, 'name')} />)
              </>
            )}
            :{' '}
            <b>
              <T view={view} of={answerName(view, answer)} />
            </b>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A level by its figure and its name; an answer without a figure by its name. */
function LevelName({ view, answer, scale }: { view: View; answer: string; scale: Scale | undefined }) {
  const name = <T view={view} of={answerName(view, { answer, scale })} />;
  const isFigure = scale?.kind === 'levels' && scale.answers.some((option) => option.answer === answer);
  return isFigure ? (
    <>
      {answer} – {name}
    </>
  ) : (
    name
  );
}
