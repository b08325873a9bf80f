import type { Company, Measure, Scale } from '#edition/index';
import type { NextLevel } from '#scoring/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { answerName } from './facts.tsx';
import { rankText } from './score.tsx';
import { Name, T } from './text.tsx';

/** For each criterion the next level in its own words, and the total and rank that it alone would give. */
export function NextLevels({ view, company, within }: { view: View; company: Company; within?: Measure }) {
  const { site, say } = view;
  const levels = site
    .nextLevels(company.id)
    .filter((level) => within === undefined || site.lineageOf(level.measure).includes(within));
  return (
    <div class="levels">
      {levels.map((level) => (
        <section>
          {within && level.measure === within.id ? null : (
            <h2>
              {level.unit === company.id ? null : (
                <>
                  <Name view={view} of={view.texts.service(level.unit, 'name')} />:{' '}
                </>
              )}
              <T view={view} of={view.texts.measure(level.measure, 'name')} />
            </h2>
          )}
          <Level view={view} company={company} level={level} />
          {within ? null : (
            <p>
              {view.has(at.score(company.id, level.measure)) ? (
                <a href={view.href(at.score(company.id, level.measure))}>{say('raise.why-now')}</a>
              ) : null}
            </p>
          )}
        </section>
      ))}
    </div>
  );
}

function Level({ view, company, level }: { view: View; company: Company; level: NextLevel }) {
  const { site, say, texts } = view;
  const scale = site.scale(site.measure(level.measure)?.scale);
  const now = <LevelName view={view} answer={level.answer} scale={scale} />;
  if (level.next === undefined)
    return (
      <p>
        {say('raise.now')} {now}. {say(`raise.${level.why}`)}
      </p>
    );
  const meaning = texts.meaning(level.measure, level.next.answer);
  return (
    <>
      <p>
        {say('raise.now')} {now}. {say('raise.next')}{' '}
        <strong>
          <LevelName view={view} answer={level.next.answer} scale={scale} />
        </strong>
      </p>
      {meaning ? (
        <blockquote>
          <T view={view} of={meaning} />
        </blockquote>
      ) : null}
      <p>
        {say('raise.outcome', {
          score: level.next.outcome.published,
          rank: rankText(level.next.outcome.rank),
          scoreNow: site.row(company.id)?.published ?? '–',
          rankNow: rankText(site.row(company.id)?.rank ?? null),
        })}
      </p>
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
