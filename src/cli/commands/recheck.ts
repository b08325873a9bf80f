import { Command } from 'commander';
import { readEdition } from '#edition/folder';
import { DECISIONS, type Decision, type Edition, isSettled, type Quote } from '#edition/index';
import type {
  Passage,
  Piece,
  RecheckedQuote,
  RecheckedSource,
  Surrounding,
  WithoutIt,
} from '#evidence/index';
import { ask } from '../ask.ts';
import { Exit } from '../open.ts';
import { collect, languages, openSources, signingKey } from '../sources.ts';
import { complain, count, harmless, paint, wrap, write, writeJson } from '../terminal.ts';
import { inContext } from './quote.ts';

interface Options {
  readonly browser?: boolean;
  readonly language?: string;
  readonly allowHost?: readonly string[];
  readonly source?: string;
  readonly review?: boolean;
  readonly by?: string;
  readonly json?: boolean;
}

export function recheckCommand(): Command {
  return new Command('recheck')
    .description('look at captured sources again, and say what became of each quote and what rests on it')
    .argument('<edition>', 'folder of the edition')
    .option('--source <id>', 'this source only')
    .option('--review', 'walk through what needs a person, and record what is decided')
    .option('--by <name>', 'who decides, for the record')
    .option('--browser', 'open every page in Chromium, not only those that were opened in it the last time')
    .option('--no-browser', 'open none in it')
    .option('--language <tags>', 'ask for pages in these languages, not those of the last time', languages)
    .option('--allow-host <host>', 'let this one private host through, by name (may be repeated)', collect)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nWhat changed is captured. Nothing past “moved” is accepted without a person. Ends with 1 if something needs one. What changed around a passage that stands there is told, and calls nobody.\n\nExamples:\n  $ assay recheck my-index\n  $ assay recheck my-index --review --by "Jo Doe"',
    )
    .action(async (folder: string, options: Options) => {
      const { results, counted } = await look(folder, options);
      const edition = readEdition(folder).edition;
      const open = results.flatMap(({ source, quotes }) =>
        quotes.filter(isOpen).map((quote) => ({ source, quote })),
      );
      const impact = edition
        ? await impactOf(
            edition,
            open.map(({ source, quote }) => `${source}#${quote.id}`),
          )
        : [];
      if (options.json) {
        writeJson({ ...counted, sources: results, impact });
        if (open.length > 0) throw new Exit(1);
        return;
      }
      for (const result of results) report(result);
      write(summary(results, counted));
      if (!options.review) tellOfSurroundings(results, folder);
      if (impact.length > 0) write(impactText(impact, edition));
      if (options.review) await review(folder, results, options);
      else if (open.length > 0)
        throw new Exit(
          1,
          `${count(open.length, 'quote')} need${open.length === 1 ? 's' : ''} a person: assay recheck ${folder} --review`,
        );
    });
}

// As in #evidence/index, which is loaded when it is needed.
const isOpen = ({ verdict, decided }: RecheckedQuote) => !isSettled(verdict) && decided === undefined;
const isToBeSeen = ({ verdict, decided, surroundings = [] }: RecheckedQuote) =>
  isSettled(verdict) && decided === undefined && surroundings.length > 0;

function tellOfSurroundings(results: readonly RecheckedSource[], folder: string): void {
  const number = results.flatMap(({ quotes }) => quotes.filter(isToBeSeen)).length;
  if (number > 0)
    write(
      `${count(number, 'passage')} ${number === 1 ? 'stands' : 'stand'} in other surroundings. Say that you have seen it: assay recheck ${folder} --review`,
    );
}

async function look(folder: string, options: Options) {
  const { makeCapturer, openArchive, recheck, recheckJobs, writeHead } = await import('#evidence/index');
  const { meta, sources, quotes, evidence } = openSources(folder);
  const key = await signingKey(meta);
  const wanted = options.source === undefined ? sources : sources.filter(({ id }) => id === options.source);
  if (wanted.length === 0) throw new Exit(2, `There is no source “${options.source}”.`);
  const archive = openArchive(folder);
  const capturer = makeCapturer(archive, {
    allowed: options.allowHost ?? [],
    browser: options.browser,
    language: options.language,
  });
  const results: RecheckedSource[] = [];
  const jobs = [...recheckJobs(wanted, quotes, evidence)];
  if (jobs.length === 0)
    throw new Exit(
      1,
      'No source has both an address and a capture; there is nothing to look at again. “assay capture” makes captures.',
    );
  const shown = process.stderr.isTTY && !options.json;
  try {
    const counted = await recheck(archive, capturer, jobs, evidence, (result) => {
      results.push(result);
      if (shown)
        process.stderr.write(
          `\r\x1b[K${paint('dim', `  ${results.length} of ${jobs.length} sources`, process.stderr)}`,
        );
    });
    if (shown) process.stderr.write('\r\x1b[K');
    results.sort((a, b) => (a.source < b.source ? -1 : 1));
    return { results, counted };
  } finally {
    await capturer.close();
    await writeHead(folder, key);
  }
}

async function impactOf(edition: Edition, cited: readonly string[]) {
  const { answersBy, withoutAnswers } = await import('#evidence/index');
  const { scoreAndRank } = await import('#scoring/index');
  if (cited.length === 0) return [];
  const by = answersBy(edition);
  const answers = cited.flatMap((key) => by.get(key) ?? []);
  return withoutAnswers(scoreAndRank(edition), answers);
}

function impactText(impact: readonly WithoutIt[], edition: Edition | undefined): string {
  const name = (company: string) => edition?.companies.find(({ id }) => id === company)?.name ?? company;
  const rank = (own: WithoutIt['rank']) =>
    own === null ? '–' : typeof own === 'number' ? String(own) : own.join('–');
  const lines = impact.map((own) => {
    const answers = own.answers.map(({ unit, measure }) => `${unit} ${measure}`).join(', ');
    const after = `without ${own.answers.length === 1 ? 'it' : 'them'} ${own.totalWithout}, rank ${rank(own.rankWithout)}`;
    return wrap(
      `${name(own.company)}: ${answers}. Now ${own.total}, rank ${rank(own.rank)}; ${after}.`,
      '  ',
    );
  });
  return `\nWhat rests on the quotes that need a person:\n${lines.join('\n')}`;
}

function report({ source, address, outcome, reason, captured, quotes }: RecheckedSource): void {
  const told = quotes.filter(
    ({ verdict, surroundings = [] }) => verdict !== 'same' || surroundings.length > 0,
  );
  if (outcome === 'unchanged' && !told.some((quote) => isOpen(quote) || isToBeSeen(quote))) return;
  const mark = {
    failed: paint('red', 'failed'),
    changed: 'changed',
    // Other than its quotes, which are older than its last capture.
    unchanged: `as captured${captured ? ` on ${captured.slice(0, 10)}` : ''}; since its quotes were taken:`,
  }[outcome];
  write(`${paint('bold', source)}  ${mark}  ${harmless(address)}${reason ? `\n  ${harmless(reason)}` : ''}`);
  for (const quote of told) reportQuote(quote, reason);
}

function reportQuote(quote: RecheckedQuote, reason = ''): void {
  const { id, verdict, decided, why, difference, critical, lost, surroundings } = quote;
  const colour = isSettled(verdict) ? 'green' : verdict === 'critical' ? 'red' : 'yellow';
  const known = decided ? paint('dim', ` (decided: ${decided})`) : '';
  write(`  ${paint(colour, verdict)} ${id}${known}${why && why !== reason ? `: ${harmless(why)}` : ''}`);
  if (difference && !isSettled(verdict)) write(wrap(differenceText(difference), '    '));
  if (critical && critical.length > 0)
    write(`    ${paint('red', 'turns on')}: ${critical.map(harmless).join(', ')}`);
  if (lost && lost.length > 0)
    write(`    ${paint('yellow', 'no longer named')}: ${lost.map(harmless).join(', ')}`);
  for (const own of surroundings ?? []) write(wrap(surroundingText(own), '    '));
}

const AROUND: Readonly<Record<Surrounding['what'], string>> = {
  heading: 'the heading above',
  introduction: 'what introduces it',
  'table-head': 'the heads of its row and column',
  before: 'the sentence before',
  after: 'the sentence after',
  validity: 'what says when it holds',
  direction: 'the direction of writing',
  sibling: 'the value beside it',
  note: 'the note to it',
};

/** A change around a passage, in a line. */
function surroundingText({ what, before, after }: Surrounding): string {
  const quoted = (text: string) => (text === '' ? 'nothing' : `“${harmless(shortened(text))}”`);
  return `${paint('cyan', 'around it')}, ${AROUND[what]}: was ${quoted(before)}, is ${quoted(after)}`;
}

const shortened = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** `[-removed-]{+added+}`, as word differences are written where there are no colours. */
export function differenceText(pieces: readonly Piece[]): string {
  return pieces
    .map(({ kind, text }) => ({ kind, text: harmless(text) }))
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');
}

function summary(results: readonly RecheckedSource[], counted: { sources: number; quotes: number }): string {
  const verdicts = new Map<string, number>();
  for (const { quotes } of results)
    for (const { verdict } of quotes) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  const by = [...verdicts].map(([verdict, number]) => `${number} ${verdict}`).join(', ');
  return `${count(counted.sources, 'source')}, ${count(counted.quotes, 'quote')}${by ? `: ${by}` : ''}.`;
}

const CHOICES: Readonly<Record<string, Decision>> = { a: 'accept', k: 'keep', w: 'withdraw' };

/** One open quote after the other: accept the new passage, keep the old one as evidence of its time, withdraw it, or leave it for later. */
async function review(folder: string, results: readonly RecheckedSource[], options: Options): Promise<void> {
  const { writeHead } = await import('#evidence/index');
  const { quotes, meta } = openSources(folder);
  const key = await signingKey(meta);
  const answer = await asker();
  const open = results.flatMap((own) =>
    own.quotes
      .filter((found) => isOpen(found) || isToBeSeen(found))
      .flatMap((found) => {
        const quote = quotes.find(({ id }) => id === found.id);
        return quote ? [{ ...own, quote, found }] : [];
      }),
  );
  // What calls a person first, then what is only to be seen.
  open.sort((a, b) => Number(isToBeSeen(a.found)) - Number(isToBeSeen(b.found)));
  let decided = 0;
  let left = 0;
  for (const item of open)
    if (await decide(folder, item, answer, options.by)) decided++;
    else if (isOpen(item.found)) left++;
  if (decided > 0) await writeHead(folder, key);
  write(`\n${count(decided, 'decision')} recorded${left > 0 ? `, ${left} left for later` : ''}.`);
  if (decided > 0) write('If a score changes with it: change the answer, and say so in corrections.yaml.');
  if (left > 0) throw new Exit(1);
}

interface OpenQuote extends RecheckedSource {
  readonly quote: Quote;
  readonly found: RecheckedQuote;
}

/** Shows one open quote, asks, and records what is decided; false if it is left for later. */
async function decide(
  folder: string,
  { source, manifest, quote, found }: OpenQuote,
  answer: Asker,
  by: string | undefined,
): Promise<boolean> {
  show(quote, found, source);
  const decision = await choose(answer, found);
  if (decision === undefined) return false;
  const { openArchive, replaceQuote } = await import('#evidence/index');
  const { passage } = found;
  const note = await answer('  Why (may be empty)? ');
  openArchive(folder).append({
    kind: 'decision',
    source,
    quote: quote.id,
    verdict: found.verdict,
    decision,
    ...(manifest === undefined ? {} : { manifest }),
    ...(found.about === undefined ? {} : { about: found.about }),
    ...(by === undefined ? {} : { by }),
    ...(note === '' ? {} : { note }),
  });
  if (decision === 'accept' && passage) replaceQuote(folder, replaced(quote, passage));
  return true;
}

const replaced = ({ id, note }: Quote, passage: Passage): Quote => ({
  id,
  ...passage,
  ...(note === undefined ? {} : { note }),
});

function show(quote: Quote, found: RecheckedQuote, source: string): void {
  write(
    `\n${paint('bold', `${source}#${quote.id}`)}  ${paint(isSettled(found.verdict) ? 'green' : 'yellow', found.verdict)}${found.why ? `: ${harmless(found.why)}` : ''}`,
  );
  write(inContext(quote));
  if (found.passage) write(`  now:\n${inContext(found.passage)}`);
  if (found.difference) write(wrap(differenceText(found.difference), '  '));
  for (const own of found.surroundings ?? []) write(wrap(surroundingText(own), '  '));
}

type Asker = (question: string) => Promise<string>;

/** Asks on a terminal; answers may also be piped in, a line each. */
async function asker(): Promise<Asker> {
  if (process.stdin.isTTY) return ask;
  const { text } = await import('node:stream/consumers');
  const lines = (await text(process.stdin)).split('\n');
  return () => Promise.resolve((lines.shift() ?? '').trim());
}

async function choose(answer: Asker, found: RecheckedQuote): Promise<Decision | undefined> {
  const mayAccept = found.passage !== undefined;
  const question = `  ${mayAccept ? '(a)ccept the new passage, ' : ''}(k)eep the old one as it was captured, (w)ithdraw it, (l)ater? `;
  for (let tries = 0; tries < 5; tries++) {
    const given = (await answer(question)).toLowerCase();
    if (given === '' || given === 'l' || given === 'later') return undefined;
    const decision = CHOICES[given[0] ?? ''];
    const known = decision !== undefined && (given.length === 1 || DECISIONS.some((own) => own === given));
    if (known && (decision !== 'accept' || mayAccept)) return decision;
    complain(mayAccept ? '  a, k, w or l.' : '  k, w or l.');
  }
  return undefined;
}
