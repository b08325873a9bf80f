import type { Company } from '#edition/index';
import { at } from '../addresses.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { Facts } from '../parts/facts.tsx';
import { countryName, countryNameIn } from '../parts/filters.tsx';
import { Letters } from '../parts/letters.tsx';
import { NextLevels } from '../parts/next-levels.tsx';
import { Prose } from '../parts/prose.tsx';
import { Bar, rankText, Score } from '../parts/score.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { comparisonsOf } from './compare.tsx';

const nameOf = (view: View, company: Company) =>
  plainText(view.texts.company(company.id, 'name')?.value ?? company.id);

export function companyPages(site: Site): Page[] {
  return site.edition.companies.map((company) => ({
    path: site.pageOf(company.id),
    kind: 'company',
    title: (view) => nameOf(view, company),
    description: (view) => {
      const row = site.row(company.id);
      return view.say('company.description', {
        company: nameOf(view, company),
        rank: rankText(row?.rank ?? null),
        score: row?.published ?? '–',
      });
    },
    body: (view, notes) => <CompanyPage view={view} notes={notes} company={company} />,
  }));
}

function CompanyPage({ view, notes, company }: { view: View; notes: Notes; company: Company }) {
  const { site, say, texts } = view;
  const row = site.row(company.id);
  const services = site.servicesOf(company.id);
  const compared = comparisonsOf(site, company.id);
  return (
    <>
      <h1>
        <Name view={view} of={texts.company(company.id, 'name')} />
      </h1>
      <p class="verdict">
        <b class="total">{row?.published}</b>{' '}
        {say('company.place', {
          rank: rankText(row?.rank ?? null),
          count: site.rivals(company.id),
          maximum: site.total['out-of'] ?? 'none',
        })}
      </p>
      <dl class="facts">
        {company.headquarters || company.country ? (
          <div>
            <dt>{say('filter.headquarters')}</dt>
            <dd>
              <Headquarters view={view} company={company} />
            </dd>
          </div>
        ) : null}
        {services.length > 0 ? (
          <div>
            <dt>{say('ranking.services')}</dt>
            <dd>
              {services.map((service, index) => (
                <>
                  {index > 0 ? ', ' : ''}
                  <a href={view.href(view.site.pageOf(service.id))}>
                    <Name view={view} of={texts.service(service.id, 'name')} />
                  </a>
                </>
              ))}
            </dd>
          </div>
        ) : null}
      </dl>
      {texts.company(company.id, 'note') ? (
        <p>
          <T view={view} of={texts.company(company.id, 'note')} />
        </p>
      ) : null}
      <Profile view={view} company={company} />
      <Beside view={view} company={company} />
      <p>
        <a href={view.href(at.raise(company.id))}>{say('raise.title', { company: nameOf(view, company) })}</a>
      </p>
      <Prose view={view} notes={notes} of={texts.introduction(company.id)} headings={2} />
      <Letters view={view} notes={notes} company={company} />
      <Facts view={view} notes={notes} units={[company]} />
      {compared.length > 0 ? (
        <>
          <h2 id="compare">{say('compare.with')}</h2>
          <ul class="inline">
            {compared.map(({ path, others }) => (
              <li>
                <a href={view.href(path)}>
                  {others.map((other, index) => (
                    <>
                      {index > 0 ? ', ' : ''}
                      <Name view={view} of={texts.company(other, 'name')} />
                    </>
                  ))}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

/** What the edition writes, and the country in the language of the page, unless one says the other. */
function Headquarters({ view, company }: { view: View; company: Company }) {
  const written = view.texts.company(company.id, 'headquarters');
  const country = company.country ? countryName(view, company.country) : '';
  const inEdition = company.country ? countryNameIn(view.original.language, company.country) : '';
  if (country !== '' && (!written || written.value === inEdition || written.value === country))
    return <>{country}</>;
  const isSaid = country === '' || [country, inEdition].some((name) => written?.value.includes(name));
  return (
    <>
      <T view={view} of={written} />
      {isSaid ? null : `, ${country}`}
    </>
  );
}

/** What is published beside the total, and scores that were given without their parts. */
function Beside({ view, company }: { view: View; company: Company }) {
  const { site, say, texts } = view;
  const given = site.given(company.id);
  const line = (id: string, after = '') => {
    const score = site.scoreOf(company.id, id);
    const grade = site.gradeOn(company.id, id);
    return (
      <li>
        <a href={view.href(at.measure(id))}>
          <T view={view} of={texts.measure(id, 'name')} />
        </a>
        : <b>{score?.printed}</b>
        {grade === null ? null : ` (${grade})`}
        {after}
      </li>
    );
  };
  return (
    <>
      {site.beside.length > 0 ? (
        <>
          <h2>{say('company.beside')}</h2>
          <ul>{site.beside.map(({ id }) => line(id))}</ul>
        </>
      ) : null}
      {given.length > 0 ? (
        <>
          <h2>{say('company.given')}</h2>
          <ul>{given.map(({ measure, reason }) => line(measure, ` – ${plainText(reason)}`))}</ul>
        </>
      ) : null}
    </>
  );
}

/** The scores on all criteria, each with how far up it is and its place among all companies. */
export function Profile({ view, company, links = true }: { view: View; company: Company; links?: boolean }) {
  const { site, say, texts } = view;
  return (
    <table class="profile">
      <caption>{say('company.profile')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('measure.criterion')}</th>
          <th scope="col">{say('ranking.score')}</th>
          <th scope="col">{say('company.place-on-criterion')}</th>
        </tr>
      </thead>
      <tbody>
        {site.criteria.map((measure) => {
          const score = site.scoreOf(company.id, measure.id);
          const name = <T view={view} of={texts.measure(measure.id, 'name')} />;
          return (
            <tr>
              <th scope="row">
                {links ? <a href={view.href(at.score(company.id, measure.id))}>{name}</a> : name}
              </th>
              <td>
                {score ? <Score view={view} score={score} /> : '–'}
                <Bar share={score?.share} />
              </td>
              <td>{rankText(site.placeOn(measure.id, company.id))}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function raisePages(site: Site): Page[] {
  return site.edition.companies.map((company) => ({
    path: at.raise(company.id),
    kind: 'raise',
    title: (view) => view.say('raise.title', { company: nameOf(view, company) }),
    body: (view) => (
      <>
        <h1>{view.say('raise.title', { company: nameOf(view, company) })}</h1>
        <p class="standfirst">{view.say('raise.about')}</p>
        <p>
          <a href={view.href(view.site.pageOf(company.id))}>
            <Name view={view} of={view.texts.company(company.id, 'name')} />
          </a>
        </p>
        <NextLevels view={view} company={company} />
      </>
    ),
  }));
}
