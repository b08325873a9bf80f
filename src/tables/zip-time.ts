const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** 1 January 1980, 0:00: the beginning of time in ZIP. */
const NO_TIME = 0x00210000;

/**
 * Takes the times of its entries out of a ZIP archive, in place, so that the same content gives the same bytes.
 * Layout of the records: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16.
 * @throws Error if the bytes are no ZIP archive
 */
export function withoutTimes(zip: Buffer): Buffer {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new Error('This is no ZIP archive.');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count && zip.readUInt32LE(at) === ENTRY; entry++) {
    zip.writeUInt32LE(NO_TIME, at + 12);
    zip.writeUInt32LE(NO_TIME, zip.readUInt32LE(at + 42) + 10);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
