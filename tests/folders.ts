import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the small edition of `tests/editions/small`, with some files replaced; undefined removes one. */
export function smallEdition(
  replaced: Readonly<Record<string, string | Uint8Array | undefined>> = {},
): string {
  const folder = join(temporaryFolder(), 'edition');
  cpSync('tests/editions/small', folder, { recursive: true });
  for (const [file, content] of Object.entries(replaced)) {
    if (content === undefined) rmSync(join(folder, file), { recursive: true });
    else writeFileSync(join(folder, file), content);
  }
  return folder;
}
