import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Loss } from '#core/contract/films.ts';
import { refuse } from '#core/fault.ts';
import { interchangeFromProject } from '#core/interchange/interchangeFromProject.ts';
import { writeOtio } from '#core/interchange/toOtio.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { writeOutput } from '../files/outputFile.ts';

/**
 * Writes a timeline as an interchange file and says what it could not carry.
 * Refuses `interchange/format-not-supported` and what writing refuses.
 */
export async function exportTimeline(
  project: ProjectReader,
  timelineId: string,
  options: { path: string; force: boolean },
): Promise<{ output: string; losses: Loss[] }> {
  const output = resolve(options.path);
  if (extname(output).toLowerCase() !== '.otio') {
    refuse(
      'interchange/format-not-supported',
      `Inkreel does not write timelines as “${basename(output)}”. Give the file a name that ends in .otio.`,
      { path: output },
    );
  }
  const { timeline, losses } = interchangeFromProject(project, timelineId, {
    folder: dirname(output),
  });
  await writeOutput(output, { force: options.force }, (temporary) =>
    writeFile(temporary, writeOtio(timeline)),
  );
  return { output, losses };
}
