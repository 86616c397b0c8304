import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inkreelIn } from './inkreel.mjs';

/**
 * A project with one film of parts of files, in frames of the timeline: `parts` are `{source, in, out}` one after the
 * other. Answers the command line, the project’s path and a function that exports it.
 */
export async function projectOf(
  folder,
  { name = 'bench', fps = '30', size = '1920x1080', sources, parts, captions, commands = [] },
) {
  const inkreel = inkreelIn(folder);
  const project = join(folder, `${name}.inkreel`);
  const { timelineId } = await inkreel.json(
    'project',
    'new',
    project,
    '--fps',
    fps,
    '--size',
    size,
  );
  const { assets } = await inkreel.json('media', 'import', project, ...sources);
  const appends = parts.map((part) => ({
    type: 'clip.append',
    timelineId,
    assetId: assets[part.source ?? 0].id,
    in: `${part.in}f`,
    out: `${part.out}f`,
  }));
  const edit = async (list) => {
    const file = join(folder, `${name}-edit.json`);
    await writeFile(file, JSON.stringify(list));
    return inkreel.json('edit', project, '--commands', file);
  };
  await edit([...appends, ...commands]);
  if (captions !== undefined) {
    const file = join(folder, `${name}.srt`);
    await writeFile(file, captions);
    await inkreel.json('captions', 'import', project, file);
  }
  const args = (output, more) => ['export', project, '--out', output, '--force', ...more];
  return {
    inkreel,
    project,
    timelineId,
    edit,
    /** Answers the film’s result and how long the whole process took. */
    export: async (output, ...more) => {
      const started = performance.now();
      const film = await inkreel.json(...args(output, more));
      return { ms: performance.now() - started, film };
    },
    exportArguments: (output, ...more) => args(output, more),
  };
}

/** `count` parts of equal length, from all over a source, none beginning on a sync frame. */
export function scatteredParts({ count, frames, sourceFrames, sources = 1 }) {
  return Array.from({ length: count }, (_, index) => {
    const room = sourceFrames - frames - 8;
    const start = 7 + ((index * 7919 + 13) % room);
    const from = start % 60 === 0 ? start + 1 : start;
    return { source: index % sources, in: from, out: from + frames };
  });
}
