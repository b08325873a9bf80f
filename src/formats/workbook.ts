import { walkXml } from './xml.ts';
import type { ZipFiles } from './zip-files.ts';

/** A sheet of a workbook, and where its part is. */
export interface SheetPart {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

/** Where the parts of a workbook are: programs may put them anywhere, and say where (ECMA-376, part 2). */
export interface Workbook {
  readonly sheets: readonly SheetPart[];
  readonly from1904: boolean;
  readonly strings: string;
  readonly styles: string;
}

export interface Relation {
  readonly type: string;
  readonly path: string;
  /** What the file itself says, for what is outside. */
  readonly target: string;
}

export function workbookOf(files: ZipFiles): Workbook {
  const root = [...relationsOf(files, '').values()].find(({ type }) => type === 'officeDocument');
  const path = root?.path ?? 'xl/workbook.xml';
  const relations = relationsOf(files, path);
  const part = (type: string) => {
    const found = [...relations.values()].find((own) => own.type === type);
    return files.get(found?.path ?? `xl/${type}.xml`) ?? '';
  };
  const sheets: SheetPart[] = [];
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
export function relationsOf(files: ZipFiles, part: string): ReadonlyMap<string, Relation> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const found = new Map<string, Relation>();
  walkXml(files.get(`${folder}_rels/${part.slice(folder.length)}.rels`) ?? '<none/>', {
    open(name, { Id = '', Target = '', Type = '', TargetMode = '' }) {
      if (name !== 'Relationship') return;
      const path = TargetMode === 'External' ? '' : pathWithin(Target, folder);
      found.set(Id, { path, type: Type.slice(Type.lastIndexOf('/') + 1), target: Target });
    },
    close() {},
    text() {},
  });
  return found;
}

function pathWithin(target: string, folder: string): string {
  try {
    return decodeURI(new URL(target, `file:///${folder}`).pathname.slice(1));
  } catch {
    return ''; // no address at all
  }
}
