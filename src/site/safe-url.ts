/**
 * An address of somebody else, if a link may lead there: http and https with a host, and nothing that only looks like it.
 * @returns the address in normal form, or undefined; the page then shows it as text
 */
export function safeUrl(address: string): string | undefined {
  if (!/^https?:\/\/[^\s/]/i.test(address)) return undefined;
  const url = URL.parse(address);
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  return url && isWeb && url.username === '' && url.password === '' ? url.href : undefined;
}
