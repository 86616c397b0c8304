import type { ObjectId, Track, TrackKind } from '../model/entities.ts';
import { type ProjectReader, tracksOfKind } from '../model/project.ts';

/**
 * Tracks of one kind that are seen or heard, lowest first: those that are not muted and, while any track of the kind
 * is solo, only the solo ones.
 */
export function activeTracks(
  project: ProjectReader,
  timelineId: ObjectId,
  kind: TrackKind,
): Track[] {
  const tracks = tracksOfKind(project, timelineId, kind);
  const hasSolo = tracks.some((track) => track.solo);
  return tracks.filter((track) => !track.muted && (!hasSolo || track.solo));
}
