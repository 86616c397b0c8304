import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Clip, objectIdSchema, type Timeline } from '../../model/entities.ts';
import type { ProjectReader } from '../../model/project.ts';
import { slipRange } from '../../model/sourceRange.ts';
import { flicks, maxFlicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { snapToFrame, wholeFrames } from '../../time/rate.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import {
  allLimits,
  availableRange,
  companions,
  distanceOn,
  type Limits,
  refuseBeyondLimits,
} from '../arrange.ts';
import { defineEdit } from '../definition.ts';

/**
 * Shows another part of the source in the same place.
 *
 *   source  ..[DEFG]....   →   ....[FGHI]..
 *   V1      ██ DEFG ████   →   ██ FGHI ████     (place and duration stay)
 *
 * Linked clips slip by as much, so that they stay in step; linked still pictures have nothing to slip. Scope: source
 * ranges only; a dissolve that lacks media afterwards becomes shorter. Clamping: none; past the media refuses
 * `edit/beyond-limit` with the limits of `by` in the details. `edit/nothing-to-slip`: the item has no source in time.
 */
export const clipSlip = defineEdit({
  type: 'clip.slip',
  label: 'Slip clip',
  summary:
    'Changes which part of its source a clip and its linked clips show. Place and duration stay; nothing moves.',
  parameters: {
    clipId: objectIdSchema,
    by: timeInputSchema.describe('Positive shows a later part of the source.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    const timeline = draft.timelineOf(item);
    const by = distanceOn(timeline, command.by);
    if (item.kind !== 'clip' || availableRange(draft.project, item) === null) {
      refuse('edit/nothing-to-slip', 'Only clips of film or sound have other parts to show.', {
        itemId: item.id,
      });
    }
    const affected = companions(draft, item, command.scope).filter(
      (other): other is Clip =>
        other.kind === 'clip' && availableRange(draft.project, other) !== null,
    );
    for (const clip of affected) draft.refuseLocked(draft.trackOf(clip));
    const limits = affected.map((clip) => slipLimits(draft.project, clip, timeline));
    refuseBeyondLimits(by, allLimits(limits), { itemId: item.id });
    for (const clip of affected) {
      draft.set<'clip'>(clip.id, { sourceRange: slipRange(clip.sourceRange, by) });
    }
    return { clipIds: affected.map((clip) => clip.id) };
  },
});

function slipLimits(project: ProjectReader, clip: Clip, timeline: Timeline): Limits {
  const { frameRate } = timeline.format;
  const available = availableRange(project, clip) ?? clip.sourceRange;
  const ahead = subtractFlicks(clip.sourceRange.in, available.in);
  const behind = subtractFlicks(available.out, clip.sourceRange.out);
  return {
    min: flicks(-snapToFrame(ahead, frameRate, 'floor')),
    max: maxFlicks(ZERO, wholeFrames(behind, frameRate)),
  };
}
