import type { Service } from '#edition/index';
import { at } from '../addresses.ts';
import { formatDate } from '../dates.ts';
import type { Notes } from '../notes.ts';
import type { Page } from '../page.ts';
import { Caution } from '../parts/caution.tsx';
import { Facts } from '../parts/facts.tsx';
import { Citations, Prose } from '../parts/prose.tsx';
import { Score } from '../parts/score.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

export function servicePages(site: Site): Page[] {
  return site.edition.services.map((service) => ({
    path: site.pageOf(service.id),
    kind: 'service',
    title: (view) => plainText(view.texts.service(service.id, 'name')?.value ?? service.id),
    description: (view) =>
      view.say('service.description', {
        service: plainText(view.texts.service(service.id, 'name')?.value ?? service.id),
        company: plainText(view.texts.company(service.company, 'name')?.value ?? service.company),
      }),
    body: (view, notes) => <ServicePage view={view} notes={notes} service={service} />,
  }));
}

function ServicePage({ view, notes, service }: { view: View; notes: Notes; service: Service }) {
  const { site, say, texts } = view;
  const company = site.company(service.company);
  const sections = site.edition.assessments.find(({ unit }) => unit === service.id)?.sections ?? [];
  return (
    <>
      <h1>
        <Name view={view} of={texts.service(service.id, 'name')} />
      </h1>
      <Caution view={view} />
      <dl class="facts">
        <div>
          <dt>{say('ranking.company')}</dt>
          <dd>
            {company ? (
              <a href={view.href(view.site.pageOf(company.id))}>
                <Name view={view} of={texts.company(company.id, 'name')} />
              </a>
            ) : (
              service.company
            )}
          </dd>
        </div>
        {service.users === undefined ? null : (
          <div>
            <dt>{say('service.users')}</dt>
            <dd>
              {view.number(service.users)} <T view={view} of={texts.original(service.users_counted)} />
              {service.users_as_of ? ` (${formatDate(service.users_as_of, view.language)})` : null}
              <Citations
                view={view}
                notes={notes}
                of={service.users_source ? [{ source: service.users_source, locator: '' }] : []}
              />
            </dd>
          </div>
        )}
      </dl>
      {texts.service(service.id, 'note') ? (
        <p>
          <T view={view} of={texts.service(service.id, 'note')} />
        </p>
      ) : null}
      <Prose view={view} notes={notes} of={texts.introduction(service.id)} headings={2} />
      {sections.map(({ measure }) => (
        <>
          <h2>
            <T view={view} of={texts.measure(measure, 'name')} />
          </h2>
          <Prose view={view} notes={notes} of={texts.section(service.id, measure)} />
        </>
      ))}
      <Facts
        view={view}
        notes={notes}
        units={[service]}
        title={say('facts.about', {
          unit: plainText(texts.service(service.id, 'name')?.value ?? service.id),
        })}
      />
      {site.criteria.length > 0 && company ? (
        <>
          <h2 id="scores">
            {say('service.company-scores', {
              company: plainText(texts.company(company.id, 'name')?.value ?? company.id),
            })}
          </h2>
          <ul>
            {site.criteria.map((measure) => {
              const score = site.scoreOf(company.id, measure.id);
              return (
                <li>
                  <a href={view.href(at.score(company.id, measure.id))}>
                    <T view={view} of={texts.measure(measure.id, 'name')} />
                  </a>
                  : {score ? <Score view={view} score={score} /> : '–'}
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
    </>
  );
}
