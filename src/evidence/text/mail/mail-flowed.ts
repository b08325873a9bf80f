/**
 * A mail that is “flowed” goes on after a line that ends with a space, but not from a quoted line into another: what was written in answer would else be read as
 * the end of what is quoted, and the other way round (RFC 3676, 4.5). Such lines lose the space. Parts in base64 stay as they are.
 */
export function endQuotedLines(bytes: Uint8Array): Uint8Array {
  const mail = Buffer.from(bytes).toString('latin1');
  if (!/format\s{0,9}=\s{0,9}"?flowed/i.test(mail)) return bytes;
  const spaces = /content-transfer-encoding:\s{0,9}quoted-printable/i.test(mail) ? [' ', '=20'] : [' '];
  const lines = mail.split('\n');
  const ended = lines.map((line, index) =>
    line.startsWith('>') || lines[index + 1]?.startsWith('>') ? withoutEnd(line, spaces) : line,
  );
  return Buffer.from(ended.join('\n'), 'latin1');
}

function withoutEnd(line: string, spaces: readonly string[]): string {
  const end = line.endsWith('\r') ? '\r' : '';
  let own = line.slice(0, line.length - end.length);
  for (let space = spaceAt(own, spaces); space; space = spaceAt(own, spaces))
    own = own.slice(0, -space.length);
  return own + end;
}

const spaceAt = (line: string, spaces: readonly string[]) => spaces.find((own) => line.endsWith(own));
