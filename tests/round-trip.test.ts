import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionFiles, readEdition, writeEdition } from '#edition/folder';
import { arbitraryEdition } from './arbitrary.ts';
import { arbitraryCorrections, arbitraryTranslations } from './arbitrary-words.ts';
import { temporaryFolder } from './folders.ts';

/** Arbitrary trees may break rules that a person’s edition must keep (two measures of one id cannot happen; a maximum of 0 cannot either). */
describe('reading and writing', () => {
  it('what was written is read as the same edition', () => {
    const base = temporaryFolder();
    let run = 0;
    fc.assert(
      fc.property(arbitraryEdition(), (edition) => {
        const folder = join(base, String(run++));
        writeEdition(edition, folder);
        const { edition: read, problems } = readEdition(folder);
        expect(problems).toEqual([]);
        expect(read).toEqual(edition);
      }),
      { numRuns: 60 },
    );
  });

  it('corrections and translations too, whatever their texts, and with the same bytes when written again', () => {
    const base = temporaryFolder();
    let run = 0;
    const withWords = arbitraryEdition().chain((edition) =>
      fc
        .tuple(arbitraryCorrections(edition), arbitraryTranslations(edition))
        .map(([corrections, translations]) => ({ ...edition, corrections, translations })),
    );
    fc.assert(
      fc.property(withWords, (edition) => {
        const folder = join(base, String(run++));
        writeEdition(edition, folder);
        const { edition: read, problems } = readEdition(folder);
        expect(problems).toEqual([]);
        expect(read).toEqual(edition);
        if (!read) return;
        const files = editionFiles(read); // keys in the order of the schema from here on
        writeEdition(read, folder);
        const again = readEdition(folder).edition;
        expect(again && editionFiles(again)).toEqual(files);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    'tests/editions/small',
    'templates/edition',
    'editions/message-privacy/2016',
    'editions/example/2026',
  ])('reading and writing %s keeps everything, and writing again changes no byte', (folder) => {
    const { edition } = readEdition(folder);
    expect(edition).toBeDefined();
    if (!edition) return;
    const written = temporaryFolder();
    writeEdition(edition, written);
    // The archive is nobody’s to write but its own commands’: it is moved along as it is.
    for (const own of ['ledger.jsonl', 'ledger', 'captures'])
      if (existsSync(join(folder, own))) cpSync(join(folder, own), join(written, own), { recursive: true });
    const again = readEdition(written);
    expect(again.problems).toEqual([]);
    expect(again.edition).toEqual(edition);
    if (again.edition) expect(editionFiles(again.edition)).toEqual(editionFiles(edition));
  });

  it('writes the same bytes that it read, for what it wrote itself', () => {
    const written = temporaryFolder();
    const { edition } = readEdition('tests/editions/small');
    if (edition) writeEdition(edition, written);
    const copy = temporaryFolder();
    cpSync(written, copy, { recursive: true });
    const reread = readEdition(copy).edition;
    if (reread) writeEdition(reread, copy);
    const bytes = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: false })
        .toSorted()
        .filter((file) => /\.\w+$/.test(file))
        .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
    expect(bytes(copy)).toEqual(bytes(written));
  });
});
