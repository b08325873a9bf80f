import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { makeFolder, writeWithin } from '#edition/folder';
import type { Alarm } from '#evidence/index';
import { Exit } from '../open.ts';
import { refuseWithin } from '../out-folder.ts';
import { collect, languages, openSources, signingKey } from '../sources.ts';
import { count, harmless, paint, write, writeJson } from '../terminal.ts';

interface Options {
  readonly every: number;
  readonly once?: boolean;
  readonly out?: string;
  readonly browser?: boolean;
  readonly language?: string;
  readonly allowHost?: readonly string[];
  readonly json?: boolean;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

const duration = (text: string): number => {
  const match = /^([1-9]\d{0,5})([smhdw])$/.exec(text);
  const milliseconds = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? 0) * 1000;
  // Timers count in 32 bits.
  if (!match || milliseconds > 2 ** 31 - 1)
    throw new InvalidArgumentError('Give a time of at most 24 days: 30m, 6h, 1d, 2w.');
  return milliseconds;
};

export function monitorCommand(): Command {
  return new Command('monitor')
    .description('look at captured sources again and again, and tell what is new')
    .argument('<edition>', 'folder of the edition')
    .option('--every <time>', 'how long to wait between two looks: 30m, 6h, 1d', duration, duration('1d'))
    .option('--once', 'look once and end, for cron: with 1 if something new needs a person')
    .option('-o, --out <folder>', 'write report.json and changes.atom there after each look')
    .option('--browser', 'open every page in Chromium, not only those that were opened in it the last time')
    .option('--no-browser', 'open none in it')
    .option('--language <tags>', 'ask for pages in these languages, not those of the last time', languages)
    .option('--allow-host <host>', 'let this one private host through, by name (may be repeated)', collect)
    .option('--json', 'print JSON, a line a look')
    .addHelpText(
      'after',
      '\nA server that is down or turns programs away is one alarm, and told once. Ctrl+C ends it.\n\nExamples:\n  $ assay monitor my-index --every 6h -o watch\n  $ assay monitor my-index --once -o watch',
    )
    .action(async (folder: string, options: Options) => {
      if (options.out !== undefined) refuseWithin(folder, options.out, 'folder');
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
      for (;;) {
        const fresh = await look(folder, options);
        if (options.once && fresh > 0) throw new Exit(1);
        if (options.once || stop.signal.aborted) return;
        await pause(options.every, undefined, { signal: stop.signal }).catch(() => {});
        if (stop.signal.aborted) return;
      }
    });
}

/** One look; gives how many alarms are new since the one before. What changed around a passage is told, and calls nobody. */
async function look(folder: string, options: Options): Promise<number> {
  const evidence = await import('#evidence/index');
  const before = openSources(folder);
  const key = await signingKey(before.meta);
  const archive = evidence.openArchive(folder);
  const capturer = evidence.makeCapturer(archive, {
    allowed: options.allowHost ?? [],
    browser: options.browser,
    language: options.language,
  });
  const jobs = evidence.recheckJobs(before.sources, before.quotes, before.evidence);
  try {
    await evidence.recheck(archive, capturer, jobs, before.evidence, () => {});
  } finally {
    await capturer.close();
    await evidence.writeHead(folder, key);
  }
  const after = openSources(folder);
  const alarms = evidence.alarmsOf(after.evidence, after.sources, after.quotes);
  const known = new Set(evidence.alarmsOf(before.evidence, before.sources, before.quotes).map(nameOf));
  const fresh = alarms.filter((alarm) => !known.has(nameOf(alarm)));
  const { lastRun } = after.evidence;
  const report = {
    time: lastRun?.time,
    sources: lastRun?.sources,
    quotes: lastRun?.quotes,
    new: fresh,
    open: alarms,
  };
  if (options.out !== undefined) {
    makeFolder(options.out);
    writeWithin(options.out, 'report.json', `${JSON.stringify(report, null, 2)}\n`);
    writeWithin(
      options.out,
      'changes.atom',
      evidence.alarmFeed(after.meta, alarms, after.sources, lastRun?.time ?? '', folder),
    );
  }
  if (options.json) writeJson(report);
  else {
    const titles = new Map(after.sources.map(({ id, title }) => [id, title]));
    print(report, (alarm) => evidence.alarmText(alarm, titles, folder).text);
  }
  return fresh.filter(evidence.isAlarm).length;
}

/** What an alarm is about; not when it was raised, so that one that goes on is not new. */
const nameOf = (alarm: Alarm) =>
  alarm.kind === 'outage'
    ? `${alarm.host} ${alarm.verdict}`
    : `${alarm.source}#${alarm.quote} ${alarm.verdict} ${alarm.about ?? ''}`;

function print(
  report: {
    time: string | undefined;
    sources: number | undefined;
    quotes: number | undefined;
    new: readonly Alarm[];
    open: readonly Alarm[];
  },
  textOf: (alarm: Alarm) => string,
): void {
  const known = report.open.length - report.new.length;
  write(
    `${report.time ?? ''}  ${count(report.sources ?? 0, 'source')}, ${count(report.quotes ?? 0, 'quote')}: ${report.new.length === 0 ? 'nothing new' : paint('yellow', `${report.new.length} new`)}${known > 0 ? `, ${known} known and open` : ''}.`,
  );
  for (const alarm of report.new) write(`  ${harmless(textOf(alarm))}`);
}
