import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { Exit } from '../open.ts';
import { complain, write, writeJson } from '../terminal.ts';
import {
  build,
  builtText,
  checkedInput,
  refuseEditionFolder,
  type SiteOptions,
  withSiteOptions,
} from './build.ts';

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
      if (options.out !== undefined) refuseEditionFolder(folder, options.out);
      const started = performance.now();
      const input = await checkedInput(folder, options);
      const signal = interruption(); // before there is a folder that has to be removed again
      const out = options.out ?? mkdtempSync(join(tmpdir(), 'assay-site-'));
      try {
        const built = await build(out, input, signal);
        const { url, close } = await listen(out, port);
        if (options.json) writeJson({ url, folder: out, ...built });
        else
          write(
            `${builtText(built, out, performance.now() - started).split('\n')[0]}\n\nThe site is at ${url} (Ctrl+C ends it).`,
          );
        if (!signal.aborted) await once(signal, 'abort');
        await close();
      } catch (error) {
        if (signal.aborted && options.out === undefined) throw new Exit(130);
        throw error;
      } finally {
        if (options.out === undefined) rmSync(out, { recursive: true, force: true });
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
