/** Elements in which nothing is markup. */
const RAW = ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noframes'];
const LONGEST_TAG = 2048;

/**
 * The character set that an HTML or XML document declares of itself. Browsers look at the first kilobyte, and begin again where a later `meta` says something
 * else (HTML Standard, 13.2.3.4): so the first one anywhere counts, but not within comments and scripts.
 */
export function declaredInMarkup(bytes: Uint8Array): string | undefined {
  const xml = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w:.+-]+)/i.exec(latin1(bytes, 0, 300))?.[1];
  const label = xml ?? byMeta(bytes);
  // A document that says so in single bytes cannot be in units of two (HTML Standard, 13.2.3.2).
  return label !== undefined && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function byMeta(bytes: Uint8Array): string | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', at + 1)) {
    const start = latin1(source, at + 1, at + 12).toLowerCase();
    if (start.startsWith('!--')) {
      at = source.indexOf('-->', at + 2);
      if (at < 0) return undefined;
    } else if (/^meta[\s/]/.test(start)) {
      const label = charsetOf(latin1(source, at + 5, at + LONGEST_TAG));
      if (label !== undefined) return label;
    } else {
      const raw = RAW.find((name) => start.startsWith(name) && /[\s/>]/.test(start[name.length] ?? ' '));
      const end = raw === undefined ? at : endOf(source, raw, at);
      if (end === undefined) return undefined;
      at = end;
    }
  }
  return undefined;
}

const latin1 = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

/** Where a raw element ends: at the next end tag, in whatever case. */
function endOf(source: Buffer, name: string, from: number): number | undefined {
  for (let at = source.indexOf('</', from); at >= 0; at = source.indexOf('</', at + 1))
    if (latin1(source, at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  return undefined;
}

/** What the attributes of a `meta` say: `charset`, or the `content` of a Content-Type. */
function charsetOf(attributes: string): string | undefined {
  const own = new Map<string, string>();
  for (const [, name = '', value = ''] of attributes.matchAll(
    /([^\s"'>/=]{1,100})\s{0,20}=\s{0,20}("[^"]*"|'[^']*'|[^\s>"']+)|>/g,
  )) {
    if (name === '') break; // the tag ends
    own.set(name.toLowerCase(), value.replace(/^["']|["']$/g, '').trim());
  }
  if (own.has('charset')) return own.get('charset');
  return own.get('http-equiv')?.toLowerCase() === 'content-type'
    ? /charset\s*=\s*["']?\s*([\w:.+-]+)/i.exec(own.get('content') ?? '')?.[1]
    : undefined;
}
