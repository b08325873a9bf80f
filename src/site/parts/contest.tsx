import type { Company, Measure } from '#edition/index';
import { at } from '../addresses.ts';
import { safeUrl } from '../safe-url.ts';
import type { View } from '../view.ts';
import { printable, T } from './text.tsx';

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
            {say('contest.contact')} <Contact contact={contact} />.
          </>
        )}{' '}
        <a href={view.href(at.corrections)}>{say('contest.corrections')}</a>
      </p>
    </section>
  );
}

export function Contact({ contact }: { contact: string }) {
  const url = safeUrl(contact);
  if (url)
    return (
      <a href={url} rel="noopener noreferrer">
        {printable(contact)}
      </a>
    );
  return /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(contact) ? (
    <a href={`mailto:${contact}`}>{contact}</a>
  ) : (
    <>{printable(contact)}</>
  );
}
