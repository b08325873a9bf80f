import { ExtractError, LimitError } from '../text/extract-error.ts';
import type { Archive } from './archive.ts';
import { type Manifest, partOf } from './manifest.ts';
import { isReadAsToday, readKept } from './read-kept.ts';

/**
 * Whether the text of a capture is that of what was kept: it is read again, by the same reader, and must be the same. What this program cannot read
 * again as it was read (a reader of another version) rests on the word of whoever captured it.
 * @returns what does not hold; `unproved` where nobody can tell
 */
export async function textFlaw(
  archive: Archive,
  manifest: Manifest,
): Promise<string | 'unproved' | undefined> {
  // A letter is proved line by line, by its own root; what has no text has nothing to prove.
  if (partOf(manifest, 'sealed') || partOf(manifest, 'text') === undefined) return undefined;
  if (!isReadAsToday(manifest)) return 'unproved';
  try {
    const read = await readKept(archive, manifest);
    if (read === undefined) return 'unproved';
    const kept = { text: await archive.text(manifest), hidden: await archive.text(manifest, 'hidden') };
    return read.text === kept.text && read.hidden === kept.hidden
      ? undefined
      : 'its text is not what its reader makes of what was kept: one of them was put in';
  } catch (error) {
    if (error instanceof LimitError) return 'unproved';
    if (!(error instanceof ExtractError)) throw error;
    return `its text cannot be what its reader made of what was kept, since that cannot be read: ${error.message}`;
  }
}
