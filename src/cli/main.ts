#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { NoEditionError, OutsideError } from '#edition/folder';
import { Exit } from './open.ts';
import { complain, harmless, paint } from './terminal.ts';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  complain(
    `assay needs Node 24 or newer; this is ${process.version}. In a clone, “npm run -s assay -- …” brings its own.`,
  );
  process.exit(2);
}

/** In the order of the help. Only the one that is asked for is loaded, since loading takes longer than most of them. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  rank: async () => (await import('./commands/rank.ts')).rankCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  query: async () => (await import('./commands/query.ts')).queryCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  capture: async () => (await import('./commands/capture.ts')).captureCommand(),
  quote: async () => (await import('./commands/quote.ts')).quoteCommand(),
  recheck: async () => (await import('./commands/recheck.ts')).recheckCommand(),
  monitor: async () => (await import('./commands/monitor.ts')).monitorCommand(),
  archive: async () => (await import('./commands/archive.ts')).archiveCommand(),
  build: async () => (await import('./commands/build.ts')).buildCommand(),
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  diff: async () => (await import('./commands/diff.ts')).diffCommand(),
  robustness: async () => (await import('./commands/robustness.ts')).robustnessCommand(),
  agreement: async () => (await import('./commands/agreement.ts')).agreementCommand(),
  reconcile: async () => (await import('./commands/reconcile.ts')).reconcileCommand(),
  import: async () => (await import('./commands/import.ts')).importCommand(),
  new: async () => (await import('./commands/new.ts')).newCommand(),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
  split: async () => (await import('./commands/split.ts')).splitCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
  schema: async () => (await import('./commands/schema.ts')).schemaCommand(),
};

const program = new Command('assay')
  .description('Turns research into a ranking that anyone can check.')
  .helpOption('-h, --help', 'show help')
  .helpCommand('help [command]', 'show the help of a command')
  .addHelpText(
    'after',
    '\nAn EDITION is a folder of plain files; docs/edition-format.md says what is in it.\n\nExample:\n  $ assay rank editions/message-privacy/2016',
  )
  .configureOutput({ outputError: (text, write) => write(text) });

const asked = process.argv[2] ?? '';
const wanted = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
for (const load of wanted ? [wanted] : Object.values(COMMANDS)) {
  const command = await load();
  command.helpOption('-h, --help', 'show help');
  program.addCommand(command);
}
for (const command of [program, ...program.commands, ...program.commands.flatMap((own) => own.commands)])
  command.exitOverride().showHelpAfterError('(--help shows how it is used)');

// A reader that has seen enough (head, less) closes the pipe; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof Exit) {
    if (error.message)
      complain(
        `${paint(error.code === 0 ? 'green' : 'red', 'assay:', process.stderr)} ${harmless(error.message)}`,
      );
    process.exitCode = error.code;
  } else if (error instanceof NoEditionError) {
    complain(
      `${paint('red', 'assay:', process.stderr)} ${harmless(error.message)} Give the folder of an edition, for example editions/message-privacy/2016.`,
    );
    process.exitCode = 2;
  } else if (error instanceof CommanderError) {
    process.exitCode =
      error.exitCode === 0 || error.code === 'commander.help' ? (error.code === 'commander.help' ? 2 : 0) : 2;
  } else if (error instanceof Error && error.name === 'ArchiveError') {
    complain(
      `${paint('red', 'assay:', process.stderr)} The archive: ${harmless(error.message)}. “assay archive verify” says what else does not hold.`,
    );
    process.exitCode = 1;
  } else if (error instanceof OutsideError) {
    complain(`${paint('red', 'assay:', process.stderr)} ${harmless(error.message)}`);
    process.exitCode = 1;
  } else if (isSystemError(error)) {
    complain(
      `${paint('red', 'assay:', process.stderr)} ${harmless(systemMessage(error))} Nothing more was written.`,
    );
    process.exitCode = 2;
  } else throw error;
}

function systemMessage({ code = '', path, message }: NodeJS.ErrnoException): string {
  const known: Readonly<Record<string, string>> = {
    EACCES: 'may not be read or written: permission is missing.',
    EPERM: 'may not be changed: the system does not permit it.',
    EROFS: 'is on a disk that cannot be written.',
    ENOSPC: 'cannot be written: the disk is full.',
    ENOTDIR: 'leads through a file where a folder should be.',
    EISDIR: 'is a folder where a file should be.',
  };
  return known[code] === undefined ? `${message}.` : `${path ? `“${path}”` : 'Something'} ${known[code]}`;
}

/** The operating system said no: a full disk, a missing permission, a file in the place of a folder. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
