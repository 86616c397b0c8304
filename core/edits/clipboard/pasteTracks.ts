import type { CopiedTrack } from '../../clipboard/clipboard.ts';
import type { ObjectId, Timeline, Track } from '../../model/entities.ts';
import { tracksOfKind } from '../../model/project.ts';
import { addTrack, findTrack } from '../clips/clipPlacement.ts';
import type { Draft } from '../draft.ts';

/**
 * Where copied tracks go, by their ids. Named tracks are taken in their order, one for each of their kind. Others go to
 * the track of their kind at the same place (V2 to V2), never below one that was below them; where there is none, one
 * is made. Refuses `edit/wrong-track` and `edit/track-locked`.
 */
export function pasteTracks(
  draft: Draft,
  timeline: Timeline,
  copied: readonly CopiedTrack[],
  trackIds: readonly ObjectId[] = [],
): { trackIds: ReadonlyMap<ObjectId, ObjectId>; made: ObjectId[] } {
  const found = new Map<ObjectId, ObjectId>();
  const made: ObjectId[] = [];
  const named = trackIds.map((id) => {
    const track = draft.need('track', id);
    return findTrack(draft, timeline, track.trackKind, id);
  });
  for (const kind of new Set(copied.map((track) => track.trackKind))) {
    const ofKind = copied.filter((track) => track.trackKind === kind);
    const waiting = named.filter((track) => track.trackKind === kind);
    let next = 0;
    for (const track of ofKind.toSorted((a, b) => a.position - b.position)) {
      const there = fromTheLine(draft, timeline, kind);
      const chosen = waiting.shift() ?? there[Math.max(next, track.position)];
      const trackId = chosen?.id ?? addTrack(draft, timeline, kind);
      if (chosen === undefined) {
        made.push(trackId);
        if (track.language !== undefined) {
          draft.set<'track'>(trackId, { language: track.language });
        }
      }
      draft.refuseLocked(draft.need('track', trackId));
      found.set(track.id, trackId);
      const at = fromTheLine(draft, timeline, kind).findIndex(({ id }) => id === trackId);
      next = Math.max(next, at + 1);
    }
  }
  return { trackIds: found, made };
}

/** Tracks of a kind as people count them: V1 and A1 are nearest to the line between picture and sound. */
function fromTheLine(draft: Draft, timeline: Timeline, kind: Track['trackKind']): Track[] {
  const tracks = tracksOfKind(draft.project, timeline.id, kind);
  return kind === 'audio' ? tracks.toReversed() : tracks;
}
