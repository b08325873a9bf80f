import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docx, odt, paragraph, run } from './office.ts';

/** Letters in every form, from the file on somebody’s desk to a line that is gone for ever, with the commands that a person types. */

function assay(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    encoding: 'utf8',
    input: '',
    env: { ...process.env, NO_COLOR: '1', ASSAY_KEY: '' },
  });
  return { code: status, out: stdout, err: stderr };
}

const LINES = [
  'Dear Ms Carter,',
  'We hand out data only after a court has ordered it.',
  'Kind regards, Jane Roe',
];
const MAIL = `From: Jane Roe <jane@alder.example>\nTo: Index <i@index.example>\nDate: Tue, 01 Dec 2026 23:40:00 -0500\nSubject: Your questions\n\n${LINES.join('\n')}\n`;
const CORE =
  '<c><title>Your questions</title><creator>Jane Roe</creator><modified>2026-12-01T00:00:00Z</modified></c>';
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'letter.docx': docx(LINES.map((line) => paragraph(run(line))).join(''), { 'docProps/core.xml': CORE }),
  'letter.odt': odt(LINES.map((line) => `<text:p>${line}</text:p>`).join(''), '', {
    'meta.xml': CORE.replace('modified', 'date').replace('/modified', '/date'),
  }),
  'letter.rtf': `{\\rtf1\\ansi{\\info{\\title Your questions}{\\author Jane Roe}{\\revtim\\yr2026\\mo12\\dy1}}${LINES.join('\\par ')}}`,
  'letter.txt': LINES.join('\n'),
  'letter.eml': MAIL,
};

const desk = mkdtempSync(join(tmpdir(), 'assay-letters-'));
const folder = join(desk, 'index');
const file = (name: string) => join(desk, name);
afterAll(() => rmSync(desk, { recursive: true, force: true }));
beforeAll(() => {
  expect(assay('new', folder).code).toBe(0);
  for (const [name, content] of Object.entries(FILES)) writeFileSync(file(name), content);
}, 60_000);

const sourceOf = (id: string) => JSON.parse(readFileSync(join(folder, `sources/${id}.json`), 'utf8'));
/** Everything that stands in the folder, but for the entries of sources, which a person sees and can correct. */
const held = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.includes('/sources/'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

describe('a letter', () => {
  it.each(Object.keys(FILES))(
    '%s is kept line by line, known by what it says of itself, shown, quoted and redacted',
    (name) => {
      const id = name.replace('.', '-');
      const captured = assay('capture', folder, file(name), '--source', id, '--kind', 'letter');
      expect(captured).toMatchObject({ code: 0, out: expect.stringContaining(`captured  ${id}`) });
      expect(sourceOf(id)).toMatchObject({
        type: 'personal_communication',
        custom: { kind: 'letter' },
        ...(name.endsWith('.txt')
          ? {}
          : {
              title: 'Your questions',
              issued: { 'date-parts': [[2026, 12, 1]] },
              author: [{ literal: 'Jane Roe' }],
            }),
      });
      const { lines } = JSON.parse(assay('archive', 'show', folder, id, '--json').out) as {
        lines: { number: number; text: string }[];
      };
      const at = lines.find(({ text }) => text === LINES[2])?.number ?? 0;
      expect(assay('archive', 'show', folder, id).out).toContain(`${at}  Kind regards, Jane Roe`);

      const quoted = assay('quote', folder, id, LINES[1] ?? '', '--id', id);
      expect(quoted.err).toContain('signature “Kind regards, Jane Roe” beside it');
      expect(quoted.err).toContain('name “Carter” beside it');
      expect(quoted.err).toContain(`assay archive redact ${folder} ${id} ${at} --reason`);
      expect(assay('check', folder).err).toContain(`The quote “${id}” would publish what may be personal`);

      const redact = ['archive', 'redact', folder, id, String(at), '--reason', 'It names a person.'];
      expect(assay(...redact)).toMatchObject({ code: 2, err: expect.stringContaining('give --yes') });
      expect(assay(...redact, '--yes').code).toBe(0);
      expect(assay('archive', 'show', folder, id).out).toContain(`${at}  ██████`);
      expect(assay('archive', 'verify', folder)).toMatchObject({ code: 0 });
      expect(assay('check', folder).err).not.toContain(
        `“${id}” would publish what may be personal: signature`,
      );
    },
    60_000,
  );

  it('is nowhere in the folder once it is redacted', () => {
    expect(held()).not.toContain('Kind regards, Jane');
  });
});

describe('what cannot be done is said', () => {
  beforeAll(() => {
    expect(assay('capture', folder, file('letter.txt'), '--source', 'plain', '--kind', 'letter').code).toBe(
      0,
    );
  }, 60_000);

  it.each([
    [
      ['capture', '{}', '{letter.txt}', '--source', 'plain', '--kind', 'policy'],
      2,
      'is of the kind “letter” by its entry, not “policy”',
    ],
    [['capture', '{}', '--missing', '--kind', 'policy'], 2, '--kind is for new sources'],
    [['capture', '{}', '{letter.txt}', '--kind', 'note'], 2, 'Allowed choices are policy'],
    [['capture', '{}', 'https://alder.example/', '--kind', 'letter'], 2, 'A letter is a file'],
    [['archive', 'show', '{}', 'nobody'], 2, 'There is no source “nobody”'],
    [['archive', 'show', '{}', 'plain', '--capture', '9'], 2, 'has 1 capture; give --capture 1 to 1'],
    [['archive', 'redact', '{}', 'plain', '99', '--reason', 'x', '--yes'], 2, 'The letter has lines 1 to 3.'],
  ] as const)(
    '%j',
    (args, code, message) => {
      const own = args.map((arg) =>
        arg.replace('{}', folder).replace(/^\{(.+)\}$/, (_, name: string) => file(name)),
      );
      expect(assay(...own)).toMatchObject({ code, err: expect.stringContaining(message) });
    },
    30_000,
  );

  it('of files in which nothing can be quoted', () => {
    writeFileSync(file('old.doc'), Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(99)]));
    writeFileSync(file('picture.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
    expect(assay('capture', folder, file('old.doc'), '--kind', 'letter')).toMatchObject({
      code: 1,
      err: expect.stringContaining('save it as .docx or PDF, and capture that file'),
    });
    expect(assay('capture', folder, file('picture.png'), '--source', 'picture')).toMatchObject({
      code: 0,
      out: expect.stringContaining('no text: nothing in it can be quoted'),
    });
    expect(assay('archive', 'show', folder, 'picture')).toMatchObject({
      code: 1,
      err: expect.stringContaining('has no text'),
    });
  }, 60_000);
});
