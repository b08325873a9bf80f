import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocumentProxy, extractText as plainText } from 'unpdf';
import { extractText } from '../src/evidence/text/extract.ts';

/**
 * How far the text of PDFs agrees with that of pdftotext, word by word and pair by pair: `node --conditions=source bench/pdf-words.ts FOLDER`. Recall is the part of
 * pdftotext’s words that the text has, precision the part of its words that pdftotext has; pairs of neighbouring words tell whether the order is the same.
 */
const folder = process.argv[2] ?? '';
const verbose = process.argv.includes('--each');

const words = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad]/g, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
const pairs = (own: readonly string[]) => own.slice(1).map((word, index) => `${own[index]} ${word}`);

function common(ours: readonly string[], theirs: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of theirs) left.set(word, (left.get(word) ?? 0) + 1);
  let found = 0;
  for (const word of ours) {
    const number = left.get(word) ?? 0;
    if (number > 0) found++;
    left.set(word, number - 1);
  }
  return found;
}

interface Sum {
  ours: number;
  theirs: number;
  both: number;
}
const makeSums = () => ({
  words: { ours: 0, theirs: 0, both: 0 },
  pairs: { ours: 0, theirs: 0, both: 0 },
});
const sums = { plain: makeSums(), now: makeSums() };

function add(to: ReturnType<typeof makeSums>, ours: string, theirs: string): string {
  const each = (sum: Sum, own: readonly string[], other: readonly string[]) => {
    const both = common(own, other);
    sum.ours += own.length;
    sum.theirs += other.length;
    sum.both += both;
    return `${both}/${own.length}/${other.length}`;
  };
  const [own, other] = [words(ours), words(theirs)];
  return `${each(to.words, own, other)} ${each(to.pairs, pairs(own), pairs(other))}`;
}

let read = 0;
let refused = 0;
for (const name of readdirSync(folder).filter((file) => /\.pdf$/i.test(file))) {
  const path = join(folder, name);
  const { stdout, status } = spawnSync('pdftotext', [path, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const bytes = new Uint8Array(readFileSync(path));
  const now = await extractText({ bytes, name }).catch(() => undefined);
  const plain = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
    .then((document) => plainText(document, { mergePages: false }))
    .then(({ text }) => text.join('\n\n'))
    .catch(() => '');
  if (status !== 0 || !now) {
    refused++;
    continue;
  }
  read++;
  const before = add(sums.plain, plain, stdout);
  const after = add(sums.now, `${now.text}\n${now.hidden}`, stdout);
  if (verbose)
    process.stdout.write(
      `${name.padEnd(50)} ${before.padEnd(34)} ${after}  ${now.remarks.map((own) => own.slice(0, 40)).join()}\n`,
    );
}
const percent = ({ ours, theirs, both }: Sum) =>
  `recall ${((both / theirs) * 100).toFixed(1)} %, precision ${((both / ours) * 100).toFixed(1)} %`;
process.stdout.write(`${read} files read by both, ${refused} not\n`);
for (const [name, own] of [
  ['as pdf.js has it', sums.plain],
  ['as it is read here', sums.now],
] as const)
  process.stdout.write(`${name.padEnd(20)} words: ${percent(own.words)}; pairs: ${percent(own.pairs)}\n`);
process.exit();
