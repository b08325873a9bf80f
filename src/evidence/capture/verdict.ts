import type { CaptureVerdict } from '#edition/index';

/** What can be told of a page before it is believed. */
export interface Seen {
  readonly status: number;
  readonly address: string;
  readonly final: string;
  /** The markup, where there is any. */
  readonly html: string | undefined;
  readonly text: string;
  /** Its scripts have been run. */
  readonly rendered?: boolean;
}

export interface Judged {
  readonly verdict: CaptureVerdict;
  readonly reason?: string;
  /** Hardly anything to read, but scripts that might write it: a browser could see more. */
  readonly needsBrowser?: true;
}

/** Pages that block or ask for a login are short; a policy that mentions them is not. */
const SHORT = 600;
/** A page of a login may say more around it. */
const LOGIN_PAGE = 1500;
const HARDLY_ANYTHING = 200;

const BLOCK_MARKUP =
  /cf-chl-|cf_chl_|challenge-platform|_Incapsula_Resource|px-captcha|g-recaptcha|h-captcha|hcaptcha\.com|captcha-delivery\.com|aws-waf-token|ddos-guard/i;
const BLOCK_WORDS =
  /just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|unusual (?:traffic|activity)|access (?:to this page )?(?:has been |is )?denied|request (?:was |has been )?blocked|you have been blocked|attention required|enable javascript and cookies to continue|pardon our interruption|bot detection|automated (?:access|requests)|security check|too many requests|complete the captcha/i;
const LOGIN_ADDRESS = /\/(?:log-?in|sign-?in|auth|sso|accounts?\/login|session\/new|oauth)(?:[/?#.]|$)/i;
const PASSWORD_FIELD = /<input\b[^>]*\btype\s*=\s*["']?password/i;
const LOGIN_WORDS = /\b(?:log ?in|sign ?in|please authenticate|members? only|subscribers? only)\b/i;
const EMPTY_BUT_SCRIPTED = /<script\b/i;
const NOT_FOUND_WORDS =
  /(?:^|\n)\s*(?:error )?404\s*(?:$|[\n:–-]|not found|error)|page (?:was )?not found|page (?:does not|doesn.t) exist|no longer available/i;

/**
 * What a response is: what was asked for (`ok`), something that stands before it (`soft-block`, `login-wall`), or nothing (`error`). It leans to the side of
 * doubt for short pages only: no page of length is taken for a wall because of a word in it.
 */
export function judge(seen: Seen): Judged {
  const { status, text, html = '' } = seen;
  const short = text.length < SHORT;
  const walled = BLOCK_MARKUP.test(html) || BLOCK_WORDS.test(text);
  if (status === 401 || status === 407)
    return { verdict: 'login-wall', reason: `the server asks for a login (${status})` };
  if ([403, 429, 503].includes(status) && (walled || status !== 503))
    return { verdict: 'soft-block', reason: `the server refuses this program (${status})` };
  if (status >= 400) return { verdict: 'error', reason: `the server answers ${status}` };
  if (short && walled)
    return { verdict: 'soft-block', reason: 'the page is a check for robots, not what was asked for' };
  if (isLogin(seen)) return { verdict: 'login-wall', reason: 'the page asks for a login' };
  if (seen.rendered && text.trim() === '')
    return { verdict: 'error', reason: 'the page shows no text, in a browser either' };
  if (!seen.rendered && text.trim().length < HARDLY_ANYTHING && EMPTY_BUT_SCRIPTED.test(html))
    return {
      verdict: 'error',
      reason: 'without its scripts the page has hardly any text',
      needsBrowser: true,
    };
  if (text.length < HARDLY_ANYTHING && NOT_FOUND_WORDS.test(text))
    return { verdict: 'error', reason: 'the page says that it is not there' };
  return { verdict: 'ok' };
}

function isLogin({ address, final, html = '', text }: Seen): boolean {
  const leads = (to: string) => LOGIN_ADDRESS.test(new URL(to).pathname);
  if (text.length < LOGIN_PAGE && final !== address && leads(final) && !leads(address)) return true;
  return text.length < SHORT && PASSWORD_FIELD.test(html) && LOGIN_WORDS.test(text);
}
