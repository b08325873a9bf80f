import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';

/** The files of an archive in tests/data, as texts, by their paths. */
export function packed(name: string): (file: string) => string {
  const files = unzipSync(readFileSync(`tests/data/${name}.zip`));
  return (file) => {
    const content = files[file];
    if (!content) throw new Error(`tests/data/${name}.zip has no ${file}`);
    return strFromU8(content);
  };
}
