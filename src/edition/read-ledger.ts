import { createHash } from 'node:crypto';
import { type Evidence, evidenceOf, type LedgerEntry, ledgerEntrySchema, NO_EVIDENCE } from './evidence.ts';
import type { Report, TextFile } from './place.ts';

/**
 * What ledger.jsonl tells of the archive. Only the shape of each line is looked at here; whether the chain holds, `archive verify` says. A last line
 * without an end was never acknowledged, and does not count.
 */
export function readLedger(source: TextFile, report: Report): Evidence {
  const lines = wholeLines(source.text);
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
  const last = lines.at(-1);
  return last === undefined
    ? NO_EVIDENCE
    : evidenceOf(entries, createHash('sha256').update(last.line).digest('hex'));
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

function wholeLines(text: string): { line: string; offset: number }[] {
  const lines = [];
  for (let at = 0, end = text.indexOf('\n'); end >= 0; at = end + 1, end = text.indexOf('\n', at))
    lines.push({ line: text.slice(at, end), offset: at });
  return lines;
}
