import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Loss } from '#core/contract/films.ts';
import { refuse } from '#core/fault.ts';
import { interchangeFromProject } from '#core/interchange/interchangeFromProject.ts';
import type { InterchangeTimeline } from '#core/interchange/interchangeTimeline.ts';
import { writeEdl } from '#core/interchange/toEdl.ts';
import { writeFcpxml } from '#core/interchange/toFcpxml.ts';
import { writeOtio } from '#core/interchange/toOtio.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { canDropFrames } from '#core/time/timecode.ts';
import { writeOutput } from '../files/outputFile.ts';

type Format = {
  /** Whether files name media by their places next to them. */
  media: 'relative' | 'absolute';
  write: (timeline: InterchangeTimeline) => { text: string; losses: Loss[] };
};

const FORMATS: Readonly<Record<string, Format>> = {
  '.otio': { media: 'relative', write: (timeline) => writeOtio(timeline) },
  // Final Cut Pro finds media by whole URLs only.
  '.fcpxml': { media: 'absolute', write: (timeline) => writeFcpxml(timeline) },
  '.edl': {
    media: 'relative',
    write: (timeline) =>
      writeEdl(timeline, canDropFrames(timeline.frameRate) ? 'drop-frame' : 'non-drop-frame'),
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
  const extension = extname(output).toLowerCase();
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  if (format === undefined) {
    refuse(
      'interchange/format-not-supported',
      `Inkreel does not write timelines as “${basename(output)}”. Give the file a name that ends in .otio, .fcpxml or .edl.`,
      { path: output },
    );
  }
  const folder = format.media === 'relative' ? dirname(output) : null;
  const reading = interchangeFromProject(project, timelineId, { folder });
  const { text, losses } = format.write(reading.timeline);
  await writeOutput(output, { force: options.force }, (temporary) => writeFile(temporary, text));
  return { output, losses: [...reading.losses, ...losses] };
}
