import { createHash } from 'node:crypto';
import { type Evidence, LEDGER_NAME, type LedgerEntry, ledgerEntrySchema, NO_EVIDENCE } from './evidence.ts';
import { namesWithin, OutsideError, readWithin } from './files/within.ts';
import { type Head, headSchema, isVouchedFor, type Signed } from './heads.ts';
import { evidenceOf, type Ledger, upTo } from './ledgers.ts';
import { conflictsIn } from './merge-conflict.ts';
import { type Report, type TextFile, textFile } from './place.ts';
import { LARGEST } from './text-file.ts';

/** Where a ledger stands, and what fixes it. */
export interface LedgerFile {
  readonly name: string;
  readonly file: string;
  readonly head: string;
  /** The answer of a time-stamp authority about the head. */
  readonly stamp: string;
}

/** The folder of the ledgers, one for each copy of the edition that captured something. */
export const LEDGERS = 'ledger';
/** The one ledger of editions made before there could be several. It is read as it is, and goes on no more. */
const FIRST: LedgerFile = {
  name: '',
  file: 'ledger.jsonl',
  head: 'captures/head.json',
  stamp: 'captures/head.tsr',
};

export const ledgerFile = (name: string): LedgerFile =>
  name === ''
    ? FIRST
    : {
        name,
        file: `${LEDGERS}/${name}.jsonl`,
        head: `${LEDGERS}/${name}.head.json`,
        stamp: `${LEDGERS}/${name}.head.tsr`,
      };

const LEDGER_FILE = new RegExp(`${LEDGER_NAME.source.replace(/\$$/, '')}\\.jsonl$`);
const BESIDE_LEDGER = new RegExp(
  `${LEDGER_NAME.source.replace(/\$$/, '')}(?:\\.jsonl|\\.head\\.json|\\.head\\.tsr)$`,
);

/** The ledgers of a folder, in the order of their names. @throws OutsideError */
export function ledgerFiles(folder: string): LedgerFile[] {
  return [
    ...namesWithin(folder, '.').filter((own) => own === FIRST.file),
    ...namesWithin(folder, LEDGERS).filter((own) => LEDGER_FILE.test(own)),
  ].map((own) => ledgerFile(own === FIRST.file ? '' : own.replace(/\.jsonl$/, '')));
}

/** Who may be believed: those that the edition names, and the copy that asks, of what it wrote itself. */
export interface Believed extends Signed {
  /** The ledgers of this copy that end as it left them. */
  readonly own?: ReadonlySet<string>;
}

/**
 * What the ledgers tell of the archive. Only the shape of each line is looked at here; whether the chain holds, `archive verify` says. A last line
 * without an end was never acknowledged, and does not count; where the edition names who signs, neither does what none of them has signed.
 */
export function readLedgers(folder: string, report: Report, believed: Believed): Evidence {
  try {
    reportStrays(folder, report);
    const ledgers = ledgerFiles(folder).flatMap((own) => {
      const bytes = readWithin(folder, own.file, LARGEST.csv);
      return bytes === undefined ? [] : [readLedger(folder, own, bytes, believed, report)];
    });
    return ledgers.every(({ entries }) => entries.length === 0) ? NO_EVIDENCE : evidenceOf(ledgers);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    report('outside-folder', { file: LEDGERS, line: 1, column: 1 }, error.message);
    return NO_EVIDENCE;
  }
}

/** What stands among the ledgers and is none: most of all, what a joining of two copies has left. */
function reportStrays(folder: string, report: Report): void {
  for (const name of namesWithin(folder, LEDGERS))
    if (!BESIDE_LEDGER.test(name) && !name.startsWith('.'))
      report(
        'unknown-file',
        { file: `${LEDGERS}/${name}`, line: 1, column: 1 },
        'This is no ledger. Only “assay” writes here; remove it, or move it away.',
      );
}

function readLedger(
  folder: string,
  own: LedgerFile,
  bytes: Buffer,
  believed: Believed,
  report: Report,
): Ledger {
  const source = textFile(own.file, bytes.toString('utf8'));
  const [conflict] = conflictsIn(own.file, source.text);
  if (conflict !== undefined)
    report(
      'merge-conflict',
      { file: own.file, line: conflict, column: 1 },
      `This is an unresolved merge of a ledger, which nobody can join by hand. Take one side as it is (git checkout --theirs, or --ours, with the name of this file and its .head.json), and capture again what the other had.`,
    );
  const isMerged = conflict === undefined;
  const lines = isMerged ? wholeLines(source) : [];
  let good = true;
  const entries = lines.flatMap(({ line, offset }): LedgerEntry[] => {
    const entry = parseEntry(line);
    if (typeof entry !== 'string') return [entry];
    if (good)
      report(
        'ledger',
        source.at(offset),
        `This is no entry of a ledger: ${entry}. “assay archive verify” says more.`,
      );
    good = false;
    return [];
  });
  const last = lines.at(-1)?.line ?? '';
  const whole = {
    name: own.name,
    entries,
    chain: createHash('sha256').update(last).digest('hex'),
    fixed: fixedBy(folder, own, believed),
  };
  return believed.signers.length === 0 || believed.own?.has(own.name) ? whole : upTo(whole, whole.fixed);
}

/** How many entries a head fixes that may be believed; whether the ledger is what it fixes, `archive verify` says. */
function fixedBy(folder: string, file: LedgerFile, believed: Believed): number {
  const head = headOf(folder, file);
  if (!head) return 0;
  return believed.signers.length === 0 || isVouchedFor(head, file.name, believed) ? head.entries : 0;
}

/** The head of a ledger; undefined if there is none, or the file holds none. @throws OutsideError */
export function headOf(folder: string, { head }: LedgerFile): Head | undefined {
  const bytes = readWithin(folder, head, 1024 * 1024);
  try {
    return headSchema.safeParse(JSON.parse(bytes?.toString('utf8') ?? '')).data;
  } catch {
    return undefined;
  }
}

/** An entry, or what is wrong with the line. */
export function parseEntry(line: string): LedgerEntry | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  const parsed = ledgerEntrySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `“${issue?.path.join('.') || 'the line'}” ${issue?.message ?? 'is not right'}`;
}

function wholeLines({ text }: TextFile): { line: string; offset: number }[] {
  const lines = [];
  for (let at = 0, end = text.indexOf('\n'); end >= 0; at = end + 1, end = text.indexOf('\n', at))
    lines.push({ line: text.slice(at, end), offset: at });
  return lines;
}
