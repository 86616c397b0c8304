import { dirname } from 'node:path';
import { run } from '../process/run.ts';

/**
 * Opens a file with the program that the system has for it, or shows it in the system’s file manager; false where
 * there is no screen, or nothing to open it. Only for files that Inkreel made itself: a program would be started.
 */
export async function openFile(path: string, how: 'open' | 'show'): Promise<boolean> {
  const [program, args] = openerOf(path, how);
  if (program === 'xdg-open' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return false;
  const opened = await run(program, args).catch(() => null);
  // The Explorer ends with 1 whatever it did.
  return opened !== null && (opened.exitCode === 0 || program === 'explorer');
}

function openerOf(path: string, how: 'open' | 'show'): [program: string, args: string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', how === 'open' ? [path] : ['-R', path]];
    case 'win32':
      return ['explorer', [how === 'open' ? path : `/select,${path}`]];
    default:
      return ['xdg-open', [how === 'open' ? path : dirname(path)]];
  }
}
