import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './folders.ts';

/** The walk of docs/tutorial.md with the commands it names, as a person types them: from the first capture to a correction after a policy has changed. */

function assay(...args: readonly string[]) {
  return assayWith('', ...args);
}
function assayWith(input: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1', ASSAY_KEY: '' },
  });
  return { code: status, out: stdout, err: stderr };
}

async function demo(folder: string) {
  const child = spawn(process.execPath, ['dist/cli/main.js', 'demo', folder, '--port', '0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  let said = '';
  const until = (text: string) =>
    new Promise<void>((done) => {
      const look = () => said.includes(text) && done();
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        look();
      });
      look();
    });
  await until('Ctrl+C');
  return {
    host: /http:\/\/([\d.:]+)\//.exec(said)?.[1] ?? '',
    async aYearPasses() {
      child.stdin.write('\n');
      await until('A year has passed');
    },
  };
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('the tutorial', () => {
  it('goes from capture to quote to score to a changed policy to a re-check to a correction', async () => {
    const folder = join(temporaryFolder(), 'my-example');
    const { host, aYearPasses } = await demo(folder);
    const allow = ['--allow-host', host];

    // Nothing is captured yet, and nothing is scored.
    expect(assay('check', folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('No source is captured'),
    });
    expect(assay('capture', folder, '--missing')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--allow-host'),
    });

    // Capture.
    const captured = assay('capture', folder, '--missing', ...allow);
    expect(captured).toMatchObject({ code: 0, err: '' });
    expect(captured.out.match(/captured/g)).toHaveLength(4);
    expect(assay('capture', folder, `${folder}-letter.txt`, '--source', 'heron-letter').code).toBe(0);
    expect(assay('capture', folder, '--missing', ...allow).out).toContain(
      'Every source that has an address is captured.',
    );

    // Quote.
    const absent = assay('quote', folder, 'heron-privacy', 'We do share your data with advertisers');
    expect(absent.code).toBe(1);
    expect(absent.err.replace(/\s+/g, ' ')).toContain('▶We do not share your data with advertisers◀');
    const ambiguous = assay('quote', folder, 'heron-privacy', 'within 30 days');
    expect(ambiguous).toMatchObject({ code: 1, err: expect.stringContaining('It stands 2 times') });
    const quotes: readonly [string, string, string][] = [
      [
        'heron-privacy',
        'Account data are deleted within 30 days after you close your account.',
        'heron-30-days',
      ],
      [
        'heron-privacy',
        'We do not share your data with advertisers or with anybody who trades in data.',
        'heron-no-sharing',
      ],
      ['heron-letter', 'We hand out data only after a court of our country has ordered it.', 'heron-court'],
    ];
    for (const [source, text, id] of quotes)
      expect(assay('quote', folder, source, text, '--id', id).code).toBe(0);
    expect(
      assayWith(
        'for up to twelve months after you have closed it\n',
        'quote',
        folder,
        'lark-privacy',
        '--id',
        'lark-months',
      ).out,
    ).toContain('Cite it as lark-privacy#lark-months');
    expect(
      assay('quote', folder, 'plover-data', 'erased within 14 days', '--id', 'heron-court'),
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is already a quote “heron-court”'),
    });

    // Score.
    const answers = join(folder, 'answers.csv');
    edit(
      answers,
      'heron,retention,not-assessed,,',
      'heron,retention,2,heron-privacy#heron-30-days,Thirty days.',
    );
    edit(
      answers,
      'heron,sharing,not-assessed,,',
      'heron,sharing,2,heron-privacy#heron-no-sharing,Ruled out.',
    );
    edit(answers, 'heron,requests,not-assessed,,', 'heron,requests,1,heron-letter#heron-court,It says how.');
    edit(
      answers,
      'lark,retention,not-assessed,,',
      'lark,retention,1,lark-privacy#lark-months,Twelve months.',
    );
    edit(answers, 'lark,sharing,not-assessed,,', 'lark,sharing,0,lark-privacy,With partners.');
    edit(
      answers,
      'lark,requests,not-assessed,,',
      'lark,requests,no-evidence,lark-privacy,Nothing was found.',
    );
    const missing = assay('check', folder);
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.err).toContain('rests on what is only captured; this edition asks for quoted');
    expect(missing.err).toContain('no search is recorded');
    expect(assay('rank', folder)).toMatchObject({ code: 0 }); // what is being gathered can be looked at
    expect(assay('build', folder, '-o', `${folder}-site`).code).toBe(1); // and not be published
    expect(
      assay(
        'quote',
        folder,
        'lark-privacy',
        'We may share account data and device identifiers with advertising partners',
        '--id',
        'lark-partners',
      ).code,
    ).toBe(0);
    edit(answers, 'lark,sharing,0,lark-privacy,', 'lark,sharing,0,lark-privacy#lark-partners,');
    writeFileSync(
      join(folder, 'searches.csv'),
      'unit,measure,date,where,words,note\nlark,requests,2026-09-02,The website of Lark Chat,“authorities” and “court”,\n',
    );
    const held = assay('check', folder);
    expect(held).toMatchObject({
      code: 0,
      out: expect.stringContaining('Citations: 5 quoted, 1 captured, 0 only cited.'),
    });
    expect(assay('rank', folder).out).toMatch(/Heron Messenger +83/);
    expect(assay('archive', 'verify', folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('everything holds: 5 entries, 5 captures, 5 quotes'),
    });

    // Nothing has changed yet.
    expect(assay('recheck', folder, ...allow)).toMatchObject({
      code: 0,
      out: expect.stringContaining('4 quotes: 4 same.'),
    });

    // A policy changes: the re-check says what, what its meaning turns on, and what rests on it.
    await aYearPasses();
    const changed = assay('recheck', folder, ...allow);
    expect(changed.code).toBe(1);
    expect(changed.out).toContain('critical heron-30-days');
    expect(changed.out).toContain('within [-30-]{+90+} days');
    expect(changed.out).toContain('We [-do not -]{+may +}share');
    expect(changed.out).toContain('moved lark-months');
    expect(changed.out.replace(/\s+/g, ' ')).toContain(
      'Heron Messenger: heron retention, heron sharing. Now 83, rank 1–2; without them 17–83',
    );

    // A person looks at it: the new passages are taken, and the score is corrected.
    const reviewed = assayWith(
      'a\nNow 90 days.\na\nNow they may.\n',
      'recheck',
      folder,
      ...allow,
      '--review',
      '--by',
      'Jo Doe',
    );
    expect(reviewed).toMatchObject({ code: 0, out: expect.stringContaining('2 decisions recorded.') });
    expect(readFileSync(join(folder, 'quotes/heron-privacy.yaml'), 'utf8')).toContain(
      'exact: We may share your data',
    );
    edit(
      answers,
      'heron,retention,2,heron-privacy#heron-30-days,Thirty days.',
      'heron,retention,1,heron-privacy#heron-30-days,Ninety days.',
    );
    edit(
      answers,
      'heron,sharing,2,heron-privacy#heron-no-sharing,Ruled out.',
      'heron,sharing,0,heron-privacy#heron-no-sharing,It may be.',
    );
    writeFileSync(
      join(folder, 'corrections.yaml'),
      `- id: heron-changed\n  date: ${new Date().toISOString().slice(0, 10)}\n  kind: change\n  text: Heron Messenger has changed its policy [@heron-privacy#heron-30-days; @heron-privacy#heron-no-sharing].\n  concerns:\n    - { unit: heron, measure: retention, was: "2", is: "1" }\n    - { unit: heron, measure: sharing, was: "2", is: "0" }\n`,
    );
    expect(assay('check', folder)).toMatchObject({ code: 0 });
    expect(assay('rank', folder).out).toMatch(/Heron Messenger +33/);
    expect(assay('recheck', folder, ...allow)).toMatchObject({ code: 0 });
    expect(assay('archive', 'verify', folder)).toMatchObject({ code: 0 });

    // The site shows the passage, when it was captured, and what became of it.
    const site = `${folder}-site`;
    expect(assay('build', folder, '-o', site, '--languages', 'en')).toMatchObject({ code: 0 });
    const page = readFileSync(join(site, 'scores/heron/sharing.html'), 'utf8');
    expect(page).toContain(
      '<mark>We may share your data with advertisers or with anybody who trades in data.</mark>',
    );
    expect(page).toContain('class="label">quoted<');
    expect(page).toMatch(/As captured on .*Looked at again by .*: unchanged/s);
    expect(page).toContain('A person has looked at the change and taken the new passage.');
    expect(readFileSync(join(site, 'scores/lark/requests.html'), 'utf8')).toContain(
      'The website of Lark Chat, for “authorities” and “court”.',
    );
    expect(existsSync(join(site, 'ro-crate-metadata.json'))).toBe(true);
  }, 120_000);

  it('has a monitor that tells once what is new', async () => {
    const folder = join(temporaryFolder(), 'watched');
    const { host, aYearPasses } = await demo(folder);
    const allow = ['--allow-host', host];
    const watch = () => assay('monitor', folder, '--once', '-o', `${folder}-watch`, ...allow);
    assay('capture', folder, '--missing', ...allow);
    assay(
      'quote',
      folder,
      'heron-privacy',
      'We do not share your data with advertisers',
      '--id',
      'no-sharing',
    );
    expect(watch()).toMatchObject({ code: 0, out: expect.stringContaining('nothing new') });
    await aYearPasses();
    expect(watch()).toMatchObject({
      code: 1,
      out: expect.stringContaining('The quote “no-sharing” from “Privacy at Heron Messenger” is critical.'),
    });
    expect(watch()).toMatchObject({ code: 0, out: expect.stringContaining('nothing new, 1 known and open') });
    expect(readFileSync(join(`${folder}-watch`, 'changes.atom'), 'utf8')).toContain(
      '<title>critical: heron-privacy#no-sharing</title>',
    );
    expect(JSON.parse(readFileSync(join(`${folder}-watch`, 'report.json'), 'utf8'))).toMatchObject({
      sources: 4,
      quotes: 1,
      new: [],
      open: [{ verdict: 'critical' }],
    });
  }, 60_000);
});

describe('a letter that is redacted', () => {
  it('leaves nothing of its lines in the edition, and says which quotes are gone with them', () => {
    const folder = join(temporaryFolder(), 'edition');
    cpSync('editions/example/2026', folder, { recursive: true });
    expect(
      assay(
        'quote',
        folder,
        'heron-letter',
        'We do not publish how many requests we receive.',
        '--id',
        'heron-count',
      ).code,
    ).toBe(0);
    edit(
      join(folder, 'answers.csv'),
      'heron-letter#heron-court,',
      'heron-letter#heron-court; heron-letter#heron-count,',
    );
    const held = () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((file) => join(folder, file))
        .filter((file) => statSync(file).isFile())
        .map((file) => readFileSync(file, 'utf8'))
        .join('\n');
    expect(held()).toContain('how many requests we receive');
    expect(held()).toContain('If you have more');
    // The line after the quote, of which the quote keeps the beginning.
    expect(
      assay('archive', 'redact', folder, 'heron-letter', '12', '--reason', 'It names a person.'),
    ).toMatchObject({ code: 2, err: expect.stringMatching(/12 {2}If you have more[\s\S]*give --yes/) });
    expect(held()).toContain('If you have more');
    expect(
      assay('archive', 'redact', folder, 'heron-letter', '12', '--reason', 'It names a person.', '--yes')
        .code,
    ).toBe(0);
    expect(held()).not.toMatch(/If you have more|Robin Reed/);
    expect(assay('check', folder).code).toBe(0);
    // The line of the quote itself.
    const redacted = assay(
      'archive',
      'redact',
      folder,
      'heron-letter',
      '10',
      '--reason',
      'Asked for.',
      '--yes',
    );
    expect(redacted.err).toContain('These quotes stand in the lines and would hold no more: heron-count.');
    expect(redacted.err).toContain(
      'hold no more; they are among the quotes still. Remove them, and what cites them: heron-count.',
    );
    expect(assay('check', folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining('The quote “heron-count” does not hold'),
    });
  }, 60_000);
});

describe('commands on evidence say what is wrong', () => {
  const edition = async () => {
    const folder = join(temporaryFolder(), 'own');
    const { host } = await demo(folder);
    return { folder, host };
  };

  it('with what was asked for', async () => {
    const { folder, host } = await edition();
    const cases: readonly [readonly string[], number, string][] = [
      [['capture', folder], 2, 'Say what to capture'],
      [['capture', folder, 'https://a.example/', 'answers.csv'], 2, 'addresses or files, not both'],
      [['capture', folder, 'nowhere.pdf'], 2, 'There is no file “nowhere.pdf”'],
      [['capture', folder, '--source', 'heron-privcy'], 2, 'Did you mean “heron-privacy”?'],
      [['capture', folder, '--source', 'heron-letter'], 2, 'has no address'],
      [['capture', folder, '--missing', '--allow-host', 'http://x/'], 2, 'name of a host'],
      [['capture', '/nowhere', '--missing'], 2, 'There is no folder “/nowhere”'],
      [
        ['capture', folder, `http://${host}/nothing.html`, '--source', 'nothing', '--allow-host', host],
        1,
        'the server answers 404',
      ],
      [['quote', folder, 'heron-privacy', 'x'], 1, 'is not captured yet'],
      [['quote', folder, 'heron-privcy', 'x'], 1, 'Did you mean “heron-privacy”?'],
      [['quote', folder, 'heron-privacy', ' '], 2, 'nothing to look for'],
      [['recheck', '/nowhere'], 2, 'There is no folder'],
      [['recheck', folder, '--source', 'nobody'], 2, 'There is no source “nobody”'],
      [['monitor', folder, '--every', '5x'], 2, '30m, 6h, 1d'],
      [['monitor', folder, '--once', '-o', join(folder, 'watch')], 2, 'within the edition'],
      [['archive', 'head', '/nowhere'], 2, 'There is no folder'],
      [['archive', 'verify', folder, '--head', 'abc'], 2, '64 hexadecimal digits'],
      [['archive', 'prove', folder, 'nothing'], 2, 'There is no quote “nothing”'],
      [['archive', 'redact', folder, 'heron-letter', '0', '--reason', 'x'], 2, 'Give a line or lines'],
      [['archive', 'redact', folder, 'heron-privacy', '1', '--reason', 'x'], 2, 'is a letter'],
      [['archive', 'export', folder, '-o', 'x.zip'], 2, '.wacz or .warc.gz'],
      [['archive', 'import', folder, 'package.json'], 1, 'holds no web page'],
      [['archive', 'key', 'package.json'], 2, 'A key is never written over another'],
      [['demo', 'src'], 2, 'holds files, and no edition'],
      [['demo', '--port', host.replace(/.*:/, '')], 2, 'cannot be used (EADDRINUSE)'],
    ];
    for (const [args, code, message] of cases) {
      const result = assay(...args);
      expect(result.err, args.join(' ')).toContain(message);
      expect(result.code, args.join(' ')).toBe(code);
    }
  }, 120_000);
});
