import { isSettled, ownValue, type Quote } from '#edition/index';
import { formatDate } from '../dates.ts';
import { directionOf } from '../languages.ts';
import type { View } from '../view.ts';
import { printable } from './text.tsx';

/** A passage as it stood in a capture: always as text, whatever it held; with when it was captured, by what hash, and what the latest re-check found. */
export function QuoteInContext({ view, quote }: { view: View; quote: Quote }) {
  const { say, site } = view;
  const { evidence, sources } = site.edition;
  const capture = evidence.captures.find(
    ({ source, text }) => source === quote.source && text === quote.text,
  );
  const language = sources.find(({ id }) => id === quote.source)?.language;
  const own = typeof language === 'string' ? language : view.original.language;
  return (
    <figure class="quote">
      <blockquote lang={own} dir={directionOf(own)}>
        <p>
          <span class="context">…{printable(oneLine(quote.prefix))}</span>
          <mark>{printable(oneLine(quote.exact))}</mark>
          <span class="context">{printable(oneLine(quote.suffix))}…</span>
        </p>
      </blockquote>
      <figcaption>
        {capture
          ? say('quote.captured', { date: formatDate(capture.time.slice(0, 10), view.language) })
          : null}{' '}
        {quote.page === undefined ? null : `${say('quote.page', { page: quote.page })} `}
        {quote.hidden ? `${say('quote.hidden')} ` : null}
        <Latest view={view} quote={quote} />{' '}
        <small>
          {say('quote.hash')} <code>{quote.text}</code>
        </small>
      </figcaption>
    </figure>
  );
}

/** What became of it since: a person’s decision first, then the latest verdict. */
function Latest({ view, quote }: { view: View; quote: Quote }) {
  const { say, site } = view;
  const { checks, decisions, lastRun } = site.edition.evidence;
  const check = checks.get(quote.source);
  const verdict = ownValue(check?.verdicts, quote.id);
  if (!check || verdict === undefined) return <>{say('quote.not-rechecked')}</>;
  const decision = decisions.findLast((own) => own.quote === quote.id);
  const date = formatDate(
    (lastRun && lastRun.time > check.time ? lastRun : check).time.slice(0, 10),
    view.language,
  );
  const key = verdict === 'address-moved' ? 'addressmoved' : verdict;
  return (
    <>
      {say('quote.verdict', { date, verdict: key })}
      {isSettled(verdict) && Object.hasOwn(check.about ?? {}, quote.id)
        ? ` ${say('quote.surroundings')}`
        : null}
      {decision ? ` ${say('quote.decision', { decision: decision.decision })}` : null}
    </>
  );
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');
