import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ledgersNotAsLeft, type SourceFiles, signedOf, writeWithin } from '#edition/folder';
import { didYouMean } from '#edition/index';
import type { ArchiveHead, ArchiveReport, Imported, RedactionPlan, RedactionPreview } from '#evidence/index';
import { ask } from '../ask.ts';
import { Exit, readGiven } from '../open.ts';
import { editionAround, refuseWithin } from '../out-folder.ts';
import { openSources, signingKey } from '../sources.ts';
import { complain, count, harmless, paint, wrap, write, writeJson } from '../terminal.ts';

export function archiveCommand(): Command {
  const archive = new Command('archive').description('prove, print and exchange the archive of an edition');
  for (const command of [
    verify(),
    head(),
    key(),
    prove(),
    checkProof(),
    exportArchive(),
    importArchive(),
    showCapture(),
    redactLetter(),
    annotations(),
  ])
    archive.addCommand(command.helpOption('-h, --help', 'show help'));
  return archive;
}

const edition = (command: Command) => command.argument('<edition>', 'folder of the edition');
const json = (command: Command) => command.option('--json', 'print JSON');

function verify(): Command {
  return json(edition(new Command('verify')))
    .description('prove the ledger, every capture and every quote from their own bytes, offline')
    .option('--head <hash>', 'a head that was printed with a release: the ledger must still contain it')
    .addHelpText('after', '\nEnds with 1 and the name of what does not hold.')
    .action(async (folder: string, options: { head?: string; json?: boolean }) => {
      const { meta, quotes } = openSources(folder);
      if (options.head !== undefined && !/^[0-9a-f]{64}(?:\+[0-9a-f]{64})*$/.test(options.head))
        throw new Exit(2, 'A head is 64 hexadecimal digits, as “assay archive head” prints them.');
      const { verifyArchive } = await import('#evidence/index');
      const report = await verifyArchive(folder, {
        allTexts: true,
        quotes,
        signed: signedOf(meta),
        printed: options.head,
      });
      if (options.json) writeJson(report);
      else {
        for (const { of, message } of report.flaws)
          complain(`${paint('red', harmless(of), process.stderr)}: ${harmless(message)}`);
        write(summary(report));
        for (const name of ledgersNotAsLeft(folder)) write(paint('yellow', goneText(name)));
      }
      if (report.flaws.length > 0) throw new Exit(1);
    });
}

function summary(report: ArchiveReport): string {
  const { flaws, entries, captures, quotes, ledgers, head: own, signed, open, openSources } = report;
  const { halfLine, strays, unproved } = report;
  if (entries === 0 && flaws.length === 0) return 'There is no ledger yet. “assay capture” begins one.';
  const verdict =
    flaws.length > 0
      ? paint(
          ['bold', 'red'],
          `${count(flaws.length, 'thing')} that ${flaws.length === 1 ? 'does' : 'do'} not hold`,
        )
      : paint(['bold', 'green'], 'everything holds');
  const stamped = ledgers.find((ledger) => ledger.stamped !== undefined)?.stamped;
  const isSeveral = own?.includes('+') ?? false;
  return [
    `${verdict}: ${count(entries, 'entry', 'entries')}${ledgers.length > 1 ? ` in ${count(ledgers.length, 'ledger')}` : ''}, ${count(captures, 'capture')}, ${count(quotes, 'quote')}.`,
    ...(own ? [`head ${own}${signed ? ', signed' : ''}${stamped ? `, stamped ${stamped}` : ''}`] : []),
    ...(isSeveral ? ['Copies went on side by side; “assay archive head” brings them under one head.'] : []),
    ...(open > 0 ? [paint('yellow', openText(open, openSources))] : []),
    ...(unproved > 0
      ? [
          `${count(unproved, 'capture')} whose text a browser or an earlier version read: it rests on the word of whoever captured it.`,
        ]
      : []),
    ...(halfLine ? ['A last line was never finished; the next command that writes there removes it.'] : []),
    ...(strays > 0 ? [`${count(strays, 'blob')} that nothing names, left by something interrupted.`] : []),
  ].join('\n');
}

/** What only the copy itself can know. */
const goneText = (ledger: string) =>
  `The ledger ${ledger}, which this copy wrote, is not as it left it: on another branch, put back to an earlier state, or changed.`;

function openText(open: number, sources: readonly string[]): string {
  const named = sources.length > 0 ? `: captures of ${sources.map(harmless).join(', ')}` : '';
  return `Nobody has vouched for ${count(open, 'entry', 'entries')} after the last heads${named}. They are not proved.`;
}

function head(): Command {
  return json(edition(new Command('head')))
    .description('write and print what fixes the archive as it stands; a release prints it')
    .option('--vouch', 'also sign what this copy of the edition did not write, once you have looked at it')
    .option('--timestamp <url>', 'ask this time-stamp authority (RFC 3161) to stamp it')
    .action(async (folder: string, options: { vouch?: boolean; timestamp?: string; json?: boolean }) => {
      const { meta } = openSources(folder);
      const { stampHead, writeOneHead } = await import('#evidence/index');
      const own = await writeOneHead(folder, await signingKey(meta), { vouch: options.vouch ?? false });
      if (!own)
        throw new Exit(
          1,
          meta['signed-by'] === undefined
            ? 'There is no ledger yet. “assay capture” begins one.'
            : 'There is no ledger that those vouch for who sign for this edition. “assay capture” begins one; what others wrote is signed with ASSAY_KEY and --vouch, once you have looked at it.',
        );
      const fixing = own.heads.find(({ ledger }) => ledger.name === own.ledger.name)?.head;
      if (options.timestamp !== undefined && !fixing)
        throw new Exit(1, 'The last ledger has no head yet, since this copy did not write it: add --vouch.');
      const stamp =
        options.timestamp === undefined || !fixing
          ? undefined
          : await stampHead(folder, own.ledger, fixing, options.timestamp).catch((error: Error) => {
              throw new Exit(1, error.message);
            });
      if (options.json)
        writeJson({
          head: own.head,
          open: own.open,
          ledgers: own.heads.map(({ ledger, head: each }) => ({ ledger: ledger.file, ...each })),
          ...(stamp ? { stamped: stamp } : {}),
        });
      else printHead(own, stamp);
    });
}

function printHead(own: ArchiveHead, stamp: { time: string; signer: string } | undefined): void {
  write(`head     ${own.head}`);
  for (const { ledger, head: each } of own.heads) {
    write(
      `\n${ledger.file}\nentries  ${each.entries}\nchain    ${each.chain}\nroot     ${each.root}\ntime     ${each.time}`,
    );
    write(each.signature === undefined ? 'not signed' : `signed   ${each.signature}\nby       ${each.key}`);
  }
  for (const name of own.gone) write(paint('yellow', goneText(name)));
  if (stamp) write(`stamped  ${stamp.time} by ${harmless(stamp.signer)}`);
  if (own.open > 0)
    write(
      paint(
        'yellow',
        `\n${count(own.open, 'entry', 'entries')} that this copy did not write ${own.open === 1 ? 'has' : 'have'} no head. Look at them (assay archive verify), and add --vouch.`,
      ),
    );
}

function key(): Command {
  return json(new Command('key'))
    .description('make a key that signs heads: the private half in a file, the public half for edition.yaml')
    .argument('<file>', 'where to write the private key; it must not exist yet')
    .action(async (file: string, options: { json?: boolean }) => {
      if (existsSync(file)) throw new Exit(2, `“${file}” exists. A key is never written over another.`);
      const around = editionAround(file);
      if (around !== undefined)
        throw new Exit(
          2,
          `“${file}” is within the edition “${around}”, which is there to be given away. Keep a private key elsewhere.`,
        );
      const { makeKeyPair } = await import('#evidence/index');
      const pair = makeKeyPair();
      writeFileSync(file, pair.privateKey, { mode: 0o600, flag: 'wx' });
      chmodSync(file, 0o600);
      if (options.json) return writeJson({ file, publicKey: pair.publicKey });
      write(`Keep ${file} where nobody else can read it, and out of version control.`);
      write(`In edition.yaml:\n\nsigned-by: ${pair.publicKey}\n\nIn the environment: ASSAY_KEY=${file}`);
    });
}

function prove(): Command {
  return edition(new Command('prove'))
    .description('print the proof that one quote is in the archive, for whoever has the head')
    .argument('<quote>', 'id of the quote')
    .action(async (folder: string, id: string) => {
      const { quotes } = openSources(folder);
      const quote = quotes.find((own) => own.id === id);
      if (!quote) throw new Exit(2, `There is no quote “${id}”.`);
      const { proofOf, ProofError } = await import('#evidence/index');
      try {
        writeJson(await proofOf(folder, quote));
      } catch (error) {
        if (error instanceof ProofError) throw new Exit(1, error.message);
        throw error;
      }
    });
}

function checkProof(): Command {
  return new Command('check-proof')
    .description('check such a proof, with nothing but the file')
    .argument('<file>', 'the proof')
    .option('--root <hash>', 'the root that was printed with the release')
    .action(async (file: string, options: { root?: string }) => {
      const { checkProof: check } = await import('#evidence/index');
      const proof = check(readGiven(file).toString('utf8'), options.root);
      if (!proof.holds) throw new Exit(1, `The proof does not hold: ${proof.why}.`);
      write(
        paint(
          'green',
          'The proof holds: the passage stands in the text, the text in the capture, the capture in the ledger.',
        ),
      );
      write(`\n${wrap(`“${proof.passage}”`, '  ')}\n`);
      write(
        `Source   ${harmless(proof.source)}${proof.address === undefined ? '' : `  ${harmless(proof.address)}`}`,
      );
      write(`Captured ${proof.time}${proof.shown ? '' : ', in text that the page does not show'}`);
      write(proof.key === undefined ? 'The head is not signed.' : `Signed by ${proof.key}`);
      if (options.root === undefined)
        write('Hold the head against the one that was printed elsewhere: --root.');
    });
}

function exportArchive(): Command {
  return json(edition(new Command('export')))
    .description('write all captures but letters as one WACZ or WARC file, and check it')
    .requiredOption('-o, --out <file>', 'file to write; its ending says which: .wacz or .warc.gz')
    .addHelpText(
      'after',
      '\nA WACZ can be opened with ReplayWeb.page. The same archive gives the same bytes.',
    )
    .action(async (folder: string, { out, json: asJson }: { out: string; json?: boolean }) => {
      const { meta, evidence } = openSources(folder);
      if (!/\.wacz$|\.warc\.gz$/.test(out))
        throw new Exit(2, 'Give a file that ends with .wacz or .warc.gz.');
      refuseWithin(folder, out, 'file');
      if (evidence.captures.length === 0)
        throw new Exit(1, 'There is no capture yet. “assay capture” makes one.');
      const { exportWacz, exportWarc, openArchive } = await import('#evidence/index');
      const make = out.endsWith('.wacz') ? exportWacz : exportWarc;
      const { bytes, captures, records, letters } = await make(openArchive(folder), meta, evidence);
      writeWithin(dirname(out), basename(out), bytes);
      if (asJson) return writeJson({ file: out, bytes: bytes.length, captures, records, letters });
      write(
        `${count(captures, 'capture')} in ${count(records, 'record')}: ${out}, ${count(bytes.length, 'byte')}.${letters > 0 ? ` ${count(letters, 'letter')} left out: letters are not for everybody.` : ''}`,
      );
    });
}

function importArchive(): Command {
  return json(edition(new Command('import')))
    .description('take captures of this edition’s sources from a WACZ or WARC file of somebody else’s')
    .argument('<file>', 'the package')
    .addHelpText(
      'after',
      '\nThe file is checked against itself first; nothing is taken from one that does not hold.',
    )
    .action(async (folder: string, file: string, options: { json?: boolean }) => {
      const { meta, sources } = openSources(folder);
      const bytes = readGiven(file);
      const { importCaptures, makeArchiveFolder, openArchive, PackageError, writeHead } = await import(
        '#evidence/index'
      );
      const signer = await signingKey(meta);
      makeArchiveFolder(folder);
      try {
        const imported = await importCaptures(openArchive(folder), sources, { name: basename(file), bytes });
        await writeHead(folder, signer);
        if (options.json) return writeJson(imported);
        printImported(imported, basename(file));
      } catch (error) {
        if (error instanceof PackageError) throw new Exit(1, `${file}: ${error.message}.`);
        throw error;
      }
    });
}

function printImported({ entries, others, remarks }: Imported, file: string): void {
  for (const { source, time, verdict } of entries)
    write(`captured  ${paint('bold', source)}  ${time}${verdict === 'ok' ? '' : `  ${verdict}`}`);
  for (const remark of remarks)
    complain(`${paint('yellow', 'note', process.stderr)}      ${harmless(remark)}.`);
  write(
    `${count(entries.length, 'capture')} taken from ${harmless(file)}.${others.length > 0 ? ` ${count(others.length, 'page')} in it ${others.length === 1 ? 'is' : 'are'} no source of this edition.` : ''}`,
  );
}

function showCapture(): Command {
  return json(edition(new Command('show')))
    .description('print the text of a capture with its line numbers, as redact counts them')
    .argument('<source>', 'id of the source')
    .option('--capture <n>', 'which one, counted from 1, the oldest; the latest if not said', (value) => {
      if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('Give the number of a capture, from 1.');
      return Number(value);
    })
    .action(async (folder: string, source: string, options: { capture?: number; json?: boolean }) => {
      const { evidence, sources } = openSources(folder);
      const { numberedLines, openArchive } = await import('#evidence/index');
      const captures = evidence.captures.filter((own) => own.source === source);
      const number = options.capture ?? captures.length;
      const capture = captures[number - 1];
      if (!capture) throw new Exit(2, noCapture(folder, source, captures.length, sources));
      const archive = openArchive(folder);
      const lines = numberedLines(await archive.text(await archive.manifest(capture.manifest)));
      const { time, verdict } = capture;
      if (options.json)
        return writeJson({ source, capture: number, of: captures.length, time, verdict, lines });
      const head = `capture ${number} of ${captures.length} of ${source}, ${time}${verdict === 'ok' ? '' : `, ${verdict}`}`;
      write(paint('dim', head));
      if (lines.length === 0)
        throw new Exit(1, `This capture of “${source}” has no text: nothing in it can be quoted or shown.`);
      write(numbered(lines));
    });
}

function noCapture(
  folder: string,
  source: string,
  captures: number,
  sources: readonly { id: string }[],
): string {
  if (captures > 0) return `“${source}” has ${count(captures, 'capture')}; give --capture 1 to ${captures}.`;
  const ids = sources.map(({ id }) => id);
  return ids.includes(source)
    ? `“${source}” is not captured yet. First: assay capture ${folder} --source ${source}`
    : `There is no source “${source}”.${didYouMean(source, ids)}`;
}

function numbered(lines: readonly { readonly number: number; readonly text: string }[]): string {
  const width = String(lines.at(-1)?.number ?? 0).length;
  return lines
    .map(({ number, text }) => `${paint('dim', String(number).padStart(width))}  ${harmless(text)}`.trimEnd())
    .join('\n');
}

function redactLetter(): Command {
  const lines = (value: string): [number, number] => {
    const match = /^([1-9]\d*)(?:-([1-9]\d*))?$/.exec(value);
    if (!match) throw new InvalidArgumentError('Give a line or lines: 7, or 3-5.');
    return [Number(match[1]), Number(match[2] ?? match[1])];
  };
  return json(edition(new Command('redact')))
    .description('take lines out of a letter for ever; the ledger stays valid and says so')
    .argument('<source>', 'id of the letter among the sources')
    .argument('<lines>', 'which lines of its latest capture, counted from 1: 7, or 3-5', lines)
    .requiredOption('--reason <text>', 'why, as readers will see it')
    .option('--yes', 'do it without asking')
    .addHelpText(
      'after',
      '\n“assay archive show” prints the lines with their numbers. In other captures of the letter, the lines that say the same go too. What would go is shown first, and you are asked; where nobody can be asked, nothing is done without --yes.\n\nExample:\n  $ assay archive redact my-index alder-letter 12-13 --reason "It names a person."',
    )
    .action(
      async (
        folder: string,
        source: string,
        [from, to]: [number, number],
        options: { reason: string; yes?: boolean; json?: boolean },
      ) => {
        const files = openSources(folder);
        const { evidence, meta } = files;
        const { openArchive, planRedaction, redactCaptures, writeHead } = await import('#evidence/index');
        try {
          const archive = openArchive(folder);
          const plans = await planRedaction(archive, evidence, source, [from, to]);
          await confirmRedaction(files, source, plans, options);
          const number = redactCaptures(archive, source, plans, options.reason);
          await writeHead(folder, await signingKey(meta));
          const broken = await redactQuotes(folder, source);
          if (broken.length > 0)
            complain(
              `These quotes stood in the lines, and hold no more; they are among the quotes still. Remove them, and what cites them: ${broken.join(', ')}.`,
            );
          if (options.json) return writeJson({ source, lines: [from, to], captures: number });
          write(
            `${count(to - from + 1, 'line')} taken out of ${count(number, 'capture')} of “${source}”. Copies elsewhere (version control, releases) still hold them.`,
          );
        } catch (error) {
          if (error instanceof RangeError) throw new Exit(2, error.message);
          throw error;
        }
      },
    );
}

/** Shows what would go, and asks: it cannot be brought back. @throws Exit if the answer is no, or nobody can be asked */
async function confirmRedaction(
  { quotes }: SourceFiles,
  source: string,
  plans: readonly RedactionPlan[],
  { yes, json: asJson }: { readonly yes?: boolean; readonly json?: boolean },
): Promise<void> {
  const { redactionPreview } = await import('#evidence/index');
  const shown = new Set<string>();
  // The latest first: its lines are those that were named.
  for (const { text, root, ranges } of plans.toReversed()) {
    const preview =
      ranges.length === 0
        ? 'none of these lines.'
        : previewText(redactionPreview(text, root, quotes, ranges));
    if (!asJson && !shown.has(preview))
      complain(`${shown.size > 0 ? `In another capture of “${source}”:\n` : ''}${preview}`);
    shown.add(preview);
  }
  if (yes) return;
  const hint = 'Nothing was done. These lines would be gone for ever';
  if (!process.stdin.isTTY) throw new Exit(2, `${hint}; if that is meant, give --yes.`);
  const answer = await ask('Take these lines out for ever? Type “yes”: ');
  if (answer.toLowerCase() !== 'yes') throw new Exit(1, 'Nothing was done.');
}

function previewText({ lines, broken, blackened }: RedactionPreview): string {
  return [
    numbered(lines),
    ...(broken.length > 0
      ? [`These quotes stand in the lines and would hold no more: ${broken.join(', ')}.`]
      : []),
    ...(blackened.length > 0
      ? [`What these quotes keep of the lines around them would be blackened: ${blackened.join(', ')}.`]
      : []),
  ].join('\n');
}

/** Blackens what quotes keep of the lines around them; gives the ids of those that stood in the lines themselves. */
async function redactQuotes(folder: string, source: string): Promise<string[]> {
  const { quotes, evidence } = openSources(folder);
  const { openArchive, quotesAfterRedaction, replaceQuote } = await import('#evidence/index');
  const archive = openArchive(folder);
  const broken: string[] = [];
  for (const capture of evidence.captures.filter((own) => own.source === source && own.text !== undefined)) {
    const text = await archive.text(await archive.manifest(capture.manifest));
    const after = quotesAfterRedaction(quotes, capture.text ?? '', text);
    for (const quote of after.changed) replaceQuote(folder, quote);
    broken.push(...after.broken.map(({ id }) => id));
  }
  return broken;
}

function annotations(): Command {
  return edition(new Command('annotations'))
    .description('print all quotes as W3C Web Annotations (JSON-LD)')
    .action(async (folder: string) => {
      const { quotes, sources } = openSources(folder);
      const { annotation } = await import('#evidence/index');
      writeJson(
        quotes.map((quote) =>
          annotation(
            quote,
            sources.find(({ id }) => id === quote.source),
          ),
        ),
      );
    });
}
