import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whileLocked } from './lock.ts';

/** Changes a file of an edition as a whole, while no other process does; a file that is not there counts as empty. */
export function changeFile(folder: string, name: string, edit: (text: string) => string): void {
  whileLocked(join(folder, 'captures'), () => {
    const path = join(folder, name);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const changed = edit(text);
    if (changed === text) return;
    try {
      writeFileSync(`${path}.new`, changed, { flush: true });
      renameSync(`${path}.new`, path);
    } catch (error) {
      rmSync(`${path}.new`, { force: true });
      throw error;
    }
  });
}
