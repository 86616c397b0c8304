import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import { identify, sameStamp } from '../../media/identity.ts';
import { needMediaFile } from '../../media/readFault.ts';

/** Knows what the files of a film held when its export began, and notices when they hold something else. */
export type SourceWatch = {
  /** Names the content of a file: its size, its time of change and a hash of samples of it. */
  contentOf: (path: string) => Promise<string>;
  /** Refuses `export/source-changed` and `export/source-missing`. */
  check: (paths: readonly string[]) => Promise<void>;
};

type Seen = { stats: Stats; content: string };

const AT_ONCE = 8;

/** Looks at files as they are now, and at others when they are first asked about. Refuses what reading media refuses. */
export async function watchSources(paths: readonly string[]): Promise<SourceWatch> {
  const seen = new Map<string, Promise<Seen>>();
  const first = (path: string) => {
    const known = seen.get(path) ?? look(path);
    seen.set(path, known);
    return known;
  };
  const queue = new Set(paths).values();
  const worker = async () => {
    for (const path of queue) await first(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return {
    contentOf: async (path) => (await first(path)).content,
    check: async (others) => {
      for (const path of new Set(others)) await checkSource(path, await first(path));
    },
  };
}

async function look(path: string): Promise<Seen> {
  // Times are taken first: a file that changes in between is then told by them, rather than taken for what it was.
  const stats = await needMediaFile(path);
  const { sizeBytes, hash } = await identify(path);
  return { stats, content: `${sizeBytes} ${stats.mtimeMs} ${hash}` };
}

async function checkSource(path: string, before: Seen): Promise<void> {
  const name = basename(path);
  const stats = await stat(path).catch(() => null);
  if (stats === null) {
    refuse(
      'export/source-missing',
      `“${name}” was moved or removed while the film was being made, so the film was not finished. Put it back, or find it in the media list, then export again.`,
      { path },
    );
  }
  if (sameStamp(stats, before.stats)) return;
  // Other rights or another name change the stamp, but not what is in the file.
  const now = await look(path).catch(() => null);
  if (now?.content === before.content) return;
  refuse(
    'export/source-changed',
    `“${name}” was changed while the film was being made, so the film was not finished. Wait until nothing writes to it, then export again.`,
    { path },
  );
}
