import { getDocumentProxy, getMeta } from 'unpdf';
import type { DocumentText } from '../document-text.ts';
import { filledIn } from './pdf-fields.ts';
import { linesOf, type PdfItem, type PdfLine } from './pdf-lines.ts';
import { paragraphsOf } from './pdf-paragraphs.ts';
import { runningLines } from './pdf-running-lines.ts';
import { rowsOf } from './pdf-tables.ts';
import { isGibberish } from './pdf-usable.ts';

const MOST_PAGES = 5000;

/**
 * The text of a PDF in the order in which it is read, by where its pieces stand on the page: right to left where letters run so, cells of a row apart, letters
 * that are painted twice once. Running heads and page numbers are given apart, so that a sentence goes on over the page.
 * @throws Error if it cannot be read
 */
export async function pdfText(bytes: Uint8Array): Promise<Partial<DocumentText>> {
  const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new Error('it is locked with a password: save it without one, and capture that file');
    throw error;
  });
  if (document.numPages > MOST_PAGES)
    throw new Error(`it has ${document.numPages} pages; at most ${MOST_PAGES} are read`);
  const pages: PdfLine[][] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    const filled = await page.getAnnotations().then(filledIn, () => []);
    const painted = items.filter((item): item is PdfItem & typeof item => 'str' in item);
    pages.push(linesOf([...painted, ...filled], page.view));
    page.cleanup();
  }
  const running = runningLines(pages);
  const own = joinPages(
    pages.map((lines) => paragraphsOf(rowsOf(lines.filter((line) => !running.has(line))))),
  );
  const hidden = [...new Set([...running].map(({ text }) => text))].join('\n');
  const { info, language } = await metaOf(document);
  return {
    ...own,
    hidden,
    language,
    title: info('Title'),
    letter: {
      author: info('Author') || undefined,
      date: dayOf(info('ModDate')) ?? dayOf(info('CreationDate')),
    },
    remarks: remarksOf(own.text, document.numPages),
  };
}

async function metaOf(document: Awaited<ReturnType<typeof getDocumentProxy>>) {
  const { info } = await getMeta(document).catch(() => ({ info: {} }));
  const value = (key: string) => {
    const found: unknown = Reflect.get(info, key);
    return typeof found === 'string' ? found.replaceAll('\0', '').replace(/\s+/g, ' ').trim() : '';
  };
  return { info: value, language: value('Language') || undefined };
}

/** `D:20261201…` as a day. */
function dayOf(date: string): string | undefined {
  const [, year, month, day] = /^D:(\d{4})(\d\d)(\d\d)/.exec(date) ?? [];
  return day === undefined ? undefined : `${year}-${month}-${day}`;
}

function remarksOf(text: string, pages: number): string[] {
  if (pages > 0 && text.trim() === '')
    return [
      'Nothing in it can be quoted: its pages hold no text, only pictures of it. Capture a version with text, or let a program recognise it (OCR) and capture that',
    ];
  return isGibberish(text)
    ? [
        'Nothing in it can be quoted: the PDF does not say which letters it shows. Capture a version made in another way, or the page itself',
      ]
    : [];
}

/** Whether a page ends as a sentence does; else the next page goes on with it. */
const ENDS = /[.!?…:;。！？؟।]["'”’»)\]]*$/u;

/** Pages as one text, each with where it begins and ends. A sentence that goes on over the page is not interrupted. */
function joinPages(texts: readonly string[]): Pick<DocumentText, 'text' | 'pages'> {
  let text = '';
  const pages = texts.map((page): [number, number] => {
    if (text !== '' && page !== '') text += ENDS.test(text.slice(-8)) ? '\n\n' : '\n';
    const start = text.length;
    text += page;
    return [start, text.length];
  });
  return { text, pages };
}
