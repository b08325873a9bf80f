import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { freeId, type SourceFiles } from '#edition/folder';
import { didYouMean, SOURCE_KINDS, type Source } from '#edition/index';
import type { CaptureResult, FileCapture } from '#evidence/index';
import { isLetterKind, newSource, type SourceKind, takenFromLetter } from '../new-source.ts';
import { Exit } from '../open.ts';
import { charset, collect, languages, openSources, signingKey } from '../sources.ts';
import { complain, count, harmless, paint, write, writeJson } from '../terminal.ts';

interface Options {
  readonly source?: string;
  readonly missing?: boolean;
  readonly all?: boolean;
  readonly browser?: boolean;
  readonly language?: string;
  readonly charset?: string;
  readonly allowHost?: readonly string[];
  readonly note?: string;
  readonly kind?: SourceKind;
  readonly json?: boolean;
}

export function captureCommand(): Command {
  return new Command('capture')
    .description('keep copies of sources in the archive of an edition')
    .argument('<edition>', 'folder of the edition')
    .argument('[what...]', 'addresses of pages; or files: a document, a letter, the steps of a walk-through')
    .option('--source <id>', 'the source it is a copy of; a new one gets a file in sources/')
    .option('--missing', 'every source that has an address and no capture yet')
    .option('--all', 'every source that has an address, again')
    .option('--browser', 'open pages in Chromium too, and keep what it shows')
    .option('--no-browser', 'open none, also not those that were opened in one the last time')
    .option('--language <tags>', 'ask for pages in these languages: fr, or fr-CH,ar', languages)
    .option('--charset <label>', 'the character set of pages that do not say it rightly', charset)
    .option('--allow-host <host>', 'let this one private host through, by name (may be repeated)', collect)
    .option('--note <text>', 'a remark that is kept with files')
    .addOption(
      new Option(
        '--kind <kind>',
        'what sort of source a new one is; “letter” keeps a file line by line',
      ).choices(SOURCE_KINDS),
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nOne request per host at a time, as its robots.txt allows. Files of sources that are letters are kept line by line, so that names can be redacted.\nEnds with 1 if something could not be captured, or what was shown is not the source.\n\nExamples:\n  $ assay capture my-index https://alder.example/repairs\n  $ assay capture my-index letter.docx --source alder-letter --kind letter\n  $ assay capture my-index step-1.png step-2.png --source alder-app\n  $ assay capture my-index --missing',
    )
    .action(async (folder: string, what: string[], options: Options) => {
      const files = openSources(folder);
      const addresses = what.filter((own) => /^https?:/i.test(own));
      if (addresses.length > 0 && addresses.length < what.length)
        throw new Exit(2, 'Give addresses or files, not both at once.');
      if (what.length > 0 && (options.missing || options.all))
        throw new Exit(2, '--missing and --all take the sources of the edition; give no others beside them.');
      if (options.source !== undefined && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(options.source))
        throw new Exit(
          2,
          `“${options.source}” is no id: lower-case words of a–z and 0–9 joined by single hyphens.`,
        );
      checkKind(files, options);
      if (addresses.length > 0 && isLetterKind(options.kind))
        throw new Exit(
          2,
          'A letter is a file: save it, and capture that. Pages are kept as they are, and nothing is redacted in them.',
        );
      if (what.length > 0 && addresses.length === 0) return captureTheseFiles(folder, files, what, options);
      const jobs = jobsOf(files, addresses, options);
      await capturePages(folder, files, jobs, options);
    });
}

/** A source is of the kind that sources.json says; only a new one is what the command says. */
function checkKind({ sources }: SourceFiles, { kind, source, missing, all }: Options): void {
  if (kind === undefined) return;
  if (missing || all)
    throw new Exit(2, '--kind is for new sources; those of the edition have their kind in their entry.');
  const known = sources.find(({ id }) => id === source);
  if (known && known.custom.kind !== kind)
    throw new Exit(
      2,
      `“${known.id}” is of the kind “${known.custom.kind}” by its entry, not “${kind}”. Change it there if that is wrong, or leave --kind out.`,
    );
}

interface Job {
  readonly source: string;
  readonly address: string;
  readonly isNew: boolean;
}

function jobsOf({ sources, evidence }: SourceFiles, addresses: readonly string[], options: Options): Job[] {
  if (addresses.length > 1 && options.source !== undefined)
    throw new Exit(2, '--source names one source; give one address with it.');
  const taken = new Set(sources.map(({ id }) => id));
  if (addresses.length > 0)
    return addresses.map((address) => {
      const known = sources.find(({ id, URL: own }) =>
        options.source ? id === options.source : own === address,
      );
      const source = known?.id ?? options.source ?? freeId(address, taken);
      taken.add(source);
      return { source, address, isNew: known === undefined };
    });
  const captured = new Set(
    evidence.captures.filter(({ verdict }) => verdict === 'ok').map(({ source }) => source),
  );
  const wanted = sources.filter(({ id, URL: address }) =>
    options.source !== undefined
      ? id === options.source
      : address !== undefined && (options.all || (options.missing && !captured.has(id))),
  );
  if (options.source !== undefined && wanted.length === 0)
    throw new Exit(
      2,
      `There is no source “${options.source}”.${didYouMean(options.source, [...taken])} Give its address or file to add it.`,
    );
  if (options.source === undefined && !options.missing && !options.all)
    throw new Exit(2, 'Say what to capture: addresses, files, --missing or --all.');
  return wanted.flatMap(({ id, URL: address }) => {
    if (address !== undefined) return [{ source: id, address, isNew: false }];
    throw new Exit(2, `The source “${id}” has no address. Give the address, or a file.`);
  });
}

interface Outcome {
  readonly source: string;
  readonly address?: string;
  readonly result: 'captured' | 'unchanged' | 'failed';
  readonly verdict?: string;
  readonly message?: string;
  readonly manifest?: string;
  readonly characters?: number;
  /** What a person should know of its text. */
  readonly remarks?: readonly string[];
  /** The entry that was made of what a letter says of itself. */
  readonly added?: Source;
}

async function capturePages(
  folder: string,
  { meta, evidence }: SourceFiles,
  jobs: readonly Job[],
  options: Options,
): Promise<void> {
  const {
    eachHost,
    latestPages,
    makeArchiveFolder,
    makeCapturer,
    openArchive,
    remarksOn,
    whereItLeads,
    writeHead,
  } = await import('#evidence/index');
  const key = await signingKey(meta);
  const latest = new Map(evidence.captures.map(({ source, manifest }) => [source, manifest]));
  const shown = latestPages(evidence);
  makeArchiveFolder(folder);
  const archive = openArchive(folder);
  const capturer = makeCapturer(archive, {
    allowed: options.allowHost ?? [],
    browser: options.browser,
    language: options.language,
    charset: options.charset,
  });
  const outcomes: Outcome[] = [];
  const hostOf = ({ address }: Job) => URL.parse(address)?.host ?? '';
  try {
    await eachHost(jobs, hostOf, async (job) => {
      const result = await capturer.capture(
        job.source,
        job.address,
        latest.get(job.source),
        shown.get(job.source),
      );
      if (result.kind === 'captured') {
        if (job.isNew)
          await addEntry(
            folder,
            newSource({
              id: job.source,
              address: job.address,
              title: result.manifest.title,
              type: result.manifest.parts[0]?.type,
              kind: options.kind,
            }),
          );
        archive.append(result.entry);
      } else if (result.kind === 'unchanged')
        archive.append({ kind: 'unchanged', source: job.source, manifest: result.hash });
      const outcome = outcomeOf(job, result, { whereItLeads, remarksOn });
      outcomes.push(outcome);
      if (!options.json) report(outcome, outcomes.length, jobs.length);
    });
  } finally {
    await capturer.close();
    if (outcomes.some(({ result }) => result !== 'failed')) await writeHead(folder, key);
  }
  finish(outcomes, options);
}

function outcomeOf(
  { source, address }: Job,
  result: CaptureResult,
  { whereItLeads, remarksOn }: Pick<typeof import('#evidence/index'), 'whereItLeads' | 'remarksOn'>,
): Outcome {
  if (result.kind === 'failed') return { source, address, result: 'failed', message: result.message };
  const { manifest, hash } = result;
  const message = manifest.reason ?? whereItLeads(manifest.address, manifest.final);
  return {
    source,
    address,
    result: result.kind,
    verdict: manifest.verdict,
    ...(message === undefined ? {} : { message }),
    manifest: hash,
    characters: manifest.parts.find(({ role }) => role === 'text')?.bytes ?? 0,
    ...(result.kind === 'captured' ? { remarks: [...result.remarks, ...remarksOn(manifest)] } : {}),
  };
}

function report(
  { source, address, result, verdict, message, characters, remarks = [] }: Outcome,
  number: number,
  all: number,
): void {
  const progress = all > 1 ? paint('dim', `${number}/${all} `) : '';
  const where = address === undefined ? '' : `  ${harmless(address)}`;
  if (result === 'failed')
    complain(`${paint('red', 'failed', process.stderr)}    ${source}${where}\n  ${harmless(message ?? '')}`);
  else if (verdict !== 'ok')
    complain(
      `${paint('yellow', verdict ?? '', process.stderr)}  ${source}${where}\n  It is kept, but it cannot be quoted as the source: ${harmless(message ?? '')}.`,
    );
  else
    write(
      `${progress}${result.padEnd(9)} ${paint('bold', source)}${where}  ${paint('dim', characters ? `${characters.toLocaleString('en')} bytes of text` : 'no text: nothing in it can be quoted')}${message === undefined ? '' : `\n  ${harmless(message)}`}`,
    );
  for (const remark of remarks)
    complain(`  ${paint('yellow', 'note', process.stderr)}: ${harmless(remark)}.`);
}

function finish(outcomes: readonly Outcome[], options: Options): void {
  if (options.json) writeJson(outcomes);
  const bad = outcomes.filter(({ result, verdict }) => result === 'failed' || verdict !== 'ok');
  if (outcomes.length === 0 && !options.json) write('Every source that has an address is captured.');
  if (bad.length > 0)
    throw new Exit(
      1,
      `${count(bad.length, 'source')} of ${outcomes.length} could not be captured as what it is.`,
    );
}

async function captureTheseFiles(
  folder: string,
  { meta, sources }: SourceFiles,
  paths: readonly string[],
  options: Options,
): Promise<void> {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new Exit(2, `There is no file “${missing}”. An address begins with http:// or https://.`);
  const { captureFiles, FileError, makeArchiveFolder, openArchive, writeHead } = await import(
    '#evidence/index'
  );
  const key = await signingKey(meta);
  const id =
    options.source ?? freeId(paths[0]?.replace(/^.*[\\/]/, '') ?? '', new Set(sources.map((own) => own.id)));
  const known = sources.find((own) => own.id === id);
  const kind =
    known?.custom.kind ?? options.kind ?? (paths.some((path) => /\.eml$/i.test(path)) ? 'letter' : undefined);
  makeArchiveFolder(folder);
  const archive = openArchive(folder);
  try {
    const sealed = isLetterKind(kind) || known?.type === 'personal_communication';
    const result = await captureFiles(archive, id, paths, { sealed, note: options.note });
    const { title, letter, manifest } = result;
    const added = known ? undefined : newSource({ id, title, letter, kind, type: manifest.parts[0]?.type });
    if (added) await addEntry(folder, added);
    archive.append(result.entry);
    await writeHead(folder, key);
    const outcome: Outcome = { ...fileOutcome(id, result), ...(added && sealed ? { added } : {}) };
    if (!options.json) {
      report(outcome, 1, 1);
      if (added && sealed)
        write(
          `  sources/${added.id}.json says: ${harmless(takenFromLetter(added))}. It will be published; correct it there.`,
        );
    }
    finish([outcome], options);
  } catch (error) {
    if (error instanceof FileError) throw new Exit(2, error.message);
    throw error;
  }
}

/** A letter has no text of its own in the archive: its lines are counted with their seals. */
function fileOutcome(source: string, { manifest, hash, remarks, characters }: FileCapture): Outcome {
  return {
    source,
    result: 'captured',
    verdict: manifest.verdict,
    ...(manifest.reason === undefined ? {} : { message: manifest.reason }),
    manifest: hash,
    characters,
    ...(remarks.length > 0 ? { remarks } : {}),
  };
}

async function addEntry(folder: string, source: Source): Promise<void> {
  const { addSource } = await import('#evidence/index');
  addSource(folder, source);
}
