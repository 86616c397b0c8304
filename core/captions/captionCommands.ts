import type { Loss } from '../contract/films.ts';
import type { EditCommand } from '../edits/registry.ts';
import type { ObjectId, Timeline, Track } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { firstIndexEndingAfter, type ProjectReader, tracksOfKind } from '../model/project.ts';
import { addFlicks, maxFlicks } from '../time/flicks.ts';
import { frameDuration, type Rate, snapToFrame } from '../time/rate.ts';
import type { CaptionCue } from './captionCue.ts';
import { CaptionLosses } from './captionLosses.ts';

/**
 * The edit commands that add captions to a timeline, to be applied as one edit: to its first caption track where there
 * is room for all of them on it, else to a new one, which gets `trackId`. `cues` are in the order of time and do not
 * overlap. Times move to the nearest frame; a caption for which no frame is left is left out and reported.
 */
export function captionCommands(
  project: ProjectReader,
  timeline: Timeline,
  cues: readonly CaptionCue[],
  trackId: ObjectId,
): { commands: EditCommand[]; losses: Loss[] } {
  const { cues: placed, losses } = onFrames(cues, timeline.format.frameRate);
  const roomy = tracksOfKind(project, timeline.id, 'caption')
    .slice(0, 1)
    .find((track) => hasRoom(project, track, placed));
  const target = roomy?.id ?? trackId;
  const commands: EditCommand[] = placed.map(({ start, end, text }) => ({
    type: 'caption.add',
    timelineId: timeline.id,
    trackId: target,
    at: start,
    duration: end - start,
    text,
  }));
  if (roomy === undefined && commands.length > 0) {
    commands.unshift({
      type: 'track.add',
      timelineId: timeline.id,
      trackKind: 'caption',
      trackId,
    });
  }
  return { commands, losses };
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
    if (limit === null || end <= limit) return [{ ...cue, start, end }];
    losses.noteAt('captions/too-short', cue.start);
    return [];
  });
  return { cues: placed, losses: losses.list() };
}

function hasRoom(project: ProjectReader, track: Track, cues: readonly CaptionCue[]): boolean {
  if (track.locked === true) return false;
  const items = project.itemsOn(track.id);
  return cues.every(({ start, end }) => {
    const item = items[firstIndexEndingAfter(items, start)];
    return item === undefined || itemStart(item) >= end || itemEnd(item) <= start;
  });
}
