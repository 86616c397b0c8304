import type { Cue, ObjectId, Track } from '../model/entities.ts';
import { type ProjectReader, tracksOfKind } from '../model/project.ts';

/** The caption tracks of a timeline that are shown and burnt in: not muted; while any is solo, only those that are. */
export function shownCaptionTracks(project: ProjectReader, timelineId: ObjectId): Track[] {
  return shownTracks(tracksOfKind(project, timelineId, 'caption'));
}

/** Of the tracks of one kind, those that are seen: not muted; while any is solo, only those that are. */
export function shownTracks(tracks: readonly Track[]): Track[] {
  const isAnySolo = tracks.some((track) => track.solo);
  return tracks.filter((track) => !track.muted && (!isAnySolo || track.solo));
}

/** The captions of tracks that are not switched off. */
export function captionsOn(project: ProjectReader, tracks: readonly Track[]): Cue[] {
  return tracks
    .flatMap((track) => project.itemsOn(track.id))
    .filter((item): item is Cue => item.kind === 'cue' && !item.disabled);
}

/** Whether two language tags (BCP 47) are the same; case means nothing in them. */
export function isSameLanguage(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/** Whether a tag is of a language: itself or a kind of it, as `de-AT` is of `de` (RFC 4647, basic filtering). */
export function isOfLanguage(tag: string | undefined, language: string): boolean {
  const [tagged, wanted] = [tag?.toLowerCase() ?? '', language.toLowerCase()];
  return tagged === wanted || tagged.startsWith(`${wanted}-`);
}
