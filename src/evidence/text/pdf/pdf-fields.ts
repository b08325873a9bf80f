import type { PdfItem } from './pdf-lines.ts';

const SIZE = 10;
/** Annotations that are not shown, by their flags (ISO 32000-1, table 165): invisible, hidden, not viewed. */
const NOT_SHOWN = 1 | 2 | 32;

/** What is filled into the fields of a form, and typed onto a page, as pieces of text where they stand. Page by page they come after what is printed. */
export function filledIn(annotations: readonly unknown[]): PdfItem[] {
  return annotations.flatMap((own) => {
    if (own === null || typeof own !== 'object') return [];
    const flags: unknown = Reflect.get(own, 'annotationFlags');
    if (typeof flags === 'number' && (flags & NOT_SHOWN) !== 0) return [];
    const rect: unknown = Reflect.get(own, 'rect');
    const [x = 0, y = 0] = Array.isArray(rect) ? rect.map(Number) : [];
    return textsOf(own).map((text, index) => ({
      str: text,
      dir: 'ltr',
      transform: [SIZE, 0, 0, SIZE, x, y - index * SIZE * 1.2],
      width: text.length * SIZE * 0.5,
      height: SIZE,
    }));
  });
}

function textsOf(annotation: object): string[] {
  const type: unknown = Reflect.get(annotation, 'subtype');
  if (type === 'FreeText') return linesIn(Reflect.get(annotation, 'contentsObj'), 'str');
  if (type !== 'Widget' || !['Tx', 'Ch'].includes(String(Reflect.get(annotation, 'fieldType')))) return [];
  const value: unknown = Reflect.get(annotation, 'fieldValue');
  return (Array.isArray(value) ? value : [value]).flatMap((own) =>
    typeof own === 'string' ? lines(own) : [],
  );
}

function linesIn(holder: unknown, key: string): string[] {
  const text: unknown = holder !== null && typeof holder === 'object' ? Reflect.get(holder, key) : undefined;
  return typeof text === 'string' ? lines(text) : [];
}

const lines = (text: string) => text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
