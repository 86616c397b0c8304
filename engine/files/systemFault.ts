import { basename, dirname } from 'node:path';
import { type Fault, Refusal } from '#core/fault.ts';

/**
 * The fault that a failed system call on `path` means to a user, or null when it is not one we know, which makes
 * it a bug to report.
 */
export function systemFault(error: unknown, path: string): Fault | null {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const name = basename(path);
  switch (code) {
    case 'ENOENT':
      return {
        code: 'file/missing',
        message: `“${name}” was not found. It may have been moved or renamed.`,
        details: { path },
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        code: 'file/no-permission',
        message: `Inkreel may not write or read in “${dirname(path)}”. Choose another folder, or change its permissions.`,
        details: { path },
      };
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'file/disk-full',
        message: `The disk that holds “${dirname(path)}” is full. Free some space and try again; nothing was changed.`,
        details: { path },
      };
    case 'ENAMETOOLONG':
      return {
        code: 'file/name-too-long',
        message: 'That file name is too long. Choose a shorter one.',
        details: { path },
      };
    case 'EISDIR':
      return {
        code: 'file/is-folder',
        message: `“${name}” is a folder, not a file.`,
        details: { path },
      };
    case 'ENOTDIR':
      return {
        code: 'file/not-a-folder',
        message: `“${dirname(path)}” is not a folder.`,
        details: { path },
      };
    case 'EBUSY':
      return {
        code: 'file/busy',
        message: `“${name}” is in use by another program. Close it there and try again.`,
        details: { path },
      };
    case 'EMFILE':
    case 'ENFILE':
      return {
        code: 'file/too-many-open',
        message: 'Too many files are open on this computer. Close some programs and try again.',
        details: { path },
      };
    case 'EIO':
      return {
        code: 'file/unreadable',
        message: `The disk reported an error at “${name}”. Check the disk.`,
        details: { path },
      };
    default:
      return null;
  }
}

/** An error as the refusal that it means for whoever works on `path`; one that is not known as it is. */
export function asRefusal(error: unknown, path: string): unknown {
  if (error instanceof Refusal) return error;
  const fault = systemFault(error, path);
  return fault ? new Refusal(fault, error) : error;
}

/** Sentences of the C library that programs pass on, and the system errors they stand for. */
const SPOKEN: readonly [RegExp, string][] = [
  [/No space left on device/i, 'ENOSPC'],
  [/Disk quota exceeded/i, 'EDQUOT'],
  [/Permission denied/i, 'EACCES'],
  [/Read-only file system/i, 'EROFS'],
  [/Input\/output error/i, 'EIO'],
];

/** The fault behind what a program said on standard error while it wrote to `path`; null when it is not one we know. */
export function spokenFault(stderr: string, path: string): Fault | null {
  const code = SPOKEN.find(([pattern]) => pattern.test(stderr))?.[1];
  return code === undefined ? null : systemFault({ code }, path);
}
