import type { Company, Measure } from '#edition/index';
import { at } from '../addresses.ts';
import type { View } from '../view.ts';
import { Contact } from './contact.tsx';
import { T } from './text.tsx';

/** How to object to a score: what to send, where, and what comes of it. */
export function Contest({ view, company, measure }: { view: View; company: Company; measure: Measure }) {
  const { say, site } = view;
  const { contact, publisher } = site.edition.meta;
  const address = site.url === undefined ? view.path : `${site.url}${view.path}`;
  return (
    <section aria-labelledby="contest">
      <h2 id="contest">{say('contest.title')}</h2>
      <p>
        {say('contest.how')} {say('contest.reference')} <code>{`${company.id} / ${measure.id}`}</code> (
        <code>{address}</code>).
      </p>
      <p>
        {contact === undefined ? (
          publisher === undefined ? (
            say('contest.no-contact')
          ) : (
            <>
              {say('contest.publisher')} <T view={view} of={view.texts.original(publisher)} />.
            </>
          )
        ) : (
          <>
            {say('contest.contact')}{' '}
            <Contact contact={contact} subject={`${site.edition.meta.id}: ${company.id} / ${measure.id}`} />.
          </>
        )}{' '}
        <a href={view.href(at.corrections)}>{say('contest.corrections')}</a>
      </p>
    </section>
  );
}
