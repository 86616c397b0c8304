import { preflight } from '../export/preflight.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

export function exportHandlers({ projects, cacheDir, exports }: Services): HandlersOf<'export'> {
  return {
    'export.preflight': (input) =>
      preflight({ cacheDir, pace: exports.pace }, projects.need(input.projectId), input),
  };
}
