import { at } from '../addresses.ts';
import { sureText } from '../headline.ts';
import type { Page } from '../page.ts';
import { Caution } from '../parts/caution.tsx';
import { Contact } from '../parts/contact.tsx';
import { Credit } from '../parts/credit.tsx';
import { T } from '../parts/text.tsx';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** What the ranking can tell a reader and what it cannot, as questions and answers; and the page for addresses that there are not. */
export function relyPages(_site: Site): Page[] {
  return [
    {
      path: at.rely,
      kind: 'rely',
      title: (view) => view.say('rely.title'),
      description: (view) => view.say('rely.about'),
      body: (view) => <Rely view={view} />,
    },
    {
      path: at.missing,
      kind: 'missing',
      title: (view) => view.say('missing.title'),
      body: (view) => (
        <>
          <h1>{view.say('missing.title')}</h1>
          <p>{view.say('missing.about')}</p>
          <ul>
            <li>
              <a href={view.href(at.ranking)}>{view.say('nav.ranking')}</a>
            </li>
            <li>
              <a href={view.href(at.index(1))}>{view.say('nav.index')}</a>
            </li>
          </ul>
        </>
      ),
    },
  ];
}

function Rely({ view }: { view: View }) {
  const { texts, say, site } = view;
  const asked = texts.doesNotSay.filter(({ question }) => question);
  const others = texts.doesNotSay.filter(({ question }) => !question);
  const sure = sureText(view);
  const { contact } = site.edition.meta;
  return (
    <>
      <Credit view={view} />
      <h1>{say('rely.title')}</h1>
      <Caution view={view} />
      {asked.map(({ question, ...answer }) => (
        <>
          <h2>
            <T view={view} of={question} />
          </h2>
          <p>
            <T view={view} of={answer} />
          </p>
        </>
      ))}
      {others.length > 0 ? (
        <>
          <h2>{say('about.does-not-say')}</h2>
          <ul>
            {others.map((limit) => (
              <li>
                <T view={view} of={limit} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {sure === undefined ? null : (
        <>
          <h2>{say('rely.order')}</h2>
          <p>
            {sure} <a href={view.href(at.firmness)}>{say('firmness.title')}</a>
          </p>
        </>
      )}
      {view.has(at.verification) ? (
        <>
          <h2>{say('rely.checked')}</h2>
          <p>
            {say('verification.about', {
              checked: site.verification.checked,
              matched: site.verification.matched,
              deviating: site.verification.deviations.length,
            })}{' '}
            <a href={view.href(at.verification)}>{say('nav.verification')}</a>
          </p>
        </>
      ) : null}
      <h2>{say('rely.wrong')}</h2>
      <p>
        {say('contest.how')}{' '}
        {contact === undefined ? null : (
          <>
            {say('contest.contact')} <Contact contact={contact} subject={site.edition.meta.id} />.{' '}
          </>
        )}
        <a href={view.href(at.corrections)}>{say('contest.corrections')}</a>
      </p>
    </>
  );
}
