import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, textOption, unwrap } from '../command.ts';
import { finishJob, formatSeconds, formatSize } from './shared.ts';

type Made = { path: string; kind: string; ms: number };

export const demo: Command = {
  name: 'demo',
  usage: '[--out DIR]',
  summary: 'Makes a film and a book of the bundled sample.',
  options: { out: { type: 'string' } },
  positionals: [0, 0],
  async run(context) {
    const folder = resolve(textOption(context, 'out') ?? 'demo');
    await mkdir(folder, { recursive: true });
    const made: Made[] = [];
    const add = async (kind: string, path: string, make: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await make();
      made.push({ path, kind, ms: Math.round(performance.now() - startedAt) });
    };
    const project = join(folder, 'Harbour light', 'Harbour light.inkreel');
    // The demo is made anew each time, so that it shows this Inkreel and no earlier one.
    for (const suffix of ['', '-wal', '-shm']) await rm(`${project}${suffix}`, { force: true });
    let projectId = '';
    await add('project', project, async () => {
      projectId = unwrap(
        await context.engine.call('project.openSample', { folder: join(folder, 'Harbour light') }),
      ).projectId;
    });
    await add('film', join(folder, 'harbour-light.mp4'), async () => {
      const output = join(folder, 'harbour-light.mp4');
      await finishJob(
        context,
        unwrap(await context.engine.call('film.export', { projectId, output, force: true })).jobId,
      );
    });
    for (const [format, name] of [
      ['epub', 'harbour-light.epub'],
      ['print', 'harbour-light-print.pdf'],
    ] as const) {
      const output = join(folder, name);
      await add(format, output, async () => {
        await finishJob(
          context,
          unwrap(
            await context.engine.call('book.export', { projectId, format, output, force: true }),
          ).jobId,
        );
      });
    }
    // Closing folds the journal into the file, which then has its real size.
    unwrap(await context.engine.call('project.close', { projectId }));
    const files = await Promise.all(
      made.map(async (file) => ({ ...file, sizeBytes: (await stat(file.path)).size })),
    );
    return {
      json: { files },
      lines: files.map(
        (file) =>
          `${file.kind.padEnd(8)} ${formatSize(file.sizeBytes).padStart(9)} ${formatSeconds(file.ms).padStart(8)}  ${file.path}`,
      ),
    };
  },
};
