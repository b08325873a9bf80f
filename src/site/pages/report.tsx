import { at } from '../addresses.ts';
import { headlineOf } from '../headline.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { AsOf } from '../parts/as-of.tsx';
import { Credit } from '../parts/credit.tsx';
import { Citations, Prose } from '../parts/prose.tsx';
import { placeText, ScoreCell } from '../parts/score.tsx';
import { Name, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { Profile } from './company.tsx';
import { Methodology } from './methodology.tsx';
import { Verification } from './records.tsx';

/** For more companies than these the report gives the ranking, the findings and the methodology, and says where the rest is. */
const MOST_COMPANIES = 60;

/** The whole edition on one page, to be printed and read from a piece of paper; and the table alone, for other people’s pages. */
export function reportPages(site: Site): Page[] {
  return [
    {
      path: at.report,
      kind: 'report',
      frame: 'report',
      title: (view) => view.texts.title.value,
      body: (view, notes) => (
        <>
          <section class="cover">
            <Credit view={view} />
            <h1>
              <T view={view} of={view.texts.title} />
            </h1>
            <p class="standfirst">
              <T view={view} of={headlineOf(view)} />
            </p>
            <p>
              <AsOf view={view} />
            </p>
            {site.edition.meta.publisher ? (
              <p>
                <T view={view} of={view.texts.original(site.edition.meta.publisher)} />
              </p>
            ) : null}
            <h2>{view.say('about.does-not-say')}</h2>
            <ul>
              {view.texts.doesNotSay.map((sentence) => (
                <li>
                  <T view={view} of={sentence} />
                </li>
              ))}
            </ul>
          </section>
          <section>
            <h2 id="ranking">{view.say('nav.ranking')}</h2>
            <PlainRanking view={view} />
          </section>
          {site.edition.findings.length > 0 ? (
            <section>
              <h2 id="findings">{view.say('findings.title')}</h2>
              {site.edition.findings.map((finding) => (
                <>
                  <h3>
                    <T view={view} of={view.texts.finding(finding.id, 'heading')} />
                  </h3>
                  <Prose view={view} notes={notes} of={view.texts.finding(finding.id, 'text')} headings={4} />
                </>
              ))}
            </section>
          ) : null}
          {site.edition.companies.length <= MOST_COMPANIES ? (
            site.ranking.rows.map(({ company }) => (
              <section class="chapter">
                <h2 id={`company-${company}`}>
                  <Name view={view} of={view.texts.company(company, 'name')} />
                </h2>
                <Profile
                  view={view}
                  company={
                    site.company(company) ?? {
                      id: company,
                      name: company,
                      headquarters: '',
                      country: '',
                      group: '',
                      note: '',
                    }
                  }
                  links={false}
                />
                <Prose view={view} notes={notes} of={view.texts.introduction(company)} />
                <Reasons view={view} notes={notes} company={company} />
              </section>
            ))
          ) : (
            <p>{view.say('report.companies-elsewhere', { count: site.edition.companies.length })}</p>
          )}
          <section class="chapter">
            <h2 id="methodology">{view.say('nav.methodology')}</h2>
            <Methodology view={view} level={3} />
          </section>
          {site.verification.checked > 0 ? (
            <section class="chapter">
              <h2 id="verification">{view.say('verification.title')}</h2>
              <Verification view={view} level={3} />
            </section>
          ) : null}
        </>
      ),
    },
    {
      path: at.embed,
      kind: 'embed',
      frame: 'embed',
      title: (view) => view.texts.title.value,
      body: (view) => (
        <>
          <h1>
            <a href={view.href(at.ranking)} target="_blank" rel="noopener">
              <T view={view} of={view.texts.title} />
            </a>
          </h1>
          <Credit view={view} />
          <PlainRanking view={view} short />
        </>
      ),
    },
  ];
}

/** Why a company and its services are scored as they are: sections of prose, and notes where a note is all there is. */
function Reasons({ view, notes, company }: { view: View; notes: Notes; company: string }) {
  const { site, texts } = view;
  const scored = site.edition.methodology.measures.filter(
    (measure) => !measure.recorded && measure.scale !== undefined,
  );
  const units = [company, ...site.servicesOf(company).map(({ id }) => id)];
  return (
    <>
      {units.flatMap((unit) => {
        const sections = site.edition.assessments.find((own) => own.unit === unit)?.sections ?? [];
        const measures = new Set([...sections.map(({ measure }) => measure), ...scored.map(({ id }) => id)]);
        return [...measures].flatMap((measure) => {
          const [section, note] = [texts.section(unit, measure), texts.note(unit, measure)];
          const citations = site.answer(unit, measure)?.citations ?? [];
          if (!section && !note && citations.length === 0) return [];
          return [
            <>
              <h3>
                {unit === company ? null : (
                  <>
                    <Name view={view} of={texts.service(unit, 'name')} />:{' '}
                  </>
                )}
                <T view={view} of={texts.measure(measure, 'name')} />
              </h3>
              <Prose view={view} notes={notes} of={section} headings={4} />
              {note || citations.length > 0 ? (
                <p>
                  {note ? <T view={view} of={note} /> : `${view.say('sources.label')}:`}
                  <Citations view={view} notes={notes} of={citations} />
                </p>
              ) : null}
            </>,
          ];
        });
      })}
    </>
  );
}

/** In an embedded table so many companies are shown at most. */
const MOST_EMBEDDED = 50;

/** The ranking without links: for paper, and for other people’s pages. */
export function PlainRanking({ view, short = false }: { view: View; short?: boolean }) {
  const { site, say, texts } = view;
  const rows = site.ranking.rows.slice(0, short ? MOST_EMBEDDED : 2000);
  return (
    <>
      <section class="scroll" tabindex={0} aria-label={say('ranking.table-title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('ranking.rank')}</th>
              <th scope="col">{say('ranking.company')}</th>
              <th scope="col">{say('ranking.score')}</th>
              {site.columns.map((measure) => (
                <th scope="col">
                  <T
                    view={view}
                    of={texts.measure(measure.id, 'short') ?? texts.measure(measure.id, 'name')}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <td class="rank">{placeText(view, row.company)}</td>
                <th scope="row">
                  <Name view={view} of={texts.company(row.company, 'name')} />
                </th>
                <td class="total">
                  <b>{row.published}</b>
                </td>
                {site.columns.map((measure) => (
                  <ScoreCell view={view} company={row.company} measure={measure.id} link={false} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length < site.ranking.rows.length ? (
        <p>{say('ranking.more', { count: site.ranking.rows.length - rows.length })}</p>
      ) : null}
    </>
  );
}
