import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal, refuse } from '#core/fault.ts';
import { systemFault } from '../files/systemFault.ts';

/** What stands in a name for bytes that are not UTF-8. Such a name cannot be given back to the system. */
const NOT_TEXT = '\u{FFFD}';

/**
 * Looks at a media file before it is opened. Refuses `file/missing`, `media/broken-link`, `media/bad-name`,
 * `file/is-folder`, `media/not-a-file`, `media/empty` and what the system says of it.
 */
export async function needMediaFile(path: string): Promise<Stats> {
  const name = basename(path);
  const stats = await statMedia(path);
  if (stats.isDirectory()) refuse('file/is-folder', `“${name}” is a folder, not a file.`, { path });
  // A pipe or a device would keep whoever opens it waiting.
  if (!stats.isFile()) {
    refuse('media/not-a-file', `“${name}” is a device or a pipe, not a file that can be read.`, {
      path,
    });
  }
  if (stats.size === 0)
    refuse('media/empty', `“${name}” is empty. Copy it again from where it came from.`, { path });
  return stats;
}

/** What is at a path, links followed. Refuses `media/broken-link`, and what `readRefusal` says of a failure. */
export function statMedia(path: string): Promise<Stats> {
  return stat(path).catch(async (error: unknown) => {
    throw (await brokenLink(path)) ?? readRefusal(error, path);
  });
}

/** What a failure to read a media file means to a user; anything else is given back as it is. */
export function readRefusal(error: unknown, path: string): unknown {
  if (error instanceof Refusal) return error;
  const name = basename(path);
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `Inkreel may not read “${name}”. Change its permissions, or copy it elsewhere.`;
    return new Refusal({ code: 'file/no-permission', message, details: { path } }, error);
  }
  if (code === 'ENOENT' && name.includes(NOT_TEXT)) {
    const message = `The name of “${name}” holds bytes that are not text. Rename the file, then try again.`;
    return new Refusal({ code: 'media/bad-name', message, details: { path } }, error);
  }
  if (code === 'ELOOP') return linkRefusal(path);
  const fault = systemFault(error, path);
  if (fault) return new Refusal(fault, error);
  if (errno === undefined) return error;
  // Network disks and cameras fail in many ways; none of them is a bug of ours.
  const message = `“${name}” could not be read (${code ?? errno}). Check the disk it is on, then try again.`;
  return new Refusal({ code: 'file/unreadable', message, details: { path } }, error);
}

async function brokenLink(path: string): Promise<Refusal | null> {
  const isLink = await lstat(path).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  return isLink ? linkRefusal(path) : null;
}

function linkRefusal(path: string): Refusal {
  const message = `“${basename(path)}” is a link to a file that is not there any more.`;
  return new Refusal({ code: 'media/broken-link', message, details: { path } });
}
