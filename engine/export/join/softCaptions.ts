import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { captionsOn, shownCaptionTracks } from '#core/captions/captionTracks.ts';
import { formatVtt } from '#core/captions/formatVtt.ts';
import { formatSrt } from '#core/captions/srt.ts';
import type { ObjectId } from '#core/model/entities.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { CONTAINERS } from '#core/render/formats.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { frameStart } from '#core/time/rate.ts';
import type { SoftCaptions } from './joinOptions.ts';

/** Writes the captions of each shown caption track as a file that becomes a track of the film; empty ones are left out. */
export async function writeSoftCaptions(
  film: { project: ProjectReader; timelineId: ObjectId; settings: ExportSettings },
  plan: ExportPlan,
  folder: string,
): Promise<SoftCaptions[]> {
  const { subtitles } = CONTAINERS[film.settings.container];
  if (film.settings.captions !== 'soft' || subtitles === null) return [];
  const range = {
    start: frameStart(plan.startFrame, plan.frameRate),
    end: frameStart(plan.endFrame, plan.frameRate),
  };
  const written: SoftCaptions[] = [];
  for (const track of shownCaptionTracks(film.project, film.timelineId)) {
    const cues = captionsOn(film.project, [track]);
    const srt = formatSrt(cues, range);
    if (srt === '') continue;
    const isVtt = subtitles === 'webvtt';
    const path = join(folder, `captions-${written.length}.${isVtt ? 'vtt' : 'srt'}`);
    await writeFile(path, isVtt ? formatVtt(cues, range).text : srt);
    const { name, language } = track;
    written.push({ path, title: name, ...(language === undefined ? {} : { language }) });
  }
  return written;
}
