import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { formatAss } from '#core/captions/formatAss.ts';
import { formatVtt } from '#core/captions/formatVtt.ts';
import { formatSrt } from '#core/captions/srt.ts';
import type { Loss } from '#core/contract/films.ts';
import { refuse } from '#core/fault.ts';
import type { Cue, ObjectId } from '#core/model/entities.ts';
import { type ProjectReader, tracksOfKind } from '#core/model/project.ts';
import { type Flicks, LONGEST_TIME, ZERO } from '#core/time/flicks.ts';
import { writeOutput } from '../files/outputFile.ts';

type Writer = (
  cues: readonly Cue[],
  range: { start: Flicks; end: Flicks },
) => { text: string; losses: Loss[] };

const WRITERS: Record<string, Writer> = {
  '.srt': (cues, range) => ({ text: formatSrt(cues, range), losses: [] }),
  '.vtt': (cues, range) => ({ text: formatVtt(cues, range), losses: [] }),
  '.ass': formatAss,
};

/**
 * Writes the captions of all caption tracks of a timeline that are not hidden, in the format that the name of the file
 * says. Refuses `captions/format-not-supported`, `captions/none`, and what `writeOutput` refuses.
 */
export async function writeCaptionFile(
  project: ProjectReader,
  timelineId: ObjectId,
  target: { output: string; force: boolean },
): Promise<{ output: string; cues: number; losses: Loss[] }> {
  const { output, force } = target;
  const write = WRITERS[extname(output).toLowerCase()];
  if (write === undefined) {
    refuse(
      'captions/format-not-supported',
      `Inkreel does not write captions as “${basename(output)}”. Give the file a name that ends in .srt, .vtt or .ass.`,
      { path: output },
    );
  }
  const cues = tracksOfKind(project, timelineId, 'caption')
    .filter((track) => track.muted !== true)
    .flatMap((track) => project.itemsOn(track.id))
    .filter((item): item is Cue => item.kind === 'cue');
  if (cues.length === 0) {
    refuse('captions/none', 'This timeline has no captions that are shown. Nothing was written.', {
      timelineId,
    });
  }
  const { text, losses } = write(cues, { start: ZERO, end: LONGEST_TIME });
  await writeOutput(output, { force }, (temporary) => writeFile(temporary, text));
  return { output, cues: cues.length, losses };
}
