import { refuse } from '../../fault.ts';
import type { Clip, ObjectId } from '../../model/entities.ts';
import { companions } from '../arrange.ts';
import type { Draft } from '../draft.ts';

/** What a clip is: something to see or something to hear. */
export type Half = 'picture' | 'sound';

export function halfOf(draft: Draft, clip: Clip): Half {
  return draft.trackOf(clip).trackKind === 'audio' ? 'sound' : 'picture';
}

/**
 * The clips that a change of the picture or of the sound of named clips is for: each itself, or, where it is of the
 * other half, those of the half that are linked with it (`linked` only). Titles, captions and clips without the half
 * are passed over; where nothing is left, refuses `edit/no-picture` or `edit/no-sound`. Refuses `edit/track-locked`.
 */
export function clipsOfHalf(
  draft: Draft,
  clipIds: readonly ObjectId[],
  half: Half,
  scope: 'linked' | 'alone',
): Clip[] {
  const isOfHalf = (clip: Clip) => halfOf(draft, clip) === half;
  const found = clipIds.flatMap((id) => {
    const item = draft.needItem(id);
    if (item.kind !== 'clip') return [];
    return isOfHalf(item) ? [item] : companions(draft, item, scope).filter(isClip).filter(isOfHalf);
  });
  return unlockedClips(draft, found, half, clipIds);
}

/** `found`, each once. Refuses `edit/no-picture` or `edit/no-sound` when there is none, and `edit/track-locked`. */
export function unlockedClips(
  draft: Draft,
  found: readonly Clip[],
  half: Half,
  clipIds: readonly ObjectId[],
): Clip[] {
  const clips = [...new Map(found.map((clip) => [clip.id, clip])).values()];
  if (clips.length === 0 && half === 'sound') {
    refuse('edit/no-sound', 'This clip has no sound of its own.', { clipIds: [...clipIds] });
  }
  if (clips.length === 0) {
    refuse('edit/no-picture', 'This clip has no picture of its own.', { clipIds: [...clipIds] });
  }
  for (const clip of clips) draft.refuseLocked(draft.trackOf(clip));
  return clips;
}

export function isClip(item: { kind: string }): item is Clip {
  return item.kind === 'clip';
}
