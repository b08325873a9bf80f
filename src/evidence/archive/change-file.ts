import { readWithin, writeWithin } from '#edition/folder';
import { whileLocked } from './lock.ts';

/** Changes a file of an edition as a whole, while no other process does; a file that is not there counts as empty. @throws OutsideError */
export function changeFile(folder: string, name: string, edit: (text: string) => string): void {
  whileLocked(folder, () => {
    const text = readWithin(folder, name)?.toString('utf8') ?? '';
    const changed = edit(text);
    if (changed !== text) writeWithin(folder, name, changed);
  });
}
