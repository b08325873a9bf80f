import type { Company, Measure } from '#edition/index';
import { at } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { Caution } from '../parts/caution.tsx';
import { Contest } from '../parts/contest.tsx';
import { DerivationPath } from '../parts/derivation.tsx';
import { Facts } from '../parts/facts.tsx';
import { History } from '../parts/history.tsx';
import { Letters } from '../parts/letters.tsx';
import { NextLevels } from '../parts/next-levels.tsx';
import { Citations, Prose } from '../parts/prose.tsx';
import { placeInWords, Score, wordOf } from '../parts/score.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { ScoreView, Site } from '../site.ts';
import type { View } from '../view.ts';

/** The permanent page of every score: what it is, what it means, why, on what evidence, and what follows from it. */
export function scorePages(site: Site): Page[] {
  return site.edition.companies.flatMap((company) =>
    site.criteria.map((measure): Page => {
      const names = (view: View) => ({
        company: plainText(view.texts.company(company.id, 'name')?.value ?? company.id),
        measure: plainText(view.texts.measure(measure.id, 'name')?.value ?? measure.id),
      });
      return {
        path: at.score(company.id, measure.id),
        kind: 'score',
        title: (view) => view.say('score.title', names(view)),
        description: (view) => {
          const score = site.scoreOf(company.id, measure.id);
          return score
            ? view.say('score.description', {
                ...names(view),
                score: score.printed,
                word: plainText(wordOf(view, score).value),
              })
            : '';
        },
        body: (view, notes) => <ScorePage view={view} notes={notes} company={company} measure={measure} />,
      };
    }),
  );
}

interface Props {
  readonly view: View;
  readonly notes: Notes;
  readonly company: Company;
  readonly measure: Measure;
}

function ScorePage({ view, notes, company, measure }: Props) {
  const { site, say, texts } = view;
  const score = site.scoreOf(company.id, measure.id);
  const row = site.row(company.id);
  const note = texts.note(company.id, measure.id);
  const answer = site.answer(company.id, measure.id);
  return (
    <>
      <h1>
        <a href={view.href(view.site.pageOf(company.id))}>
          <Name view={view} of={texts.company(company.id, 'name')} />
        </a>
        : <T view={view} of={texts.measure(measure.id, 'name')} />
      </h1>
      <Caution view={view} />
      {score ? (
        <p class="verdict">
          <Score view={view} score={score} />
        </p>
      ) : null}
      <Meaning view={view} score={score} measure={measure} />
      <p>
        <strong>{say('measure.question')}</strong>{' '}
        <T view={view} of={texts.measure(measure.id, 'question') ?? texts.measure(measure.id, 'name')} />{' '}
        <a href={view.href(at.measure(measure.id))}>{say('score.all-companies')}</a>
      </p>
      <p>
        {say('score.in-total', {
          company: plainText(texts.company(company.id, 'name')?.value ?? company.id),
          place: placeInWords(view, company.id),
          score: row?.published ?? '–',
        })}{' '}
        <a href={view.href(at.ranking)}>{say('score.see-ranking')}</a>
      </p>
      {texts.notice ? (
        <p class="notice">
          <T view={view} of={texts.notice} />
          {view.site.edition.prose.method === undefined ? null : (
            <>
              {' '}
              <a href={view.href(at.methodology)}>{say('method.title')}</a>
            </>
          )}
        </p>
      ) : null}

      <h2 id="reasons">{say('score.reasons')}</h2>
      <Reasons view={view} notes={notes} company={company} measure={measure} />
      {note || (answer && answer.citations.length > 0) ? (
        <p>
          {note ? <T view={view} of={note} /> : `${say('sources.label')}:`}
          <Citations view={view} notes={notes} of={answer?.citations ?? []} />
        </p>
      ) : null}

      <Searches view={view} company={company} measure={measure} />
      <Facts view={view} notes={notes} units={[company, ...site.servicesOf(company.id)]} below={measure} />
      <Letters view={view} notes={notes} company={company} />

      <h2 id="derivation">{say('score.derivation')}</h2>
      <DerivationPath view={view} company={company.id} measure={measure} />

      <h2 id="raise">{say('raise.heading')}</h2>
      <NextLevels view={view} company={company} within={measure} />
      <p>
        <a href={view.href(at.raise(company.id))}>{say('raise.all')}</a>
      </p>

      <History view={view} notes={notes} unit={company.id} measure={measure.id} />
      <Contest view={view} company={company} measure={measure} />
    </>
  );
}

/** Searches that found nothing are the evidence of a no-evidence answer. */
function Searches({ view, company, measure }: Omit<Props, 'notes'>) {
  const { site, say } = view;
  const units = new Set([company.id, ...site.servicesOf(company.id).map(({ id }) => id)]);
  const found = site.edition.searches.filter(
    (search) => units.has(search.unit) && site.lineageOf(search.measure).includes(measure),
  );
  if (found.length === 0) return null;
  return (
    <>
      <h2 id="searches">{say('evidence.searches')}</h2>
      <ul>
        {found.map((search) => (
          <li>
            {say('evidence.search', {
              date: formatDate(search.date, view.language),
              place: plainText(search.where),
              words: plainText(search.words),
            })}{' '}
            <T view={view} of={view.texts.original(search.note || undefined)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the level says of itself, so that nobody has to guess what a figure stands for. */
function Meaning({ view, score, measure }: { view: View; score: ScoreView | undefined; measure: Measure }) {
  if (score?.answer === undefined) return null;
  const meaning = view.texts.meaning(measure.id, score.answer);
  if (meaning)
    return (
      <p class="meaning">
        <T view={view} of={meaning} />
      </p>
    );
  const state = ['not-applicable', 'no-evidence', 'not-assessed'].includes(score.answer);
  return state ? (
    <p class="meaning">{view.say(`state.${score.answer}-meaning` as 'state.not-assessed-meaning')}</p>
  ) : null;
}

/** The reasons for a company, and for its services where they are what is scored. */
function Reasons({ view, notes, company, measure }: Props) {
  const { site, texts, say } = view;
  const within = site.edition.methodology.measures.filter((candidate) =>
    site.lineageOf(candidate.id).includes(measure),
  );
  const sections = [company, ...site.servicesOf(company.id)].flatMap((unit) =>
    within.flatMap((of) => {
      const text = texts.section(unit.id, of.id);
      return text ? [{ unit, of, text }] : [];
    }),
  );
  if (sections.length === 0)
    return texts.note(company.id, measure.id) ? null : <p>{say('score.no-reasons')}</p>;
  return (
    <>
      {sections.map(({ unit, of, text }) => (
        <>
          {unit === company && of === measure ? null : (
            <h3>
              <Name view={view} of={texts.company(unit.id, 'name') ?? texts.service(unit.id, 'name')} />
              {of === measure ? null : (
                <>
                  : <T view={view} of={texts.measure(of.id, 'name')} />
                </>
              )}
            </h3>
          )}
          <Prose view={view} notes={notes} of={text} headings={unit === company && of === measure ? 3 : 4} />
        </>
      ))}
    </>
  );
}
