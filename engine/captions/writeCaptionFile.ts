import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { formatAss } from '#core/captions/formatAss.ts';
import { formatVtt } from '#core/captions/formatVtt.ts';
import { captionsOn, isOfLanguage, shownCaptionTracks } from '#core/captions/captionTracks.ts';
import { formatSrt, srtLosses } from '#core/captions/srt.ts';
import type { Loss } from '#core/contract/films.ts';
import { refuse } from '#core/fault.ts';
import type { Cue, ObjectId, Track } from '#core/model/entities.ts';
import { type ProjectReader, tracksOfKind } from '#core/model/project.ts';
import { type Flicks, LONGEST_TIME, ZERO } from '#core/time/flicks.ts';
import { writeOutput } from '../files/outputFile.ts';

type Writer = (
  cues: readonly Cue[],
  range: { start: Flicks; end: Flicks },
) => { text: string; losses: Loss[] };

const WRITERS: Record<string, Writer> = {
  '.srt': (cues, range) => ({ text: formatSrt(cues, range), losses: srtLosses(cues, range) }),
  '.vtt': formatVtt,
  '.ass': formatAss,
};

/** What of a timeline’s captions to write; by default those that are shown. */
type CaptionChoice = { trackId?: ObjectId | undefined; language?: string | undefined };

/**
 * Writes captions of a timeline in the format that the name of the file says: of one track or one language, hidden or
 * not, when it is chosen, else of all tracks that are shown. Captions that are switched off are left out. Refuses
 * `captions/format-not-supported`, `captions/none`, `captions/no-such-track`, `captions/no-such-language` (the details
 * name those there are), and what `writeOutput` refuses.
 */
export async function writeCaptionFile(
  project: ProjectReader,
  timelineId: ObjectId,
  target: { output: string; force: boolean },
  choice: CaptionChoice = {},
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
  const cues = captionsOn(project, chosenTracks(project, timelineId, choice));
  if (cues.length === 0) {
    refuse('captions/none', 'There are no captions that are shown to write. Nothing was written.', {
      timelineId,
    });
  }
  const { text, losses } = write(cues, { start: ZERO, end: LONGEST_TIME });
  await writeOutput(output, { force }, (temporary) => writeFile(temporary, text));
  return { output, cues: cues.length, losses };
}

function chosenTracks(
  project: ProjectReader,
  timelineId: ObjectId,
  { trackId, language }: CaptionChoice,
): Track[] {
  const tracks = tracksOfKind(project, timelineId, 'caption');
  if (trackId === undefined && language === undefined) {
    return shownCaptionTracks(project, timelineId);
  }
  const named = tracks.filter((track) => trackId === undefined || track.id === trackId);
  if (named.length === 0 && trackId !== undefined) {
    refuse('captions/no-such-track', 'This timeline has no such caption track.', {
      trackId,
      tracks: tracks.map(({ id, name }) => ({ id, name })),
    });
  }
  if (language === undefined) return named;
  const found = named.filter((track) => isOfLanguage(track.language, language));
  if (found.length > 0) return found;
  refuse(
    'captions/no-such-language',
    `There are no captions in “${language}” to write. Nothing was written.`,
    { language, available: [...new Set(named.flatMap((track) => track.language ?? []))] },
  );
}
