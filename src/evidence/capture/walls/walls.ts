import { type OtherWall, otherWallOf } from './other-walls.ts';
import { OF_LOGIN, TELLS } from './telling-words.ts';
import {
  ASKED_FOR,
  AWAY,
  BLOCKED,
  CHALLENGE,
  CONSENT,
  CONSENT_ACT,
  CONSENT_TITLE,
  DOCUMENT,
  LOGIN,
  MISSING,
  NEXT,
  NO_ACCOUNT,
  PERSON,
  ROBOT_TITLE,
  TO_GO_ON,
} from './wall-words.ts';

/** What can stand in the place of a page. */
export type Wall = 'robot' | 'login' | 'consent' | 'away' | 'missing' | OtherWall;

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

/** Hardly anything beside what the markup does. */
const HARDLY = 80;
/** So little that a title of the document that should be there says nothing. */
const TINY = 150;
const SHORT = 600;
const LONG = 2500;
/** No wall says more than this, but for lists of partners; these stand between what is asked and what is to be pressed. */
const LONGEST = 12_000;
const [FIRST, LAST] = [6000, 600];

const ROBOT_MARKUP =
  /cf-chl-|cf_chl_|challenge-platform|challenges\.cloudflare\.com|_Incapsula_Resource|px-captcha|captcha-delivery\.com|aws-waf-token|awswaf|ddos-guard|sucuri_cloudproxy|\/\.within\.website\/|g-recaptcha|h-captcha|hcaptcha\.com|recaptcha\/api/i;

/**
 * What kind of wall a page is, if it is one. No single word makes one: signs of several kinds have to meet (title, form, markup of known makers, what
 * is to be pressed, how much of the text is about it), the more of them the longer the text is, and a page that is titled as a document is believed to
 * be one. What the page was before lowers what is asked for.
 */
export function wallOf(signs: WallSigns): Wall | undefined {
  if (signs.text.length > LONGEST) return isConsentWithList(signs) ? 'consent' : undefined;
  const seen = lookAt(signs);
  return (
    (isRobot(seen) && 'robot') ||
    (isLogin(seen) && 'login') ||
    (isConsent(seen) && 'consent') ||
    otherIn(seen) ||
    (isMissing(seen) && 'missing') ||
    (isAway(seen) && 'away') ||
    undefined
  );
}

interface Look extends WallSigns {
  readonly lines: readonly string[];
  readonly size: number;
  /** The parts of the title. */
  readonly titles: readonly string[];
  /** These, and the first lines if they are short: what the page says it is. */
  readonly heads: readonly string[];
  readonly isDocument: boolean;
  readonly headings: number;
  /** It has a sentence that says how things are done: it tells of logins, robots or errors, and is none. */
  readonly tells: boolean;
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
  const first = lines.slice(0, 2).filter((line) => widthOf(line) <= 80);
  const size = widthOf(signs.text.trim());
  const isOther =
    signs.earlier !== undefined &&
    signs.earlier !== signs.text &&
    likeness(plain(signs.earlier), plain(signs.text)) < 0.2;
  return {
    ...signs,
    lines,
    size,
    titles,
    heads: [...titles, ...first],
    isDocument: isOther
      ? // Its title may have stayed; what it is stands above the text, and links to policies below.
        lines.slice(0, -2).some((line) => widthOf(line) <= 60 && DOCUMENT.test(line))
      : titles.some((own) => PRIVACY.test(own)) ||
        [...(size < TINY ? [] : titles), ...lines.slice(0, 1).filter((line) => widthOf(line) <= 80)].some(
          (own) => DOCUMENT.test(own),
        ),
    tells: lines.some((line) => isSentence(line) && TELLS.test(line)),
    headings: countOf(signs.html, /<h[2-6][\s>]/gi),
    isOther,
  };
}

const isSentence = (line: string) => widthOf(line) >= 24 && /[.!?…。！？।؟]["'”»)]?$/u.test(line);

/** A title that is nothing but the subject. */
const PRIVACY =
  /^(?:your )?(?:data )?(?:privacy|cookies|datenschutz|confidentialité|vie privée|privacidad|privacidade|prywatność|конфиденциальность|gizlilik|隐私|プライバシー|개인정보|פרטיות|गोपनीयता|privasi|الخصوصية)(?: cent(?:er|re))?$/u;

const plain = (text: string) =>
  text
    .slice(0, 2 * LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\S\n]/g, ' ');

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** How long a text is to a reader: a character of Chinese, Japanese or Korean says more than a letter. */
const widthOf = (text: string) =>
  text.length +
  1.5 * countOf(text, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu);

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

/** A line that asks the reader to be a person; in a longer one, that is told and not asked. */
const challenges = (line: string) => widthOf(line) <= 200 && (CHALLENGE.test(line) || PERSON.test(line));

function isRobot(look: Look): boolean {
  const { size, heads, html, isDocument, isOther, lines, tells } = look;
  if (look.leads === 'robot' && size < LONG) return true;
  const markup = ROBOT_MARKUP.test(html);
  const titled = heads.some((own) => ROBOT_TITLE.test(own) || BLOCKED.test(own));
  const asks = lines.some(challenges);
  const blocks = lines.some((line) => widthOf(line) <= 200 && BLOCKED.test(line));
  if (size < HARDLY && markup) return true;
  if (isDocument) return size < SHORT && markup && asks;
  if (size < SHORT) return (!tells || markup) && (asks || (blocks && (titled || markup || isOther)));
  // A title that is nothing else, above a question that is asked: however much is explained below.
  const named = look.titles.some((own) => widthOf(own) <= 40 && (ROBOT_TITLE.test(own) || BLOCKED.test(own)));
  if (named && asks && look.headings < 5) return true;
  const share = shareOf(look, (line) => challenges(line) || BLOCKED.test(line));
  const signs = [markup, titled, asks, share > 0.4, isOther].filter(Boolean).length;
  return (asks || blocks) && (titled || share > 0.4) && signs >= (size < LONG ? 2 : 3);
}

const asksToLogIn = (line: string) =>
  widthOf(line) <= 120 && LOGIN.test(line) && TO_GO_ON.test(line) && !OF_LOGIN.test(line);

const PASSWORD = /\btype\s{0,9}=\s{0,9}["']?password/i;
/** A field for who one is. */
const WHO =
  /\b(?:type\s{0,9}=\s{0,9}["']?email|autocomplete\s{0,9}=\s{0,9}["']?(?:username|email)|name\s{0,9}=\s{0,9}["']?(?:user|e?mail|login|identifier|account))/i;
/** What a page tells comes after it: it lies above a page. */
const BELOW = /<h1[\s>]|<main[\s>]|<article[\s>]|<\/header>/i;

function isAbove(html: string, field: RegExp): boolean {
  const at = html.search(field);
  return at >= 0 && BELOW.test(html.slice(at));
}

function isLogin(look: Look): boolean {
  const { size, heads, titles, html, isDocument, isOther, lines } = look;
  if (look.leads === 'login' && size < LONG) return true;
  const isLogIn = (own: string) => widthOf(own) <= 40 && LOGIN.test(own) && !OF_LOGIN.test(own);
  const named = titles.some(isLogIn);
  const field = PASSWORD.test(html) && (named || !isAbove(html, PASSWORD));
  const titled = named || heads.some(isLogIn);
  const asks = lines.some(asksToLogIn);
  const says = lines.some((line) => widthOf(line) <= 60 && LOGIN.test(line));
  // Many pages have a login above what they tell.
  const tells = lines.filter((line) => widthOf(line) >= 100).length;
  if (isDocument) return field && titled && asks && size < SHORT && tells === 0;
  if (size < SHORT && tells === 0 && !look.tells && isFirstStep(look, named, titled)) return true;
  if (size < SHORT) return field ? named || ((says || asks) && tells === 0) : titled && asks && tells === 0;
  const signs = [field, named, asks, isOther, look.headings < 4, tells < 3].filter(Boolean).length;
  return field && (named || (asks && tells < 3)) && signs >= 4;
}

/** A login that asks who one is first, and for the password on its next page. */
function isFirstStep({ html, lines, headings }: Look, named: boolean, titled: boolean): boolean {
  if (headings > 3 || !WHO.test(html) || isAbove(html, WHO)) return false;
  return (
    named ||
    (lines.some((line) => NEXT.test(line)) && (titled || lines.some((line) => NO_ACCOUNT.test(line))))
  );
}

/** That we do it together with others: “we and our 198 partners”. */
const PARTNERS =
  /\d[\d.,]{0,6}(?: [\p{L}’'-]{1,20}){0,2} ?(?:个|家)? ?(?:partner|partenaire|socio|parceir|vendor|werbepartner|партн|شريك|من شركائنا|パートナー|合作伙伴|合作夥伴|파트너|שותפ|भागीदार|mitra|ortağ|đối tác)|(?:and our|et nos|nos partenaires et nous|und unsere|y nuestros|y \d+ socios|e i nostri|e os nossos|en onze|i nasi|и наши|та наші|ve ortak|ve \d+ ortağ|och våra|a naši|og vores|dan mitra)[^\n]{0,40}(?:partner|partenair|socio|parceir|vendor|партн|ortak|ortağ|mitra)|nos (?:\d+ )?partenaires et nous|وشركاؤنا|和我们的合作|及.{0,9}合作|とパートナー|와 파트너|והשותפים|और हमारे भागीदार/iu;
const COOKIE =
  /cookie|traceur|témoin de connexion|куки|çerez|kuki|ملفات تعريف الارتباط|الكوكيز|کوکی|クッキー|쿠키|עוגיות|कुकी/u;

/** What it costs to be left alone. */
const PAY =
  /(?:\d ?(?:€|\$|£|zł|kr|euro?|usd|chf)|(?:€|\$|£) ?\d).{0,80}(?:track|werb|adverti|publicit|pubblicit|publicid|advert|reklam)|(?:werbefrei|ad-free|sans publicité|sin publicidad|senza pubblicità|reclamevrij|bez reklam).{0,60}(?:\d ?(?:€|\$|£|zł|kr|euro?|chf)|(?:€|\$|£) ?\d)/u;

function isConsentWithList(signs: WallSigns): boolean {
  if (signs.text.length > 20 * LONGEST) return false;
  const look = lookAt({
    ...signs,
    text: `${signs.text.slice(0, FIRST)}\n${signs.text.slice(-LAST)}`,
    earlier: undefined,
  });
  const partners = look.lines.filter((line) => PARTNERS.test(line) && CONSENT.test(line)).length;
  const named = look.leads === 'consent' || look.heads.some((own) => startsWith(CONSENT_TITLE, own));
  return named && partners > 0 && isConsent(look);
}

const isAct = (line: string) => widthOf(line) <= 60 && startsWith(CONSENT_ACT, line);

/** How many things there are to press. Buttons side by side are one line of the text. */
function actsOf({ lines, html }: Look): number {
  const acts = lines.filter(isAct).length;
  return acts === 1 ? Math.min(2, Math.max(1, countOf(html, /<button[\s>]/gi))) : acts;
}

function isConsent(look: Look): boolean {
  const { size, heads, titles, isOther, lines, headings } = look;
  const acts = actsOf(look);
  const titled = heads.some((own) => startsWith(CONSENT_TITLE, own));
  const partners = lines.some((line) => PARTNERS.test(line));
  if (look.leads === 'consent' && (acts > 0 || titled || partners || size < SHORT)) return true;
  if (
    (isAboutCookies(look, titled) && !isBareAsk(look, acts, titled)) ||
    (headings > 4 && !isOther) ||
    tellsMore(lines)
  )
    return false;
  const states =
    partners || lines.some((line) => (COOKIE.test(line) || PAY.test(line)) && CONSENT.test(line));
  if (!states || (acts === 0 && !(titled && partners))) return false;
  if (titles.some((own) => startsWith(CONSENT_TITLE, own)) && partners && acts >= 2) return true;
  const toGoOn = lines.some((line) => CONSENT.test(line) && TO_GO_ON.test(line));
  const share = shareOf(look, (line) => CONSENT.test(line) || isAct(line));
  const signs = [acts >= 2, titled, partners, toGoOn, isOther].filter(Boolean).length;
  if (titled && share > 0.2 && signs >= 2 && size < LONG) return true;
  return size < SHORT ? share > 0.6 && signs >= 1 : share > 0.35 && signs >= 2;
}

const isAboutCookies = ({ isDocument, title, headings, lines }: Look, titled: boolean) =>
  isDocument ||
  (/cookie/.test(plain(title)) &&
    !titled &&
    (headings > 1 || lines.some((line) => widthOf(line) <= 60 && DOCUMENT.test(line))));

/** Under a title that is only the subject, nothing but what is asked and two buttons. */
function isBareAsk(look: Look, acts: number, titled: boolean): boolean {
  if (!titled || acts < 2 || look.headings > 1 || look.size > LONG) return false;
  const share = shareOf(look, (line) => CONSENT.test(line) || isAct(line));
  return share > 0.6 && !look.titles.some((own) => DOCUMENT.test(own));
}

/** Whether there is more to read before a consent is asked for, or after the last that can be pressed: then it only lies above a page. */
function tellsMore(lines: readonly string[]): boolean {
  const first = lines.findIndex((line) => isAct(line) || COOKIE.test(line) || PARTNERS.test(line));
  const last = lines.findLastIndex(isAct);
  const more = lines.filter(
    (line, index) => (index < first || index > last) && widthOf(line) >= 60 && !CONSENT.test(line),
  );
  return more.length >= 3;
}

const startsWith = (pattern: RegExp, line: string) => (pattern.exec(line)?.index ?? 99) <= 2;

function isMissing({ size, titles, lines, isDocument, isOther, headings, leads, tells }: Look): boolean {
  if (leads === 'missing' && size < LONG) return true;
  const titled = [...titles, ...lines.slice(0, 1)].some((own) => widthOf(own) <= 60 && MISSING.test(own));
  const says = lines.some((line) => widthOf(line) <= 200 && MISSING.test(line));
  if (tells) return false;
  // It speaks to who has asked for it, whatever its title still is.
  if (
    size < SHORT &&
    lines.some((line) => widthOf(line) <= 200 && MISSING.test(line) && ASKED_FOR.test(line))
  )
    return true;
  if (isDocument) return false;
  if (size < 200) return titled;
  return titled && says && headings < 5 && size < (isOther ? 2 * LONG : LONG);
}

function otherIn({ size, titles, lines, isDocument, headings, tells }: Look): OtherWall | undefined {
  if (isDocument || tells || headings > 4 || size > 2 * LONG) return undefined;
  const first = lines.slice(0, 3).filter((line, index) => widthOf(line) <= (index === 0 ? 300 : 60));
  return otherWallOf([...titles, ...first], size < 1500 ? lines : [], size >= SHORT);
}

function isAway(look: Look): boolean {
  const { size, heads, lines, isDocument, isOther } = look;
  if (look.leads === 'away' && size < LONG) return true;
  if (look.tells) return false;
  const says = (line: string) => widthOf(line) <= 200 && AWAY.test(line);
  const titled = heads.some(says);
  const sayings = new Set([...heads, ...lines].filter(says)).size;
  const share = shareOf(look, says);
  if (isDocument) return size < TINY && titled && sayings >= 2 && share > 0.7;
  return (
    titled &&
    (share > (size < TINY ? 0.3 : 0.5) || sayings >= 2 || isOther) &&
    size < (share > 0.3 || isOther ? 1500 : SHORT)
  );
}
