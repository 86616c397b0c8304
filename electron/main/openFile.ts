import { stat } from 'node:fs/promises';
import { extname, isAbsolute, resolve } from 'node:path';
import { localPathSchema } from '#core/contract/shell.ts';

const PROJECT_EXTENSION = '.inkreel';
const LINK_PROTOCOL = 'inkreel:';

/** Scheme of links that open a project, without the colon. */
export const LINK_SCHEME = 'inkreel';

/**
 * The project file that a command line names: the last argument that is a link or ends like a project file.
 * The first argument is the program. Null when there is none.
 */
export function projectInArguments(
  argumentList: readonly string[],
  workingFolder: string,
): string | null {
  for (const argument of argumentList.slice(1).toReversed()) {
    if (argument.startsWith('-')) continue;
    const path = argument.toLowerCase().startsWith(LINK_PROTOCOL)
      ? projectInLink(argument)
      : projectAtPath(argument, workingFolder);
    if (path !== null) return path;
  }
  return null;
}

/** The project file of a link `inkreel://open?path=…`; null for any other link. Any web page can try such a link. */
export function projectInLink(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || url.protocol !== LINK_PROTOCOL || url.host !== 'open') return null;
  const isPlain = url.pathname === '' || url.pathname === '/';
  const [parameter, ...others] = [...url.searchParams];
  if (!isPlain || parameter?.[0] !== 'path' || others.length > 0) return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  return isAbsolute(parameter[1]) ? projectAtPath(parameter[1], '/') : null;
}

/** A path on this computer that ends like a project file; null for any other. */
export function projectAtPath(path: string, workingFolder: string): string | null {
  if (extname(path).toLowerCase() !== PROJECT_EXTENSION) return null;
  if (/^[\\/]{2}/.test(path)) return null;
  const parsed = localPathSchema.safeParse(resolve(workingFolder, path));
  return parsed.success ? parsed.data : null;
}

/** Whether there is a file at a path; folders and devices are none. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}
