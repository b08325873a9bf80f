import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { makeFolder } from '#edition/folder';
import { Exit } from '../open.ts';
import { paint, write } from '../terminal.ts';

const EXAMPLE = fileURLToPath(new URL('../../../editions/example', import.meta.url));
/** The addresses of the example lead here. */
const PORT = 8017;

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'serve the policies of the example, and begin an edition about them; docs/tutorial.md goes on from there',
    )
    .argument('[folder]', 'where to begin the edition; an edition that is there already is left as it is')
    .option('--later', 'serve the policies as they read a year later')
    .option('-p, --port <number>', 'port to listen on', String(PORT))
    .addHelpText(
      'after',
      '\nEnter changes the policies to what they read a year later; Ctrl+C ends it.\n\nExample:\n  $ assay demo my-example',
    )
    .action(async (folder: string | undefined, options: { later?: boolean; port: string }) => {
      if (!/^\d{1,5}$/.test(options.port)) throw new Exit(2, `“${options.port}” is no port.`);
      if (folder !== undefined) refuseOthersFolder(folder);
      const state = { policies: options.later ? 'later' : 'first' };
      const server = createServer((request, answer) =>
        servePolicy(state.policies, request.url ?? '/', answer),
      );
      const port = await new Promise<number>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            new Exit(
              2,
              `Port ${options.port} cannot be used (${error.code}). Another can, for a new edition: --port 0.`,
            ),
          ),
        );
        server.listen(Number(options.port), '127.0.0.1', () => {
          const bound = server.address();
          resolve(typeof bound === 'object' && bound ? bound.port : PORT);
        });
      });
      if (folder !== undefined) begin(folder, port);
      const address = `http://127.0.0.1:${port}/`;
      write(
        `Policies of three invented services: ${address}${folder === undefined ? '' : `\nAn edition about them: ${folder}`}`,
      );
      if (folder !== undefined)
        write(`\nIn another terminal:\n  assay capture ${folder} --missing --allow-host 127.0.0.1:${port}`);
      write(paint('dim', '\nEnter: a year passes, and policies change. Ctrl+C: end.'));
      const lines = createInterface({ input: process.stdin });
      lines.on('line', () => {
        state.policies = 'later';
        write('A year has passed; two of the policies have changed.');
      });
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
      });
      lines.close();
      server.closeAllConnections();
      server.close();
    });
}

/** The example without its evidence: what a researcher has before the first capture. */
function begin(folder: string, port: number): void {
  if (existsSync(join(folder, 'edition.yaml'))) return;
  makeFolder(folder);
  const evidence = new Set(['captures', 'ledger.jsonl', 'quotes.yaml', 'searches.csv', 'findings.md']);
  for (const file of readdirSync(join(EXAMPLE, '2026')))
    if (!evidence.has(file)) cpSync(join(EXAMPLE, '2026', file), join(folder, file), { recursive: true });
  cpSync(join(EXAMPLE, 'start'), folder, { recursive: true });
  cpSync(join(EXAMPLE, 'policies/heron-letter.txt'), `${folder}-letter.txt`);
  const sources = join(folder, 'sources.json');
  writeFileSync(sources, readFileSync(sources, 'utf8').replaceAll(`127.0.0.1:${PORT}`, `127.0.0.1:${port}`));
}

function refuseOthersFolder(folder: string): void {
  if (!existsSync(folder) || existsSync(join(folder, 'edition.yaml'))) return;
  if (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)
    throw new Exit(
      2,
      `“${folder}” holds files, and no edition. Give a folder that is empty or does not exist.`,
    );
}

function servePolicy(version: string, path: string, answer: ServerResponse): void {
  const name = basename(path.replace(/[?#].*$/, '')) || 'index.html';
  const file = join(EXAMPLE, 'policies', version, name);
  if (!/^[a-z-]+\.html$/.test(name) || !existsSync(file)) {
    answer.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such page.\n');
    return;
  }
  answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(file));
}
