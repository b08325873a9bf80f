import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The processes of one browser. */
export interface ProcessGroup {
  /** The group that they are all in: the id of the first. */
  readonly group: number;
  readonly pids: readonly number[];
}

/** The processes that were started for a profile, by the switch that names its folder; undefined if there are none. */
export async function processesOf(profile: string): Promise<ProcessGroup | undefined> {
  const all = process.platform === 'linux' ? await listProc() : await listPs();
  const groups = new Set(
    all.filter(({ command }) => command.includes(`--user-data-dir=${profile}`)).map(({ group }) => group),
  );
  groups.delete(0);
  const own = all.filter(({ group }) => groups.has(group));
  const [group] = groups;
  return group === undefined ? undefined : { group, pids: own.map(({ pid }) => pid) };
}

interface Listed {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

async function listProc(): Promise<Listed[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  const listed = await Promise.all(
    pids.map(async (pid): Promise<Listed[]> => {
      try {
        const [stat, command] = await Promise.all([
          readFile(`/proc/${pid}/stat`, 'latin1'),
          readFile(`/proc/${pid}/cmdline`, 'latin1'),
        ]);
        // After the name, which may hold anything: state, parent, group.
        const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state === 'Z' ? [] : [{ pid, group: Number(group), command }];
      } catch {
        return []; // it has ended
      }
    }),
  );
  return listed.flat();
}

const run = promisify(execFile);

async function listPs(): Promise<Listed[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,pgid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, group, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(pid) > 1 && Number(pid) !== process.pid
      ? [{ pid: Number(pid), group: Number(group), command }]
      : [];
  });
}

/**
 * How many bytes of memory processes hold together. What they share is counted once where the system tells; that costs more to ask, so it is only
 * asked where the simple sum is above what is allowed.
 */
export async function memoryOf(pids: readonly number[], allowed: number): Promise<number> {
  if (process.platform !== 'linux') {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', pids.join(',')]).catch(() => ({ stdout: '' }));
    return stdout.split('\n').reduce((sum, line) => sum + Number(line) * 1024, 0);
  }
  const simple = await sumOf(pids, 'status', 'VmRSS:');
  return simple > allowed ? sumOf(pids, 'smaps_rollup', 'Pss:') : simple;
}

async function sumOf(pids: readonly number[], file: string, name: string): Promise<number> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '');
      const line = text.split('\n').find((own) => own.startsWith(name));
      return Number(line?.replace(/\D+/g, '') ?? 0) * 1024;
    }),
  );
  return each.reduce((sum, bytes) => sum + bytes, 0);
}

const GONE_MS = 10_000;

/** Ends what is left of a browser, and waits until none of it is there. */
export async function endProcesses(profile: string): Promise<void> {
  for (const until = Date.now() + GONE_MS; Date.now() < until; ) {
    const left = await processesOf(profile);
    if (left === undefined) return;
    try {
      process.kill(-left.group, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}
