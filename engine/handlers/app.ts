import { diagnose } from '../tools/diagnose.ts';
import { listFolder } from '../files/listFolder.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

export function appHandlers(services: Services): HandlersOf<'app'> & HandlersOf<'files'> {
  return {
    'app.info': () => ({
      version: services.appVersion,
      platform: process.platform,
      projectsDir: services.projectsDir,
      exportsDir: services.exportsDir,
    }),
    'app.doctor': () => diagnose(services),
    'files.list': ({ path }) => listFolder(path, services),
  };
}
