import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { audioStreamOf, videoStreamOf } from '../../media/facts.ts';
import { type Asset, type Clip, objectIdSchema } from '../../model/entities.ts';
import { itemDuration, itemStart } from '../../model/items.ts';
import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { wholeFrames } from '../../time/rate.ts';
import { resolveTime, timeInputSchema } from '../../time/timeInput.ts';
import { companions } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';

/**
 * Shows part of another asset in the place of a clip, for as long.
 *
 *   ███ A A A ███   →   ███ B B B ███     (place, duration, link and volume stay)
 *
 * Linked clips of the same asset are replaced with it, in step. Scope: asset, source range and name of those clips;
 * a dissolve that lacks media afterwards becomes shorter. Clamping: none; `edit/beyond-media` where the asset is too
 * short, with what there is in the details. `edit/nothing-to-use`: it lacks the picture or sound that a clip needs.
 */
export const clipReplace = defineEdit({
  type: 'clip.replace',
  label: 'Replace clip',
  summary:
    'Shows part of another asset in a clip’s place and for its duration, with its linked clips. Nothing moves.',
  parameters: {
    clipId: objectIdSchema,
    assetId: objectIdSchema,
    in: timeInputSchema
      .optional()
      .describe('First moment of the asset to use; default its beginning.'),
    name: z.string().trim().min(1).max(500).optional().describe('Default: the asset’s name.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const clip = draft.need('clip', command.clipId);
    const asset = draft.need('asset', command.assetId);
    const { frameRate } = draft.timelineOf(clip).format;
    const first = command.in === undefined ? ZERO : resolveTime(command.in, frameRate);
    const affected = companions(draft, clip, command.scope).filter(
      (other): other is Clip =>
        other.kind === 'clip' &&
        other.assetId === clip.assetId &&
        other.nestedTimelineId === clip.nestedTimelineId,
    );
    for (const other of affected) {
      draft.refuseLocked(draft.trackOf(other));
      const offset = subtractFlicks(itemStart(other), itemStart(clip));
      draft.set<'clip'>(other.id, {
        assetId: asset.id,
        nestedTimelineId: undefined,
        sourceRange: rangeFor(draft, other, asset, addFlicks(first, offset)),
        name: command.name ?? asset.name,
      });
    }
    return { clipIds: affected.map((other) => other.id) };
  },
});

/** The range of `asset` from `first` on that lasts as long as `clip`. */
function rangeFor(draft: Draft, clip: Clip, asset: Asset, first: Flicks): Clip['sourceRange'] {
  const isSound = draft.trackOf(clip).trackKind === 'audio';
  if (!(isSound ? audioStreamOf(asset.facts) : videoStreamOf(asset.facts))) {
    refuse(
      'edit/nothing-to-use',
      `“${asset.name}” has no ${isSound ? 'sound' : 'picture'} to use.`,
      { assetId: asset.id, clipId: clip.id },
    );
  }
  const duration = itemDuration(clip);
  if (asset.facts.mediaKind === 'image') return { in: ZERO, out: duration };
  const { frameRate } = draft.timelineOf(clip).format;
  const rest = wholeFrames(subtractFlicks(asset.facts.duration, first), frameRate);
  if (first < 0 || rest < duration) {
    refuse('edit/beyond-media', `“${asset.name}” is too short to replace this from there.`, {
      clipId: clip.id,
      available: { in: 0, out: asset.facts.duration },
      asked: { in: first, out: addFlicks(first, duration) },
    });
  }
  return { in: first, out: addFlicks(first, duration) };
}
