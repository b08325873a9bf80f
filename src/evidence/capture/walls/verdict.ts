import type { CaptureVerdict } from '#edition/index';
import { leadsToWall } from '../leads.ts';
import { type Wall, wallOf } from './walls.ts';

/** What can be told of a page before it is believed. */
export interface Seen {
  readonly status: number;
  readonly address: string;
  readonly final: string;
  /** The markup, where there is any. */
  readonly html: string | undefined;
  readonly text: string;
  readonly title?: string;
  /** How many bytes came. */
  readonly bytes?: number;
  /** Its scripts have been run. */
  readonly rendered?: boolean;
  /** The text of the last capture that was the page itself. */
  readonly earlier?: string | undefined;
}

export interface Judged {
  readonly verdict: CaptureVerdict;
  readonly reason?: string;
  /** Hardly anything to read, but scripts that might write it: a browser could see more. */
  readonly needsBrowser?: true;
}

const HARDLY_ANYTHING = 200;
const SCRIPTED = /<script\b/i;
const CHALLENGED =
  /cf-chl-|cf_chl_|challenge-platform|_Incapsula_Resource|px-captcha|captcha-delivery\.com|aws-waf-token|ddos-guard/i;

const WALLS: Readonly<Record<Wall, { readonly verdict: CaptureVerdict; readonly reason: string }>> = {
  robot: { verdict: 'soft-block', reason: 'the page is a check for robots, not what was asked for' },
  consent: { verdict: 'soft-block', reason: 'the page asks for consent, and shows nothing else' },
  login: { verdict: 'login-wall', reason: 'the page asks for a login' },
  missing: { verdict: 'error', reason: 'the page says that it is not there' },
  away: { verdict: 'error', reason: 'the page says that it is being worked on, or that something is broken' },
  age: { verdict: 'soft-block', reason: 'the page asks how old the reader is, and shows nothing else' },
  region: { verdict: 'soft-block', reason: 'the page says that it is not shown in this country or region' },
  country: {
    verdict: 'soft-block',
    reason: 'the page asks for a country or language, and shows nothing else',
  },
  paid: { verdict: 'soft-block', reason: 'the page is shown to subscribers only' },
  browser: { verdict: 'soft-block', reason: 'the page says that it does not support this browser' },
  app: { verdict: 'soft-block', reason: 'the page sends its readers to an app, and shows nothing else' },
  parked: { verdict: 'error', reason: 'the page says that its domain is for sale or unused' },
  server: { verdict: 'error', reason: 'the page is what a server shows that nobody has set up' },
  listing: { verdict: 'error', reason: 'the page is the list of the files in a folder' },
  broken: { verdict: 'error', reason: 'the page is the error message of a program' },
};
/** What to do if it is wrong. */
const REMEDY = 'if it is the page itself, save it from your browser and capture the file';

/**
 * What a response is: what was asked for (`ok`), something that stands before it (`soft-block`, `login-wall`), or nothing (`error`). It leans to the side of
 * doubt for short pages only: no page of length is taken for a wall because of a word in it.
 */
export function judge(seen: Seen): Judged {
  const judged = byStatus(seen) ?? byContent(seen);
  if (judged.reason === undefined) return judged;
  const where = seen.final === seen.address || seen.status >= 400 ? '' : ` (it leads to ${seen.final})`;
  const remedy = judged.isWall ? `; ${REMEDY}` : '';
  return {
    verdict: judged.verdict,
    reason: `${judged.reason}${where}${remedy}`,
    ...(judged.needsBrowser ? { needsBrowser: true } : {}),
  };
}

/** What is told by words could be wrong. */
type Found = Judged & { readonly isWall?: true };

function byStatus({ status, html = '' }: Seen): Found | undefined {
  if (status === 401 || status === 407)
    return { verdict: 'login-wall', reason: `the server asks for a login (${status})` };
  if ([403, 429].includes(status) || (status === 503 && CHALLENGED.test(html)))
    return { verdict: 'soft-block', reason: `the server refuses this program (${status})` };
  if (status >= 400) return { verdict: 'error', reason: `the server answers ${status}` };
  if (status === 204 || status === 205)
    return { verdict: 'error', reason: `the server answers with nothing (${status})` };
  return undefined;
}

function byContent(seen: Seen): Found {
  const { text, html, title = '', bytes, rendered = false } = seen;
  const read = text.trim();
  if (bytes === 0) return { verdict: 'error', reason: 'the answer is empty' };
  const leads = leadsToWall(seen.address, seen.final);
  // The text of a document that is no page is not that of a wall.
  const wall =
    html === undefined && text === ''
      ? undefined
      : wallOf({ html: html ?? '', text, title, leads, earlier: seen.earlier });
  if (wall !== undefined && read !== '') return { ...WALLS[wall], isWall: true };
  if (rendered)
    return read === ''
      ? { verdict: 'error', reason: 'the page shows no text, in a browser either' }
      : { verdict: 'ok' };
  if (html !== undefined && read === '' && html.trim() === '')
    return { verdict: 'error', reason: 'the answer is empty' };
  if (html !== undefined && (read === '' || (read.length < HARDLY_ANYTHING && SCRIPTED.test(html))))
    return {
      verdict: 'error',
      reason: read === '' ? 'the page has no text' : 'without its scripts the page has hardly any text',
      needsBrowser: true,
    };
  return { verdict: 'ok' };
}
