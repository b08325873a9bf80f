import type { Wall } from './walls/walls.ts';

const KINDS: readonly (readonly [Wall, RegExp])[] = [
  [
    'login',
    /\/(?:log-?in|sign-?in|auth|sso|accounts?\/login|session\/new|oauth2?|connexion|anmelden|iniciar-sesion|acceso|entrar|identification)(?:[/?#.]|$)/i,
  ],
  [
    'consent',
    /^(?:consent|guce|cmp|zustimmung|myprivacy)\.|\/(?:consent|collectconsent|gdpr|cookie-?wall|cookie-?consent|privacy-?gate|zustimmung|consentement|consentimiento|v2\/collectconsent)(?:[/?#.]|$)/i,
  ],
  [
    'robot',
    /\/(?:captcha|challenge|bot-?check|human-?check|blocked|denied|access-?denied|sorry\/index|validatecaptcha|distil_r_captcha)(?:[/?#.]|$)/i,
  ],
  ['missing', /\/(?:404|not-?found|page-?not-?found|error-?404)(?:[/?#.]|$)/i],
  ['away', /\/(?:maintenance|unavailable|down|50[0-4]|error|errors|oops)(?:[/?#.]|$)/i],
];

const ofKind = (address: string, pattern: RegExp) => {
  const url = URL.parse(address);
  return url !== null && (pattern.test(url.hostname) || pattern.test(url.pathname));
};

/** What kind of wall the address is named as that another one has led to; undefined if it is named as none, or was from the start. */
export function leadsToWall(address: string, final: string): Wall | undefined {
  if (plainAddress(address) === plainAddress(final)) return undefined;
  return KINDS.find(([, pattern]) => ofKind(final, pattern) && !ofKind(address, pattern))?.[0];
}

/** An address without what changes nothing: the protocol, “www.”, a slash at the end. */
export const plainAddress = (address: string): string =>
  address
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#.*$/, '')
    .replace(/\/$/, '');

/** The first page of a site, also that of one of its languages. */
const HOME =
  /^\/(?:(?:[a-z]{2}(?:[-_][a-z]{2})?\/?)?(?:(?:index|default|home|start|main)(?:\.[a-z]{2,5})?)?\/?)$/i;

const isHome = (address: string) => HOME.test(URL.parse(address)?.pathname ?? '');

/** Whether an address of one page has led to the first page of a site. */
export const leadsHome = (address: string, final: string): boolean =>
  plainAddress(address) !== plainAddress(final) && isHome(final) && !isHome(address);

/** Where an address has led to, in words; undefined if it is where it was. */
export function whereItLeads(address: string | undefined, final: string | undefined): string | undefined {
  if (address === undefined || final === undefined || plainAddress(address) === plainAddress(final))
    return undefined;
  return leadsHome(address, final) ? `it leads to the home page ${final}` : `it leads to ${final}`;
}
