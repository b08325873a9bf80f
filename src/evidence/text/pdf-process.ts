import { buffer } from 'node:stream/consumers';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

/** Reads a PDF from standard input and writes its pages as JSON. Runs in a process of its own, since a PDF can ask for any time and memory. */

const MOST_PAGES = 5000;

async function main(): Promise<void> {
  const bytes = new Uint8Array(await buffer(process.stdin));
  const document = await getDocumentProxy(bytes, { verbosity: 0 });
  if (document.numPages > MOST_PAGES)
    throw new Error(`it has ${document.numPages} pages; at most ${MOST_PAGES} are read`);
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document).catch(() => ({ info: {} }));
  const title = Reflect.get(info, 'Title');
  process.stdout.write(JSON.stringify({ pages: text, title: typeof title === 'string' ? title : '' }));
}

main().catch((error: unknown) => {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  process.stdout.write(
    JSON.stringify({ error: name === 'PasswordException' ? 'it is locked with a password' : message }),
  );
});
