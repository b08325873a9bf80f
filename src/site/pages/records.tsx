import type { Company, Figure } from '#edition/index';
import type { FoundDeviation } from '#scoring/index';
import { at } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import type { Page } from '../page.ts';
import { LetterText } from '../parts/letters.tsx';
import { Prose } from '../parts/prose.tsx';
import { Name, plainText, printable, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** What an edition keeps of its own making: letters, published figures re-derived, corrections. */
export function recordPages(site: Site): Page[] {
  return [...correspondence(site), ...verification(site), corrections(site)];
}

function correspondence(site: Site): Page[] {
  if (site.edition.correspondence.length === 0) return [];
  return [
    {
      path: at.correspondence,
      kind: 'correspondence',
      title: (view) => view.say('nav.correspondence'),
      body: (view, notes) => (
        <>
          <h1>{view.say('nav.correspondence')}</h1>
          <p class="standfirst">
            {view.say('letters.about', {
              sent: site.edition.correspondence.filter((letter) => letter.direction === 'sent').length,
              received: site.edition.correspondence.filter((letter) => letter.direction === 'received')
                .length,
              silent: site.edition.companies.filter((company) => isSilent(site, company)).length,
            })}
          </p>
          <Prose view={view} notes={notes} of={view.texts.prose('correspondence')} headings={2} />
          {site.edition.companies.map((company) => (
            <section>
              <h2 id={`company-${company.id}`}>
                <a href={view.href(view.site.pageOf(company.id))}>
                  <Name view={view} of={view.texts.company(company.id, 'name')} />
                </a>
              </h2>
              {site.lettersOf(company.id).length === 0 ? <p>{view.say('letters.no-letters')}</p> : null}
              {site.lettersOf(company.id).map((letter) => (
                <LetterText view={view} notes={notes} letter={letter} />
              ))}
            </section>
          ))}
        </>
      ),
    },
  ];
}

/** Whether somebody was written to, let the last day for a reply pass, and never replied: nobody else did “not reply”. */
function isSilent(site: Site, company: Company): boolean {
  const letters = site.lettersOf(company.id);
  const until = site.edition.meta.released ?? site.edition.meta['cut-off']?.date ?? '';
  return (
    letters.some(({ direction, reply_by }) => direction === 'sent' && reply_by !== '' && reply_by <= until) &&
    !letters.some(({ direction }) => direction === 'received')
  );
}

/** More published figures than these are not listed one by one; the deviations always are. */
const MOST_FIGURES = 1000;

function verification(site: Site): Page[] {
  const { checked } = site.verification;
  if (checked === 0) return [];
  return [
    {
      path: at.verification,
      kind: 'verification',
      title: (view) => view.say('verification.title'),
      body: (view) => (
        <>
          <h1>{view.say('verification.title')}</h1>
          <Verification view={view} />
        </>
      ),
    },
  ];
}

/** Why a figure deviates, and who says so. */
function Account({ view, deviation }: { view: View; deviation: FoundDeviation | undefined }) {
  if (!deviation || deviation.state === 'unexplained') return <>{view.say('verification.unexplained')}</>;
  const explanation = <T view={view} of={view.texts.original(deviation.explanation)} />;
  if (deviation.state === 'proposed')
    return (
      <>
        <strong>{view.say('verification.proposed')}</strong> {explanation}
      </>
    );
  return (
    <>
      {explanation} ({deviation.by})
    </>
  );
}

/** Published against computed: what deviates, with its explanation, and then every figure. */
export function Verification({ view, level = 2 }: { view: View; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const { site, say } = view;
  const { checked, matched, withinInputs, deviations } = site.verification;
  const byIndex = new Map(deviations.map((deviation) => [deviation.index, deviation]));
  const explanations = Map.groupBy(deviations, ({ state, explanation, by }) =>
    [state, explanation, by].join('\n'),
  );
  return (
    <>
      <p class="standfirst">
        {say('verification.about', { checked, matched, deviating: deviations.length })}
        {withinInputs.length > 0 ? ` ${say('verification.within', { count: withinInputs.length })}` : null}
      </p>
      {deviations.length > 0 ? <Heading id="deviations">{say('verification.deviations')}</Heading> : null}
      {[...explanations.values()].map((figures) => (
        <section class="deviation">
          <ul>
            {figures.map((figure) => (
              <li>
                <FigureName view={view} unit={figure.unit} measure={figure.measure} figure={figure.figure} />:{' '}
                {say('verification.differs', { published: figure.published, computed: figure.computed })}
              </li>
            ))}
          </ul>
          <p>
            <Account view={view} deviation={figures[0]} />
          </p>
        </section>
      ))}
      {checked <= MOST_FIGURES ? (
        <>
          <Heading id="figures">{say('verification.figures')}</Heading>
          <section class="scroll" tabindex={0} aria-labelledby="figures">
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('verification.figure')}</th>
                  <th scope="col">{say('verification.published')}</th>
                  <th scope="col">{say('verification.computed')}</th>
                  <th scope="col">{say('verification.where')}</th>
                </tr>
              </thead>
              <tbody>
                {site.edition.published.map((figure, index) => {
                  const deviation = byIndex.get(index);
                  return (
                    <tr {...(deviation ? { class: 'deviates' } : {})}>
                      <th scope="row">
                        <FigureName
                          view={view}
                          unit={figure.unit}
                          measure={figure.measure}
                          figure={figure.figure}
                        />
                      </th>
                      <td>{printable(figure.value)}</td>
                      <td>
                        {deviation
                          ? `${deviation.computed} – ${say('verification.deviates')}`
                          : `${printable(figure.value)} – ${say('verification.agrees')}`}
                      </td>
                      <td>
                        <T view={view} of={view.texts.original(figure.where)} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        </>
      ) : (
        <p>{say('verification.many')}</p>
      )}
    </>
  );
}

function FigureName({
  view,
  unit,
  measure,
  figure,
}: {
  view: View;
  unit: string;
  measure: string;
  figure: Figure;
}) {
  const { texts, say, site } = view;
  const page = at.score(unit, measure);
  const name = <Name view={view} of={texts.company(unit, 'name') ?? texts.service(unit, 'name')} />;
  const of =
    figure === 'score' ? (
      <T view={view} of={texts.measure(measure, 'name')} />
    ) : (
      say(`verification.${figure}`)
    );
  return (
    <>
      {view.has(page) ? (
        <a href={view.href(page)}>
          {name}: {of}
        </a>
      ) : (
        <>
          {site.company(unit) ? <a href={view.href(view.site.pageOf(unit))}>{name}</a> : name}: {of}
        </>
      )}
    </>
  );
}

/** A state or named answer as readers know it; a score as it was printed. */
function answerWord(view: View, measure: string, answer: string): string {
  if (answer === 'not-applicable' || answer === 'no-evidence' || answer === 'not-assessed')
    return view.say(`state.${answer}`);
  const scale = view.site.scale(view.site.measure(measure)?.scale);
  if (scale?.kind !== 'options') return answer;
  return plainText(view.texts.option(scale.id, answer, 'name')?.value ?? answer);
}

function corrections(site: Site): Page {
  return {
    path: at.corrections,
    kind: 'corrections',
    title: (view) => view.say('corrections.title'),
    body: (view, notes) => {
      const { say } = view;
      const newest = site.edition.corrections.toReversed();
      return (
        <>
          <h1>{say('corrections.title')}</h1>
          <p class="standfirst">
            {say('corrections.about')} <a href={view.file('corrections.atom')}>{say('corrections.feed')}</a>
          </p>
          {newest.length === 0 ? <p>{say('corrections.none')}</p> : null}
          {newest.map((correction) => (
            <section>
              <h2 id={`correction-${correction.id}`}>
                {formatDate(correction.date, view.language)}: {say(`corrections.${correction.kind}`)}
              </h2>
              <Prose view={view} notes={notes} of={view.texts.original(correction.text)} />
              {correction.concerns ? (
                <ul>
                  {correction.concerns.map(({ unit, measure, was, is }) => (
                    <li>
                      <FigureName view={view} unit={unit} measure={measure} figure="score" />
                      {was === undefined || is === undefined
                        ? null
                        : `: ${say('corrections.was-is', { was: answerWord(view, measure, was), is: answerWord(view, measure, is) })}`}
                    </li>
                  ))}
                </ul>
              ) : null}
            </section>
          ))}
          {site.edition.meta.released ? (
            <p>
              {say('corrections.released', { date: formatDate(site.edition.meta.released, view.language) })}
            </p>
          ) : null}
        </>
      );
    },
  };
}
