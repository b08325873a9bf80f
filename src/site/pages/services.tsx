import type { Measure, Service } from '#edition/index';
import { at } from '../addresses.ts';
import type { Page } from '../page.ts';
import { Caution } from '../parts/caution.tsx';
import { answerName } from '../parts/facts.tsx';
import { placeText } from '../parts/score.tsx';
import { Name, plainText, T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** More columns than these, or more rows, make a table that nobody reads. */
const MOST_FACTS = 7;
const MOST_SERVICES = 300;

/** All services on one page, a row each with what was found about it, grouped by the first of the recorded facts. */
export function servicesPages(site: Site): Page[] {
  const { services } = site.edition;
  const facts = factsOf(site);
  const [first] = facts;
  if (services.length === 0 || services.length > MOST_SERVICES || !first) return [];
  return [
    {
      path: at.parts,
      kind: 'services',
      title: (view) => view.say('ranking.services'),
      description: (view) => aboutText(view, first),
      body: (view) => <Services view={view} first={first} others={facts.slice(1)} />,
    },
  ];
}

const aboutText = (view: View, first: Measure) =>
  view.say('services.about', { measure: plainText(view.texts.measure(first.id, 'name')?.value ?? first.id) });

/** The recorded facts that services are asked for, by names and not by numbers. */
function factsOf(site: Site): readonly Measure[] {
  return site.edition.methodology.measures
    .filter((own) => own.recorded && own.unit === 'service' && site.scale(own.scale)?.kind === 'options')
    .slice(0, MOST_FACTS);
}

function Services({ view, first, others }: { view: View; first: Measure; others: readonly Measure[] }) {
  const { site, say, texts } = view;
  const groups = groupsOf(site, first);
  return (
    <>
      <h1>{say('ranking.services')}</h1>
      <p class="standfirst">{aboutText(view, first)}</p>
      <Caution view={view} />
      {groups.map(({ answer, services }) => {
        const known = services[0] && site.answer(services[0].id, first.id);
        const meaning = texts.meaning(first.id, answer);
        return (
          <>
            <h2 id={`group-${answer}`}>
              {known ? <T view={view} of={answerName(view, known)} /> : say('state.not-assessed')}{' '}
              <small>({view.number(services.length)})</small>
            </h2>
            {meaning ? (
              <p>
                <T view={view} of={meaning} />
              </p>
            ) : null}
            <section class="scroll" tabindex={0} aria-labelledby={`group-${answer}`}>
              <table class="services stacked">
                <thead>
                  <tr>
                    <th scope="col">{say('ranking.services')}</th>
                    {others.map(({ id }) => (
                      <th scope="col">
                        <a href={view.href(at.measure(id))}>
                          <T view={view} of={texts.measure(id, 'short') ?? texts.measure(id, 'name')} />
                        </a>
                      </th>
                    ))}
                    <th scope="col">{say('ranking.company')}</th>
                  </tr>
                </thead>
                <tbody>
                  {services.map((service) => (
                    <Row view={view} service={service} facts={others} />
                  ))}
                </tbody>
              </table>
            </section>
          </>
        );
      })}
    </>
  );
}

/** In the order of the scale; services that were not asked come last. */
function groupsOf(site: Site, { id, scale }: Measure) {
  const byAnswer = Map.groupBy(
    site.edition.services,
    (service: Service) => site.answer(service.id, id)?.answer ?? 'not-assessed',
  );
  const order = [...(site.scale(scale)?.answers.map(({ answer }) => answer) ?? []), ...byAnswer.keys()];
  return [...new Set(order)].flatMap((answer) => {
    const services = byAnswer.get(answer);
    return services ? [{ answer, services }] : [];
  });
}

function Row({ view, service, facts }: { view: View; service: Service; facts: readonly Measure[] }) {
  const { site, say, texts } = view;
  return (
    <tr>
      <th scope="row">
        <a href={view.href(site.pageOf(service.id))}>
          <Name view={view} of={texts.service(service.id, 'name')} />
        </a>
      </th>
      {facts.map(({ id }) => {
        const answer = site.answer(service.id, id);
        return (
          <td data-label={plainText((texts.measure(id, 'short') ?? texts.measure(id, 'name'))?.value ?? id)}>
            {answer ? <T view={view} of={answerName(view, answer)} /> : '–'}
          </td>
        );
      })}
      <td data-label={say('ranking.company')}>
        <a href={view.href(site.pageOf(service.company))}>
          <Name view={view} of={texts.company(service.company, 'name')} />
        </a>{' '}
        {site.row(service.company)?.published} ({placeText(view, service.company)})
      </td>
    </tr>
  );
}
