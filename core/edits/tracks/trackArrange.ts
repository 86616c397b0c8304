import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { orderBetween } from '../draft.ts';
import { defineEdit } from '../definition.ts';

/** Takes an empty track away. Refuses `edit/track-not-empty` and `edit/track-locked`. */
export const trackRemove = defineEdit({
  type: 'track.remove',
  label: 'Remove track',
  summary: 'Takes an empty track away; the others stay as they are.',
  parameters: { trackId: objectIdSchema },
  apply(draft, command) {
    const track = draft.need('track', command.trackId);
    draft.refuseLocked(track);
    const items = draft.project.itemsOn(track.id).length;
    if (items > 0) {
      refuse(
        'edit/track-not-empty',
        `Track “${track.name}” is not empty. Delete or move what stands on it first.`,
        { trackId: track.id, items },
      );
    }
    draft.remove(track.id);
    return {};
  },
});

/**
 * Puts a track directly above another one of its timeline, or below all.
 *
 *   V3 V2 V1   →   V2 V3 V1     (V3 above V1; later tracks lie above earlier ones)
 *
 * Sound stays below everything else, as the timeline shows it: an order that mixes them refuses `edit/wrong-track`.
 * Scope: the order of this one track.
 */
export const trackReorder = defineEdit({
  type: 'track.reorder',
  label: 'Move track',
  summary: 'Puts a track directly above another one, or below all. What stands on it goes along.',
  parameters: {
    trackId: objectIdSchema,
    aboveId: objectIdSchema.optional().describe('Track to lie directly above; default: none.'),
  },
  apply(draft, command) {
    const track = draft.need('track', command.trackId);
    draft.refuseLocked(track);
    if (command.aboveId === track.id) return {};
    const others = draft.project
      .tracksOf(track.timelineId)
      .filter((other) => other.id !== track.id);
    const index = others.findIndex((other) => other.id === command.aboveId);
    if (command.aboveId !== undefined && index < 0) {
      refuse('edit/wrong-track', 'That track is not on the same timeline.', {
        trackId: command.aboveId,
      });
    }
    const below = others[index];
    const sequence = others.toSpliced(index + 1, 0, track);
    const firstOther = sequence.findIndex((each) => each.trackKind !== 'audio');
    if (firstOther >= 0 && sequence.slice(firstOther).some((each) => each.trackKind === 'audio')) {
      refuse('edit/wrong-track', 'Sound tracks lie below all others.', { trackId: track.id });
    }
    // Two devices may have given neighbours the same order; between those there is no room.
    const above = others.slice(index + 1).find((other) => !below || other.order > below.order);
    draft.set<'track'>(track.id, { order: orderBetween(below?.order, above?.order) });
    return {};
  },
});
