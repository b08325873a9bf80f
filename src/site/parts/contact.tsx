import { safeUrl } from '../safe-url.ts';
import { printable } from './text.tsx';

/** The e-mail address in a contact; undefined where it is a web address or there is none. */
export function mailAddress(contact: string | undefined): string | undefined {
  const address = contact?.replace(/^mailto:/, '');
  return address !== undefined && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(address) ? address : undefined;
}

/** Where to write to: a mail with its subject filled in, or a page. */
export function Contact({ contact, subject }: { contact: string; subject?: string | undefined }) {
  const address = mailAddress(contact);
  if (address !== undefined) {
    const query = subject === undefined ? '' : `?subject=${encodeURIComponent(subject)}`;
    return <a href={`mailto:${address}${query}`}>{address}</a>;
  }
  const url = safeUrl(contact);
  return url ? (
    <a href={url} rel="noopener noreferrer">
      {printable(contact)}
    </a>
  ) : (
    <>{printable(contact)}</>
  );
}
