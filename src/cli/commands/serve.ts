import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { Exit } from '../open.ts';
import { complain, write, writeJson } from '../terminal.ts';
import { build, builtText, type SiteOptions, withSiteOptions } from './build.ts';

/** Tried first where no port is asked for; if it is taken, any that is free. */
const USUAL_PORT = 8016;

export function serveCommand(): Command {
  return withSiteOptions(
    new Command('serve')
      .description('build the public site and show it on this machine')
      .argument('<edition>', 'folder of the edition'),
  )
    .option('-p, --port <number>', `port to listen on (${USUAL_PORT}, or any that is free)`)
    .option('-o, --out <folder>', 'folder to build into; a temporary one if not said')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ assay serve editions/message-privacy/2016\n  $ assay serve editions/message-privacy/2016 --port 9000',
    )
    .action(async (folder: string, options: SiteOptions & { port?: string; out?: string }) => {
      const port = options.port === undefined ? undefined : portOf(options.port);
      const out = options.out ?? mkdtempSync(join(tmpdir(), 'assay-site-'));
      const leave = () => {
        if (options.out === undefined) rmSync(out, { recursive: true, force: true });
      };
      try {
        const started = performance.now();
        const built = await build(folder, out, options);
        const { url, close } = await listen(out, port);
        if (options.json) writeJson({ url, folder: out, ...built });
        else
          write(
            `${builtText(built, out, performance.now() - started).split('\n')[0]}\n\nThe site is at ${url} (Ctrl+C ends it).`,
          );
        await ended();
        await close();
      } finally {
        leave();
      }
    });
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Exit(2, `“${text}” is no port. Give a number from 0 to 65535.`);
  return port;
}

async function listen(folder: string, port: number | undefined) {
  const { serveFolder } = await import('#site/index');
  try {
    return await serveFolder(folder, port ?? USUAL_PORT);
  } catch (error) {
    if (port === undefined) {
      complain(`Port ${USUAL_PORT} is taken; another is used.`);
      return serveFolder(folder, 0);
    }
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why =
      code === 'EADDRINUSE'
        ? 'is taken'
        : code === 'EACCES'
          ? 'may not be used without special rights'
          : 'cannot be used';
    throw new Exit(2, `Port ${port} ${why}. Give another, or leave --port out.`);
  }
}

/** Until somebody ends the program. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
