import type { Source } from '#edition/index';
import { directionOf } from '../languages.ts';
import { reference } from '../reference.ts';
import { safeUrl } from '../safe-url.ts';
import type { View } from '../view.ts';
import { printable } from './text.tsx';

/** A source as a list of references gives it, with its address. */
export function SourceReference({
  view,
  source,
  locator = '',
}: {
  view: View;
  source: Source;
  /** Where in the source. */
  locator?: string;
}) {
  const { language, say } = view.original;
  return (
    <span class="reference">
      <bdi
        lang={typeof source.language === 'string' ? source.language : language}
        dir={directionOf(language)}
      >
        {reference(source, language, say).map(({ kind, text }) =>
          kind === 'work' ? <i>{printable(text)}</i> : <>{printable(text)}</>,
        )}
        {locator ? ` ${printable(locator).replace(/\.$/, '')}.` : null} <Address address={source.URL} />
      </bdi>
    </span>
  );
}

/** An address elsewhere: a link if it is safe, else as it was written. */
export function Address({ address }: { address: string | undefined }) {
  if (!address) return null;
  const url = safeUrl(address);
  return url === undefined ? (
    <span class="address">{printable(address)}</span>
  ) : (
    <a class="address" href={url} rel="noopener noreferrer">
      {printable(address)}
    </a>
  );
}
