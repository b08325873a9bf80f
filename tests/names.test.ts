import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smallEdition, temporaryFolder } from './folders.ts';

/** An edition whose units have names of their own: no page, no command and no export speaks of companies and services. */

const SMALL = 'tests/editions/small';
const read = (file: string) => readFileSync(join(SMALL, file), 'utf8');
const LEFT =
  /\bcompan(?:y|ies)\b(?!\.csv)|\bservices?\b(?!\.csv)|\bentreprises?\b|\bempresas?\b|\bservicios?\b|(?<!م)شرك(?:ة|ات)|(?<!ست)خدم(?:ة|ات)(?!\p{L})/iu;

function assay(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

function named(): string {
  return smallEdition({
    'edition.yaml': `${read('edition.yaml').replace('ferry companies', 'ferry lines').trimEnd()}\nunits:\n  ranked: { one: harbour, many: harbours }\n  parts: { one: quay, many: quays }\n`,
    'findings.md': undefined,
    'assessments/north.md': read('assessments/north.md').replace('A company of', 'A line of'),
  });
}

/** The text that readers see of a page. */
const visible = (html: string) =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('units have names', () => {
  it('on all pages, in all languages, and in their addresses', () => {
    const out = join(temporaryFolder(), 'site');
    const { code, err } = assay(['build', named(), '-o', out]);
    expect({ code, err }).toMatchObject({ code: 0 });
    const pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.html'),
    );
    expect(pages).toContain('harbours/north.html');
    expect(pages.some((page) => page.startsWith('quays/'))).toBe(true);
    expect(pages.filter((page) => /(?:companies|services)\//.test(page))).toEqual([]);
    const left = pages.flatMap((page) => {
      if (page.endsWith('data.html')) return []; // the names of tables are those of the format
      const match = LEFT.exec(visible(readFileSync(join(out, page), 'utf8')));
      return match
        ? [`${page}: …${match.input.slice(Math.max(0, match.index - 60), match.index + 40)}…`]
        : [];
    });
    expect(left).toEqual([]);
    expect(visible(readFileSync(join(out, 'harbours/north.html'), 'utf8'))).toContain('1st of 2 harbours');
  });

  it('on the terminal', () => {
    const folder = named();
    const said = (['rank', 'check', 'verify', 'robustness'] as const).map(
      (command) => assay([command, folder]).out,
    );
    const all = [
      ...said,
      assay(['explain', folder, 'north']).out,
      assay(['explain', folder, 'nroth']).err,
    ].join('\n');
    expect(all).toMatch(/Rank +Harbour +Score/);
    expect(all).toContain('2 harbours');
    expect(all).toContain('rank 1 of 2 harbours');
    expect(all).toContain('There is no harbour or quay “nroth”.');
    expect(LEFT.exec(all)?.[0]).toBeUndefined();
  });
});
