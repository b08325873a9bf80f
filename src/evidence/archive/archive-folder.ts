import { makeWithin, readWithin, realFolder, writeWithin } from '#edition/folder';

const IGNORED = ['lock', 'lock-journal', 'tmp/', '*.new'];

/**
 * Makes the folder of an archive, and keeps what is passing in it out of version control, which must not turn line ends either in what is addressed by its
 * bytes.
 * @throws OutsideError
 */
export function makeArchiveFolder(folder: string): void {
  makeWithin(folder, 'captures');
  const ignore = readWithin(folder, 'captures/.gitignore', 1024 * 1024)?.toString('utf8') ?? '';
  const lines = ignore.split('\n').filter(Boolean);
  const missing = IGNORED.filter((line) => !lines.includes(line));
  if (missing.length > 0) writeWithin(folder, 'captures/.gitignore', [...lines, ...missing, ''].join('\n'));
  for (const sub of ['captures', 'ledger'])
    if (realFolder(folder, sub) !== undefined && readWithin(folder, `${sub}/.gitattributes`) === undefined)
      writeWithin(folder, `${sub}/.gitattributes`, '* -text\n');
}
