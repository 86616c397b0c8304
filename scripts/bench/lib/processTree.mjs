import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 200;

/**
 * Watches the memory of a process and of all that it starts, five times a second: the sum of what each holds alone and
 * its share of what several hold together. Only where there is `/proc`; elsewhere null.
 */
export function watchMemory(pid) {
  if (process.platform !== 'linux') return null;
  const samples = [];
  const started = performance.now();
  const timer = setInterval(() => {
    const bytes = treeBytes(pid);
    if (bytes > 0) samples.push({ ms: performance.now() - started, bytes });
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      const peak = (list) => list.reduce((most, { bytes }) => Math.max(most, bytes), 0);
      const half = Math.floor(samples.length / 2);
      return {
        peak: peak(samples),
        firstHalf: peak(samples.slice(0, half)),
        secondHalf: peak(samples.slice(half)),
        samples: samples.length,
      };
    },
  };
}

function treeBytes(root) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(name);
    if (parent !== null) parents.set(Number(name), parent);
  }
  const isOurs = (pid) => {
    for (let at = pid; at !== undefined && at > 1; at = parents.get(at))
      if (at === root) return true;
    return false;
  };
  return [...parents.keys()].filter(isOurs).reduce((sum, pid) => sum + bytesOf(pid), 0);
}

function parentOf(pid) {
  try {
    // The name of a program, in brackets, may itself have brackets and spaces.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return Number(parent);
  } catch {
    return null;
  }
}

function bytesOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
