import { type Company, type Measure, pointsOf, type Scale, type Service } from '#edition/index';
import { decimalOf } from '#scoring/index';
import { at } from '../addresses.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { numbersOf, pagesOf, ROWS_PER_PAGE } from '../paging.ts';
import { Bar } from '../parts/bar.tsx';
import { Distribution } from '../parts/distribution.tsx';
import { answerName } from '../parts/facts.tsx';
import { Citations, Prose } from '../parts/prose.tsx';
import { Rule } from '../parts/rule.tsx';
import { ScoreCell } from '../parts/score.tsx';
import { languageOf, Marked, Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** A measure with its rubric and what was found for all companies, side by side; in pages where they are many. */
export function measurePages(site: Site): Page[] {
  return site.edition.methodology.measures.flatMap((measure) => {
    const rows = rowsOf(site, measure);
    const title = (view: View) => plainText(view.texts.measure(measure.id, 'name')?.value ?? measure.id);
    return pagesOf(rows.length).map((number): Page => {
      const of = numbersOf(rows.length);
      return {
        path: addressOf(measure.id, number),
        kind: 'measure',
        title: (view) =>
          of > 1 ? `${title(view)} (${view.say('paging.page', { number, of })})` : title(view),
        body: (view, notes) => (
          <MeasurePage view={view} notes={notes} measure={measure} rows={rows} number={number} />
        ),
      };
    });
  });
}

const addressOf = (measure: string, number: number) =>
  number === 1 ? at.measure(measure) : `measures/${measure}/page/${number}.html`;

type Unit = Company | Service;

/** Whom the measure has something about: companies by their scores, or all units that it is answered for. */
function rowsOf(site: Site, measure: Measure): readonly Unit[] {
  const { companies, services } = site.edition;
  const companiesByRank = site.ranking.rows.flatMap((row) => site.company(row.company) ?? []);
  const scored = companiesByRank.filter((company) => site.scoreOf(company.id, measure.id));
  if (scored.length > 0) {
    const shares = new Map(
      scored.map((company) => [company, site.scoreOf(company.id, measure.id)?.share ?? -1]),
    );
    return scored.toSorted((a, b) => (shares.get(b) ?? 0) - (shares.get(a) ?? 0));
  }
  return [...(companiesByRank.length > 0 ? companiesByRank : companies), ...services].filter((unit) =>
    site.answer(unit.id, measure.id),
  );
}

interface Props {
  readonly view: View;
  readonly notes: Notes;
  readonly measure: Measure;
  readonly rows: readonly Unit[];
  readonly number: number;
}

function MeasurePage({ view, notes, measure, rows, number }: Props) {
  const { site, say, texts } = view;
  const scale = site.scale(measure.scale);
  const above = site.lineageOf(measure.id).slice(1);
  const below = site.childrenOf(measure.id);
  const shown = rows.slice((number - 1) * ROWS_PER_PAGE, number * ROWS_PER_PAGE);
  return (
    <>
      <h1>
        <T view={view} of={texts.measure(measure.id, 'name')} />
      </h1>
      {above.length > 0 ? (
        <p>
          {say('measure.part-of')}{' '}
          {above.map((own, index) => (
            <>
              {index > 0 ? ' › ' : ''}
              <a href={view.href(at.measure(own.id))}>
                <T view={view} of={texts.measure(own.id, 'name')} />
              </a>
            </>
          ))}
        </p>
      ) : null}
      {measure.question ? (
        <p class="standfirst">
          <T view={view} of={texts.measure(measure.id, 'question')} />
        </p>
      ) : null}
      {measure.recorded ? <p>{say('measure.recorded')}</p> : <Rule view={view} measure={measure} />}
      {number === 1 && scale ? <Rubric view={view} scale={scale} measure={measure.id} /> : null}
      <h2 id="found">{say('measure.found')}</h2>
      {number === 1 ? <Distribution view={view} measure={measure} /> : null}
      <Found view={view} notes={notes} measure={measure} rows={shown} />
      <Paging view={view} measure={measure} rows={rows} number={number} />
      {number === 1 ? (
        <>
          <Prose
            view={view}
            notes={notes}
            of={measure.guidance ? texts.measure(measure.id, 'guidance') : undefined}
            headings={2}
          />
          {below.length > 0 ? (
            <>
              <h2 id="below">{say('measure.below')}</h2>
              <ul>
                {below.map((child) => (
                  <li>
                    <a href={view.href(at.measure(child.id))}>
                      <T view={view} of={texts.measure(child.id, 'name')} />
                    </a>
                    {child.recorded ? ` (${say('measure.recorded-short')})` : null}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </>
      ) : null}
    </>
  );
}

/** The answers a scale admits, with their points and what each of them asks for. */
export function Rubric({ view, scale, measure }: { view: View; scale: Scale; measure?: string }) {
  const { say, texts } = view;
  if (scale.kind === 'number') return null;
  const own = view.site.measure(measure ?? '');
  const points = own && !own.recorded ? pointsOf(own, scale) : undefined;
  const pointsText = ({ answer, points: usual }: Scale['answers'][number]) => {
    const exact = points?.get(answer);
    return exact ? decimalOf(exact.toFraction()) : (usual ?? '–');
  };
  const admitted = scale.answers.filter(({ answer }) => !own?.excludes?.includes(answer));
  const hasPoints = scale.answers.some((option) => option.points !== undefined);
  return (
    <table class="rubric">
      <caption>{say('measure.rubric')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('facts.answer')}</th>
          {hasPoints ? <th scope="col">{say('measure.points')}</th> : null}
          <th scope="col">{say('measure.meaning')}</th>
        </tr>
      </thead>
      <tbody>
        {admitted.map((option) => (
          <tr>
            <th scope="row">
              {scale.kind === 'levels' ? `${option.answer} – ` : null}
              <T view={view} of={texts.option(scale.id, option.answer, 'name')} />
            </th>
            {hasPoints ? <td>{pointsText(option)}</td> : null}
            <td>
              <T
                view={view}
                of={
                  measure === undefined
                    ? texts.option(scale.id, option.answer, 'meaning')
                    : texts.meaning(measure, option.answer)
                }
              />
            </td>
          </tr>
        ))}
        {scale['no-evidence'] === undefined ? null : (
          <tr>
            <th scope="row">{say('state.no-evidence')}</th>
            <td>{scale['no-evidence']}</td>
            <td>{say('state.no-evidence-meaning')}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Found({ view, notes, measure, rows }: Omit<Props, 'number'>) {
  const { say, site } = view;
  const noted = rows.some((unit) => {
    const answer = site.answer(unit.id, measure.id);
    return answer && (answer.note !== '' || answer.citations.length > 0);
  });
  return (
    <section class="scroll" tabindex={0} aria-labelledby="found">
      <table>
        <thead>
          <tr>
            <th scope="col">{say('facts.unit')}</th>
            <th scope="col">{say(measure.recorded ? 'facts.answer' : 'ranking.score')}</th>
            {noted ? <th scope="col">{say('facts.note')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((unit) => (
            <tr>
              <UnitHead view={view} unit={unit} />
              <FoundCell view={view} unit={unit} measure={measure} />
              {noted ? (
                <td {...languageOf(view, view.texts.note(unit.id, measure.id))}>
                  <Marked of={view.texts.note(unit.id, measure.id)} />
                  <Citations
                    view={view}
                    notes={notes}
                    of={site.answer(unit.id, measure.id)?.citations ?? []}
                  />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function UnitHead({ view, unit }: { view: View; unit: Unit }) {
  const { texts } = view;
  const isService = 'company' in unit;
  return (
    <th scope="row">
      <a href={view.href(view.site.pageOf(unit.id))}>
        <Name view={view} of={isService ? texts.service(unit.id, 'name') : texts.company(unit.id, 'name')} />
      </a>
    </th>
  );
}

function FoundCell({ view, unit, measure }: { view: View; unit: Unit; measure: Measure }) {
  const { site } = view;
  const isCompany = !('company' in unit);
  const score = site.scoreOf(unit.id, measure.id);
  if (isCompany && score && site.criteria.includes(measure))
    return <ScoreCell view={view} company={unit.id} measure={measure.id} />;
  if (score)
    return (
      <td>
        <b>{score.printed}</b>{' '}
        {score.maximum === undefined ? null : view.say('score.of', { maximum: score.maximum })}
        <Bar of={score.bar} />
      </td>
    );
  const answer = site.answer(unit.id, measure.id);
  return <td>{answer ? <T view={view} of={answerName(view, answer)} /> : '–'}</td>;
}

function Paging({ view, measure, rows, number }: Omit<Props, 'notes'>) {
  if (rows.length <= ROWS_PER_PAGE) return null;
  return (
    <nav aria-label={view.say('paging.pages')} class="paging">
      <ol>
        {pagesOf(rows.length).map((page) => (
          <li>
            <a
              href={view.href(addressOf(measure.id, page))}
              {...(page === number ? { 'aria-current': 'page' } : {})}
            >
              {view.number((page - 1) * ROWS_PER_PAGE + 1)}–
              {view.number(Math.min(page * ROWS_PER_PAGE, rows.length))}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
