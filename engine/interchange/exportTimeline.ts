import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Loss } from '#core/contract/films.ts';
import { refuse } from '#core/fault.ts';
import { interchangeFromProject } from '#core/interchange/interchangeFromProject.ts';
import type { InterchangeReading } from '#core/interchange/interchangeTimeline.ts';
import { writeEdl } from '#core/interchange/toEdl.ts';
import { writeOtio } from '#core/interchange/toOtio.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { canDropFrames } from '#core/time/timecode.ts';
import { writeOutput } from '../files/outputFile.ts';

type Writer = (reading: InterchangeReading) => { text: string; losses: Loss[] };

const WRITERS: Record<string, Writer> = {
  '.otio': ({ timeline, losses }) => ({ text: writeOtio(timeline), losses }),
  '.edl': ({ timeline, losses }) => {
    const written = writeEdl(
      timeline,
      canDropFrames(timeline.frameRate) ? 'drop-frame' : 'non-drop-frame',
    );
    // That the volume is at least noted in the file is true of OpenTimelineIO only.
    const others = losses.filter(({ code }) => code !== 'interchange/volume');
    return { text: written.text, losses: [...others, ...written.losses] };
  },
};

/**
 * Writes a timeline as an interchange file, in the format that its name says, and says what it could not carry.
 * Refuses `interchange/format-not-supported` and what writing refuses.
 */
export async function exportTimeline(
  project: ProjectReader,
  timelineId: string,
  options: { path: string; force: boolean },
): Promise<{ output: string; losses: Loss[] }> {
  const output = resolve(options.path);
  const write = WRITERS[extname(output).toLowerCase()];
  if (write === undefined) {
    refuse(
      'interchange/format-not-supported',
      `Inkreel does not write timelines as “${basename(output)}”. Give the file a name that ends in .otio or .edl.`,
      { path: output },
    );
  }
  const { text, losses } = write(
    interchangeFromProject(project, timelineId, { folder: dirname(output) }),
  );
  await writeOutput(output, { force: options.force }, (temporary) => writeFile(temporary, text));
  return { output, losses };
}
