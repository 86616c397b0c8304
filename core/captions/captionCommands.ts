import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import type { EditCommand } from '../edits/registry.ts';
import type { ObjectId, Timeline, Track } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { firstIndexEndingAfter, type ProjectReader, tracksOfKind } from '../model/project.ts';
import { addFlicks, flicks, maxFlicks, subtractFlicks } from '../time/flicks.ts';
import { frameDuration, type Rate, snapToFrame } from '../time/rate.ts';
import type { CaptionCue } from './captionCue.ts';
import { CaptionLosses } from './captionLosses.ts';
import { isSameLanguage } from './captionTracks.ts';
import { laterWords, wordsWithin } from './captionWords.ts';

/** Where captions go: the id for a track should one be made, and what the user chose. */
type CaptionTarget = {
  newTrackId: ObjectId;
  trackId?: ObjectId | undefined;
  language?: string | undefined;
};

/**
 * The edit commands that add captions to a timeline, to be applied as one edit: to the track that was chosen; else to
 * the first caption track, of the language if one was chosen, where there is room for all of them on it; else to a new
 * one, so that a second language gets a second track. `cues` are in the order of time and do not overlap. Times move
 * to the nearest frame, those of words stay; a caption for which no frame is left is left out and reported.
 * Refuses `captions/no-room` where captions stand in the way on the chosen track, and `captions/no-such-track`.
 */
export function captionCommands(
  project: ProjectReader,
  timeline: Timeline,
  cues: readonly CaptionCue[],
  target: CaptionTarget,
): { commands: EditCommand[]; losses: Loss[] } {
  const { cues: placed, losses } = onFrames(cues, timeline.format.frameRate);
  const { language } = target;
  const track = roomyTrack(project, timeline, placed, target);
  const commands: EditCommand[] = placed.map(({ start, end, text, words }, index) => ({
    type: 'caption.add',
    timelineId: timeline.id,
    trackId: track?.id ?? target.newTrackId,
    at: start,
    duration: end - start,
    text,
    ...(words === undefined ? {} : { words }),
    // The first gives its language to the track.
    ...(language === undefined || index > 0 ? {} : { language }),
  }));
  if (track === undefined && commands.length > 0) {
    commands.unshift({
      type: 'track.add',
      timelineId: timeline.id,
      trackKind: 'caption',
      trackId: target.newTrackId,
    });
  }
  return { commands, losses };
}

function roomyTrack(
  project: ProjectReader,
  timeline: Timeline,
  cues: readonly CaptionCue[],
  { trackId, language }: CaptionTarget,
): Track | undefined {
  const tracks = tracksOfKind(project, timeline.id, 'caption');
  if (trackId !== undefined) {
    const chosen = tracks.find((track) => track.id === trackId);
    if (chosen === undefined) {
      refuse('captions/no-such-track', 'This timeline has no such caption track.', {
        trackId,
        tracks: tracks.map(({ id, name }) => ({ id, name })),
      });
    }
    // A locked track refuses the commands themselves.
    if (chosen.locked || isFree(project, chosen, cues)) return chosen;
    refuse(
      'captions/no-room',
      `Captions stand in the way on track “${chosen.name}”. Choose another track, or none to get a new one.`,
      { trackId },
    );
  }
  return tracks
    .filter((track) => language === undefined || isSameLanguage(track.language, language))
    .slice(0, 1)
    .find((track) => !track.locked && isFree(project, track, cues));
}

function onFrames(
  cues: readonly CaptionCue[],
  frameRate: Rate,
): { cues: CaptionCue[]; losses: Loss[] } {
  const losses = new CaptionLosses();
  const placed = cues.flatMap((cue, index) => {
    const start = snapToFrame(cue.start, frameRate);
    const next = cues[index + 1];
    const limit = next === undefined ? null : snapToFrame(next.start, frameRate);
    const shortest = addFlicks(start, frameDuration(frameRate));
    const end = maxFlicks(snapToFrame(cue.end, frameRate), shortest);
    if (limit === null || end <= limit) return [moved(cue, start, end)];
    losses.noteAt('captions/too-short', cue.start);
    return [];
  });
  return { cues: placed, losses: losses.list() };
}

/** The caption between new edges, its words spoken when they were. */
function moved(cue: CaptionCue, start: CaptionCue['start'], end: CaptionCue['end']): CaptionCue {
  const words =
    cue.words &&
    wordsWithin(laterWords(cue.words, cue.start - start), flicks(0), subtractFlicks(end, start));
  return { start, end, text: cue.text, ...(words === undefined ? {} : { words }) };
}

function isFree(project: ProjectReader, track: Track, cues: readonly CaptionCue[]): boolean {
  const items = project.itemsOn(track.id);
  return cues.every(({ start, end }) => {
    const item = items[firstIndexEndingAfter(items, start)];
    return item === undefined || itemStart(item) >= end || itemEnd(item) <= start;
  });
}
