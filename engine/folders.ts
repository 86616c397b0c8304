import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineOptions } from './engineOptions.ts';

/**
 * Where Inkreel keeps things: the system's customary folders under `home`, each of which an environment variable
 * overrides (`INKREEL_DATA`, `INKREEL_CACHE`, `INKREEL_PROJECTS`, `INKREEL_EXPORTS`, `INKREEL_RESOURCES`).
 */
export function engineFolders(
  home: string,
  env: NodeJS.ProcessEnv,
): Omit<EngineOptions, 'appVersion'> {
  const usual = customaryFolders(home, env);
  const documents = join(home, 'Inkreel');
  return {
    dataDir: env['INKREEL_DATA'] ?? usual.data,
    cacheDir: env['INKREEL_CACHE'] ?? usual.cache,
    projectsDir: env['INKREEL_PROJECTS'] ?? join(documents, 'Projects'),
    exportsDir: env['INKREEL_EXPORTS'] ?? join(documents, 'Exports'),
    resourcesDir:
      env['INKREEL_RESOURCES'] ?? fileURLToPath(new URL('../resources', import.meta.url)),
  };
}

function customaryFolders(home: string, env: NodeJS.ProcessEnv): { data: string; cache: string } {
  switch (process.platform) {
    case 'darwin':
      return {
        data: join(home, 'Library', 'Application Support', 'Inkreel'),
        cache: join(home, 'Library', 'Caches', 'Inkreel'),
      };
    case 'win32': {
      const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
      return { data: join(local, 'Inkreel', 'Data'), cache: join(local, 'Inkreel', 'Cache') };
    }
    default:
      return {
        data: join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'inkreel'),
        cache: join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'inkreel'),
      };
  }
}
