import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that must not be fetched: it leads into a private network, or is none. */
export class AddressRefusedError extends Error {}

const LONGEST = 2000;
/** Ports on which no web server belongs, and where a request could be taken for another protocol (as browsers block them). */
const BLOCKED_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);
/** Names that never lead out of one’s own network (RFC 6761, RFC 6762, and the private name of ICANN). */
const PRIVATE_NAMES = /^(?:.*\.)?(?:localhost|local|internal|localdomain|home\.arpa|intranet|lan|corp|home)$/;

/** Public by their number, but only reachable from within: Azure’s platform, and a provider of metadata. */
const REFUSED = ['168.63.129.16', '100.100.100.200', '192.0.0.192'];

/**
 * The address of a page that may be fetched, as a URL. What is written in another spelling (octal, one number, full-width digits) is the same host here.
 * @param allowed hosts that may be private, by the name that the address uses, with or without port
 * @throws AddressRefusedError
 */
export function checkAddress(text: string, allowed: readonly string[] = []): URL {
  const refuse = (why: string) => new AddressRefusedError(`“${text.slice(0, 200)}” is not fetched: ${why}.`);
  if (text.length > LONGEST) throw refuse(`it has more than ${LONGEST} characters`);
  const url = URL.parse(text);
  if (!url) throw refuse('it is no whole web address such as https://example.org/privacy');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('only http and https are');
  if (url.username || url.password) throw refuse('it holds a user name or password');
  if (!url.hostname) throw refuse('it names no host');
  if (isAllowed(url, allowed)) return url;
  if (BLOCKED_PORTS.has(Number(url.port))) throw refuse(`port ${url.port} is not one of the web`);
  const host = bareHost(url.hostname);
  const hint = `If it is a server of your own, allow it by name: --allow-host ${host}`;
  if (isIP(host) ? !isPublicAddress(host) : PRIVATE_NAMES.test(host) || !host.includes('.'))
    throw refuse(`“${host}” is not on the public internet. ${hint}`);
  return url;
}

/** Whether the host of an address was allowed, by the name used there. Where no port was named, all are but those on which no web server belongs. */
export function isAllowed(url: URL, allowed: readonly string[]): boolean {
  const host = bareHost(url.hostname);
  return allowed.some((own) => {
    const named = URL.parse(`http://${isIP(own) === 6 ? `[${own}]` : own}`);
    if (!named || bareHost(named.hostname) !== host) return false;
    return namesPort(own) ? named.port === url.port : !BLOCKED_PORTS.has(Number(url.port));
  });
}

const namesPort = (allowed: string) => isIP(allowed) !== 6 && /:\d+$/.test(allowed);

/**
 * What is allowed on the way to one address: its own host, on the port that it names and on the usual ones, and no other host that was allowed. So a
 * page of one source never reaches what was allowed for another, nor another server on its own machine.
 */
export function allowedFor(address: string, allowed: readonly string[]): string[] {
  const url = URL.parse(address);
  if (!url || !isAllowed(url, allowed)) return [];
  const named = allowed.filter((own) => namesPort(own) && isAllowed(url, [own]));
  return named.length > 0 ? named : [...new Set([`${url.hostname}:${url.port || 80}`, `${url.hostname}:80`])];
}

const bareHost = (hostname: string) =>
  hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')
    .toLowerCase();

/** Whether an IP address is one of the public internet, by the registries of IANA for special purposes. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || REFUSED.includes(address)) return false;
  const parsed = ipaddr.parse(address);
  // Of IPv6, global unicast is 2000::/3 (RFC 4291). One that carries one of IPv4 (mapped, 6to4, NAT64, Teredo) is never needed to reach a public page.
  return (
    parsed.range() === 'unicast' &&
    (parsed.kind() === 'ipv4' || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20)
  );
}
