import { readdir, readFile } from 'node:fs/promises';
import { run } from '#engine/process/run.ts';

export type RunningProcess = { pid: number; parent: number; command: string };

/** Every process of this computer. Linux is asked through /proc, since a bare system has no `ps`. */
export async function runningProcesses(): Promise<RunningProcess[]> {
  if (process.platform === 'linux') return fromProc();
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

async function fromProc(): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const [stat, command] = await Promise.all([
          readFile(`/proc/${pid}/stat`, 'utf8'),
          readFile(`/proc/${pid}/cmdline`, 'utf8'),
        ]);
        // The name in parentheses may hold anything; the parent is the second field after it.
        const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
        return [
          { pid: Number(pid), parent: Number(parent), command: command.replaceAll('\0', ' ') },
        ];
      } catch {
        // It ended between the two readings.
        return [];
      }
    }),
  );
  return found.flat();
}
