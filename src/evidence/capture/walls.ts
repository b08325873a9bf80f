import {
  AWAY,
  BLOCKED,
  CHALLENGE,
  CONSENT,
  CONSENT_ACT,
  CONSENT_TITLE,
  DOCUMENT,
  LOGIN,
  MISSING,
  ROBOT,
  ROBOT_TITLE,
  TO_GO_ON,
  VERIFY,
} from './wall-words.ts';

/** What can stand in the place of a page. */
export type Wall = 'robot' | 'login' | 'consent' | 'away' | 'missing';

export interface WallSigns {
  /** The markup, in any encoding: only its ASCII is looked at. */
  readonly html: string;
  readonly text: string;
  readonly title: string;
  /** The address now belongs to a page of this kind, and did not before. */
  readonly leads?: Wall | undefined;
  /** The text of the last capture that was the page itself. */
  readonly earlier?: string | undefined;
}

/** So little that a title of the document that should be there says nothing. */
const TINY = 300;
const SHORT = 600;
const LONG = 2500;
/** No wall says more than this; a list of a thousand partners has been opened by hand. */
const LONGEST = 12_000;

const ROBOT_MARKUP =
  /cf-chl-|cf_chl_|challenge-platform|challenges\.cloudflare\.com|_Incapsula_Resource|px-captcha|captcha-delivery\.com|aws-waf-token|awswaf|ddos-guard|sucuri_cloudproxy|\/\.within\.website\/|g-recaptcha|h-captcha|hcaptcha\.com|recaptcha\/api/i;

/**
 * What kind of wall a page is, if it is one. No single word makes one: signs of several kinds have to meet (title, form, markup of known makers, what
 * is to be pressed, how much of the text is about it), the more of them the longer the text is, and a page that is titled as a document is believed to
 * be one. What the page was before lowers what is asked for.
 */
export function wallOf(signs: WallSigns): Wall | undefined {
  if (signs.text.length > LONGEST) return undefined;
  const seen = lookAt(signs);
  return (
    (isRobot(seen) && 'robot') ||
    (isLogin(seen) && 'login') ||
    (isConsent(seen) && 'consent') ||
    (isMissing(seen) && 'missing') ||
    (isAway(seen) && 'away') ||
    undefined
  );
}

interface Look extends WallSigns {
  readonly lines: readonly string[];
  readonly size: number;
  /** The parts of the title, and the first lines if they are short: what the page says it is. */
  readonly heads: readonly string[];
  readonly isDocument: boolean;
  readonly headings: number;
  /** Hardly a word of what was there before. */
  readonly isOther: boolean;
}

function lookAt(signs: WallSigns): Look {
  const lines = plain(signs.text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const titles = plain(signs.title)
    .split(/\s[|–—·:-]\s|[|–—·:]/)
    .map((own) => own.trim())
    .filter((own) => own !== '');
  const first = lines.slice(0, 3).filter((line) => line.length <= 80);
  const size = signs.text.trim().length;
  return {
    ...signs,
    lines,
    size,
    heads: [...titles, ...first],
    isDocument: [
      ...(size < TINY ? [] : titles),
      ...lines.slice(0, 1).filter((line) => line.length <= 80),
    ].some((own) => DOCUMENT.test(own)),
    headings: countOf(signs.html, /<h[2-6][\s>]/gi),
    isOther: signs.earlier !== undefined && likeness(plain(signs.earlier), plain(signs.text)) < 0.2,
  };
}

const plain = (text: string) =>
  text
    .slice(0, 2 * LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\S\n]/g, ' ');

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** The share of the words of a text that stand in another. */
function likeness(before: string, now: string): number {
  const words = (text: string) => new Set(text.match(/[\p{L}\p{N}]{2,}/gu) ?? []);
  const [old, own] = [words(before), words(now)];
  if (old.size === 0) return 1;
  let kept = 0;
  for (const word of old) if (own.has(word)) kept++;
  return kept / old.size;
}

/** How much of the text stands in lines for which something holds. */
function shareOf({ lines }: Look, holds: (line: string) => boolean): number {
  let [all, held] = [0, 0];
  for (const line of lines) {
    all += line.length;
    if (holds(line)) held += line.length;
  }
  return all === 0 ? 0 : held / all;
}

const challenges = (line: string) => CHALLENGE.test(line) || (ROBOT.test(line) && VERIFY.test(line));

function isRobot(look: Look): boolean {
  const { size, heads, html, isDocument, isOther, lines } = look;
  if (look.leads === 'robot' && size < LONG) return true;
  const markup = ROBOT_MARKUP.test(html);
  const titled = heads.some((own) => ROBOT_TITLE.test(own) || BLOCKED.test(own));
  const asks = lines.some(challenges);
  const blocks = lines.some((line) => BLOCKED.test(line));
  if (size < SHORT) return !isDocument || isOther ? asks || blocks || markup : markup && asks;
  if (isDocument && !isOther) return false;
  const share = shareOf(look, (line) => challenges(line) || BLOCKED.test(line));
  const signs = [markup, titled, asks, share > 0.4, isOther].filter(Boolean).length;
  return (asks || blocks || markup) && signs >= (size < LONG ? 2 : 3);
}

const asksToLogIn = (line: string) => LOGIN.test(line) && TO_GO_ON.test(line);

function isLogin(look: Look): boolean {
  const { size, heads, html, isDocument, isOther, lines } = look;
  if (look.leads === 'login' && size < LONG) return true;
  const field = /\btype\s{0,9}=\s{0,9}["']?password/i.test(html);
  const titled = heads.some((own) => own.length <= 60 && LOGIN.test(own));
  const asks = lines.some((line) => line.length <= 300 && asksToLogIn(line));
  const says = lines.some((line) => line.length <= 300 && LOGIN.test(line));
  if (isDocument && !isOther) return field && titled && asks && size < SHORT;
  if (size < SHORT) return (field && says) || (titled && asks);
  const signs = [field, titled, asks, isOther, look.headings < 4].filter(Boolean).length;
  return field && (titled || asks) && signs >= (size < LONG ? 3 : 4) && size < 2 * LONG;
}

const PARTNERS =
  /(?:\d[\d.,]*|our|nos|nuestros|unser\p{L}*|nostri|nossos|onze|nasi|naszymi|наши|наши(?:ми)?|наші|شركا\p{L}*|当社|我们|我們|우리|שותפי\p{L}*|हमारे|kami)[^\n]{0,40}(?:partner|partenaire|socio|parceiro|vendor|third.part|партн|شريك|شركا|パートナー|合作伙伴|合作夥伴|파트너|שותפ|भागीदार|mitra|ortak|đối tác)/iu;

function isConsent(look: Look): boolean {
  const { size, heads, isDocument, isOther, lines, headings } = look;
  const acts = lines.filter((line) => line.length <= 60 && startsWith(CONSENT_ACT, line)).length;
  const titled = heads.some((own) => startsWith(CONSENT_TITLE, own));
  const partners = lines.some((line) => PARTNERS.test(line) && CONSENT.test(line));
  const share = shareOf(look, (line) => CONSENT.test(line) || startsWith(CONSENT_ACT, line));
  if (look.leads === 'consent' && (acts > 0 || titled || partners || size < SHORT)) return true;
  if (isDocument && !isOther) return false;
  if (acts === 0 && !titled) return false;
  if (headings > 4 && !isOther) return false;
  const signs = [acts >= 1, acts >= 2, titled, partners, share > 0.6, isOther].filter(Boolean).length;
  return share > 0.35 && signs >= (size < SHORT ? 3 : 4);
}

const startsWith = (pattern: RegExp, line: string) => (pattern.exec(line)?.index ?? 99) <= 2;

function isMissing({ size, heads, lines, isDocument, isOther, headings, leads }: Look): boolean {
  if (leads === 'missing' && size < LONG) return true;
  const titled = heads.some((own) => own.length <= 60 && MISSING.test(own));
  const says = lines.some((line) => line.length <= 200 && MISSING.test(line));
  if (isDocument && !isOther) return false;
  if (size < 200) return titled;
  return titled && says && headings < 5 && size < (isOther ? 2 * LONG : LONG);
}

function isAway(look: Look): boolean {
  const { size, heads, lines, isDocument, isOther } = look;
  if (look.leads === 'away' && size < LONG) return true;
  const titled = heads.some((own) => own.length <= 80 && AWAY.test(own));
  const saying = lines.filter((line) => line.length <= 300 && AWAY.test(line)).length;
  const share = shareOf(look, (line) => line.length <= 300 && AWAY.test(line));
  if (isDocument && !isOther) return size < 300 && saying >= 2 && share > 0.7;
  const signs = [titled, saying >= 1, saying >= 2, share > 0.4, isOther].filter(Boolean).length;
  return size < 1500 && signs >= (size < SHORT ? 2 : 3);
}
