import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

/** One that stops when the kernel finds an error in it. */
const FILE_SYSTEM = 'ext4';

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

/**
 * A disk of so many KiB in a file beside `path`, mounted there, that can be made to fail as the kernel makes a disk
 * with errors fail; null where that is not allowed.
 */
export function mountLoopDisk(path: string, kib: number) {
  const image = `${path}.image`;
  mkdirSync(path, { recursive: true });
  writeFileSync(image, Buffer.alloc(kib * 1024));
  const mount = (...args: string[]) => spawnSync('mount', args).status === 0;
  const isMade = spawnSync(`mkfs.${FILE_SYSTEM}`, ['-q', image]).status === 0;
  if (!isMade || !mount('-o', 'loop', image, path)) return null;
  const unmount = () => {
    spawnSync('umount', [path]);
  };
  return {
    path,
    unmount,
    /** Takes effect at once, whatever is open for writing. */
    turnReadOnly() {
      if (!mount('-o', 'remount,abort', path)) throw new Error('The disk could not be stopped.');
    },
    /** The disk after it was taken out, checked and put back. */
    turnWritable() {
      unmount();
      spawnSync(`fsck.${FILE_SYSTEM}`, ['-p', '-f', image]);
      if (!mount('-o', 'loop', image, path))
        throw new Error('The disk could not be mounted again.');
    },
  };
}
