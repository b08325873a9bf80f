import { walkXml } from './xml.ts';
import type { ZipFiles } from './zip-files.ts';

export interface SheetEntry {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

/** Where the parts of a workbook are: programs may put them anywhere, and say where (ECMA-376, part 2). */
export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  readonly from1904: boolean;
  readonly strings: string;
  readonly styles: string;
}

interface Relation {
  readonly type: string;
  readonly path: string;
}

export function workbookOf(files: ZipFiles): Workbook {
  const root = [...relationsOf(files, '').values()].find(({ type }) => type === 'officeDocument');
  const path = root?.path ?? 'xl/workbook.xml';
  const relations = relationsOf(files, path);
  const part = (type: string) => {
    const found = [...relations.values()].find((own) => own.type === type);
    return files.get(found?.path ?? `xl/${type}.xml`) ?? '';
  };
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  walkXml(files.get(path) ?? '<none/>', {
    open(name, { name: title = '', id = '', state, date1904 }) {
      if (name === 'workbookPr') from1904 = date1904 === '1' || date1904 === 'true';
      const sheet = relations.get(id)?.path;
      if (name === 'sheet' && sheet !== undefined)
        sheets.push({ name: title, path: sheet, hidden: state === 'hidden' || state === 'veryHidden' });
    },
    close() {},
    text() {},
  });
  return { sheets, from1904, strings: part('sharedStrings'), styles: part('styles') };
}

/** What a part refers to, by id; the package itself is the part with the empty name. */
function relationsOf(files: ZipFiles, part: string): ReadonlyMap<string, Relation> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const found = new Map<string, Relation>();
  walkXml(files.get(`${folder}_rels/${part.slice(folder.length)}.rels`) ?? '<none/>', {
    open(name, { Id = '', Target = '', Type = '' }) {
      if (name !== 'Relationship') return;
      const path = new URL(Target, `file:///${folder}`).pathname.slice(1);
      found.set(Id, { path: decodeURI(path), type: Type.slice(Type.lastIndexOf('/') + 1) });
    },
    close() {},
    text() {},
  });
  return found;
}
