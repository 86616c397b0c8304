import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/**
 * A disk of so many KiB in memory, mounted at `path`; null where mounting is not allowed, which only Linux allows its
 * administrator.
 */
export function mountSmallDisk(
  path: string,
  kib: number,
): { path: string; unmount: () => void } | null {
  mkdirSync(path, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', path]);
  if (mounted.status !== 0) return null;
  return {
    path,
    unmount() {
      spawnSync('umount', [path]);
    },
  };
}
