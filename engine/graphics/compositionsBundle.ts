import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { refuse } from '#core/fault.ts';

/** The built graphics: the folder to draw from, and a version that changes whenever their look may have changed. */
export type CompositionsBundle = { dir: string; version: string };

const buildSchema = z.object({ version: z.string() });

/** The graphics built into `<resourcesDir>/compositions`. Refuses `graphics/not-built` when they are not there. */
export async function findCompositionsBundle(resourcesDir: string): Promise<CompositionsBundle> {
  const dir = join(resourcesDir, 'compositions');
  try {
    const build: unknown = JSON.parse(await readFile(join(dir, 'build.json'), 'utf8'));
    return { dir, version: buildSchema.parse(build).version };
  } catch {
    refuse(
      'graphics/not-built',
      'The titles and captions of Inkreel have not been built yet. Run “npm run setup” once, or reinstall the app.',
      { dir },
    );
  }
}
