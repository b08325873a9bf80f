import { text as readAll } from 'node:stream/consumers';
import { Command, InvalidArgumentError } from 'commander';
import { freeId, type SourceFiles } from '#edition/folder';
import { didYouMean, type Quote } from '#edition/index';
import type { Passage, QuoteFound } from '#evidence/index';
import { ask } from '../ask.ts';
import { Exit } from '../open.ts';
import { openSources } from '../sources.ts';
import { complain, count, harmless, paint, wrap, write, writeJson } from '../terminal.ts';

interface Options {
  readonly id?: string;
  readonly choose?: number;
  readonly note?: string;
  readonly json?: boolean;
}

const wholeNumber = (value: string): number => {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('Give the number of a passage, from 1.');
  return Number(value);
};

export function quoteCommand(): Command {
  return new Command('quote')
    .description('mark a passage of a captured source, so that it can be proved and found again')
    .argument('<edition>', 'folder of the edition')
    .argument('<source>', 'id of the source')
    .argument('[text]', 'the passage; read from standard input if it is not given')
    .option(
      '--id <id>',
      'the id of the quote; made of its first words, or of the source and a number, if not said',
    )
    .option('--choose <n>', 'which one, where the passage stands there more than once', wholeNumber)
    .option('--note <text>', 'a remark')
    .option('--json', 'print JSON, with a W3C Web Annotation')
    .addHelpText(
      'after',
      '\nThe passage is looked for in the latest capture of the source, and kept as it stands there. Ends with 1 if it does not.\n\nExamples:\n  $ assay quote my-index alder-repairs "spare parts for ten years"\n  $ pbpaste | assay quote my-index alder-repairs --id ten-years',
    )
    .action(async (folder: string, source: string, given: string | undefined, options: Options) => {
      const files = openSources(folder);
      const text = (
        given ?? (process.stdin.isTTY ? await ask('Passage: ') : await readAll(process.stdin))
      ).trim();
      if (text === '') throw new Exit(2, 'There is nothing to look for. Give the passage, or pipe it in.');
      const { addQuote, doubtOf, quotePassage } = await import('#evidence/index');
      const { capture, time, visible, manifest } = await latestText(folder, files, source);
      const found = quotePassage(capture, text);
      if (found.kind === 'absent') throw absent(source, text, found.nearest);
      const passage =
        found.kind === 'ambiguous' ? await choose(found.passages, source, options.choose) : found.passage;
      const quote: Quote = {
        id: idOf(text, source, files, options.id),
        ...passage,
        ...(options.note === undefined ? {} : { note: options.note }),
      };
      addQuote(folder, quote);
      await printQuote(
        quote,
        files,
        passage.hidden ? capture.hidden : capture.text,
        { time, visible },
        options,
      );
      if (options.json) return;
      await warnOfPersons(quote, files, capture.text, folder);
      printHints(found, passage.hidden ? undefined : doubtOf(manifest));
    });
}

function printHints(found: QuoteFound, doubt: string | undefined): void {
  if (doubt) write(paint('dim', wrap(doubt, '  ')));
  if (found.kind === 'found' && found.typographic)
    write(
      paint('dim', '  The capture sets it in another way than you gave it; it is kept as it stands there.'),
    );
}

/** What is about persons is said before anybody publishes it: the site prints the passage and what stands around it. */
async function warnOfPersons(
  quote: Quote,
  { sources }: SourceFiles,
  text: string,
  folder: string,
): Promise<void> {
  const { linesOfPersonal, personalInQuote, personalWords } = await import('#evidence/index');
  const source = sources.find(({ id }) => id === quote.source);
  const found = personalInQuote(quote, source, text);
  if (found.length === 0) return;
  const lines = found.map((own) => [...new Set(linesOfPersonal(text, quote, own))].join('-'));
  complain(
    `  ${paint('yellow', 'personal', process.stderr)}: ${harmless(personalWords(found))}. The site prints it with the quote.`,
  );
  const isLetter = source?.type === 'personal_communication';
  complain(
    `  If it is not to be published, quote a passage that stands further from it${isLetter ? ', or take it out of the letter:' : '.'}`,
  );
  if (isLetter)
    for (const line of new Set(lines))
      complain(`  assay archive redact ${folder} ${quote.source} ${line} --reason "It names a person."`);
}

async function printQuote(
  quote: Quote,
  { meta, sources }: SourceFiles,
  text: string,
  { time, visible }: { readonly time: string; readonly visible: string },
  options: Options,
): Promise<void> {
  const { annotation, fragmentLink, weaknesses } = await import('#evidence/index');
  const weak = weaknesses(quote, text, { time, cutOff: meta['cut-off']?.date, visible });
  const source = sources.find(({ id }) => id === quote.source);
  const link = fragmentLink(quote, source);
  if (options.json) {
    writeJson({ quote, weaknesses: weak, link: link ?? null, annotation: annotation(quote, source) });
    return;
  }
  const cited = `${quote.source}#${quote.id}`;
  write(inContext(quote));
  for (const own of weak) complain(`  ${paint('yellow', 'weak', process.stderr)}: ${own}`);
  write(`\n  Cite it as ${paint('bold', cited)} among the answers, as [@${cited}] in prose.`);
  if (link) write(`  ${link}`);
  write(paint('dim', `  text ${quote.text}, ${quote.start} to ${quote.end}, captured ${time}`));
}

async function latestText(folder: string, { sources, evidence }: SourceFiles, source: string) {
  const { openArchive } = await import('#evidence/index');
  const captures = evidence.captures.filter((own) => own.source === source);
  const entry = captures.findLast(({ verdict, text }) => verdict === 'ok' && text !== undefined);
  if (!entry?.text) {
    const known = sources.some(({ id }) => id === source);
    const last = captures.at(-1);
    throw new Exit(
      1,
      !known && !last
        ? `There is no source “${source}”.${didYouMean(
            source,
            sources.map(({ id }) => id),
          )} “assay capture ${folder} ADDRESS --source ${source}” adds it.`
        : last
          ? `The captures of “${source}” hold no text that can be quoted (${last.verdict}).`
          : `“${source}” is not captured yet. First: assay capture ${folder} --source ${source}`,
    );
  }
  const archive = openArchive(folder);
  const manifest = await archive.manifest(entry.manifest);
  const [text, hidden, visible] = await Promise.all([
    archive.text(manifest),
    archive.text(manifest, 'hidden'),
    archive.text(manifest, 'visible'),
  ]);
  return {
    capture: { source, hash: entry.text, text, hidden, pages: manifest.pages },
    time: entry.time,
    visible,
    manifest,
  };
}

function absent(source: string, text: string, nearest: Passage | undefined): Exit {
  if (nearest) {
    complain(`The nearest passage of “${source}” is another:`);
    complain(inContext(nearest));
  }
  return new Exit(
    1,
    `“${text.slice(0, 80)}${text.length > 80 ? '…' : ''}” does not stand in the capture of “${source}”${nearest ? '. If the passage above is what you mean, give it as it stands there' : ', nor anything like it'}.`,
  );
}

async function choose(
  passages: readonly Passage[],
  source: string,
  chosen: number | undefined,
): Promise<Passage> {
  const known = chosen === undefined ? undefined : passages[chosen - 1];
  if (known) return known;
  const listed = passages.slice(0, 20).map((passage, index) => `${index + 1}:\n${inContext(passage)}`);
  complain(`It stands ${passages.length} times in “${source}”:\n${listed.join('\n')}`);
  if (chosen !== undefined)
    throw new Exit(2, `There is no passage ${chosen}; there are ${count(passages.length, 'passage')}.`);
  if (!process.stdin.isTTY)
    throw new Exit(1, 'Say which one: --choose 1, or give more of the words around it.');
  const answer = passages[Number(await ask('Which one? ')) - 1];
  if (!answer) throw new Exit(1, 'None was chosen; nothing was kept.');
  return answer;
}

function idOf(text: string, source: string, { quotes }: SourceFiles, given: string | undefined): string {
  const taken = new Set(quotes.map(({ id }) => id));
  if (given === undefined) return freeId(text.split(/\s+/).slice(0, 5).join(' '), taken, source);
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(given))
    throw new Exit(2, `“${given}” is no id: lower-case words of a–z and 0–9 joined by single hyphens.`);
  if (taken.has(given)) throw new Exit(2, `There is already a quote “${given}”. Give another --id.`);
  return given;
}

/** A passage as it stands, with what is around it. */
export function inContext({ prefix, exact, suffix, page }: Passage): string {
  const [before, after] = [harmless(prefix.replace(/\s+/g, ' ')), harmless(suffix.replace(/\s+/g, ' '))];
  const where = page === undefined ? '' : paint('dim', `  page ${page}\n`);
  return `${where}${wrap(`…${before}▶${exact}◀${after}…`, '  ')}`;
}
