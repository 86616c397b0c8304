import type { Clip } from '#core/model/entities.ts';
import { itemDuration, itemStart } from '#core/model/items.ts';
import { CLIP_PARAMETERS, type ClipParameter } from '#core/model/parameters.ts';
import type { Target } from './parameterReading.ts';

/** Parameters of clips as what a row shows and changes. */
export function clipTargets(clips: readonly Clip[], names: readonly ClipParameter[]): Target[] {
  return clips.flatMap((clip) =>
    names.map((parameter) => ({
      clipId: clip.id,
      parameter,
      value: clip[parameter] ?? CLIP_PARAMETERS[parameter].default,
      start: itemStart(clip),
      duration: itemDuration(clip),
    })),
  );
}

/** What several things have in common; null where they differ. */
export function common<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}
