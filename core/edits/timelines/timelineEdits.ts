import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type ObjectId, objectIdSchema, type Track } from '../../model/entities.ts';
import { ZERO } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import { copyItems, copyMarkers } from '../clips/copyItems.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { chosenIdSchema } from '../ids.ts';

/**
 * Marks a stretch of a timeline for an export or a three-point edit; what is not given stays.
 *
 *   ░░░[in ░░░░░ out]░░░     (the end is the first moment outside; either may be missing)
 *
 * Scope: the marked range of this timeline. Clamping: none. `edit/bad-duration`: the end is not after the beginning.
 * `edit/bad-time` before zero.
 */
export const timelineSetMarkedRange = defineEdit({
  type: 'timeline.setMarkedRange',
  label: 'Mark range',
  summary:
    'Marks the beginning or end of a range on a timeline, or takes marks away. Nothing else changes.',
  parameters: {
    timelineId: objectIdSchema,
    in: timeInputSchema.optional().describe('First moment in the range.'),
    out: timeInputSchema.optional().describe('First moment after the range.'),
    clear: z.enum(['in', 'out', 'both']).optional().describe('Which marks to take away first.'),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const { clear, in: first, out: last } = command;
    const kept = timeline.markedRange ?? {};
    const from = first === undefined ? keptUnless(clear, 'in', kept.in) : timeOn(timeline, first);
    const to = last === undefined ? keptUnless(clear, 'out', kept.out) : timeOn(timeline, last);
    if (from !== undefined && to !== undefined && to <= from) {
      refuse('edit/bad-duration', 'The range ends before it begins. Mark its end later.', {
        in: from,
        out: to,
      });
    }
    const markedRange = {
      ...(from === undefined ? {} : { in: from }),
      ...(to === undefined ? {} : { out: to }),
    };
    const isEmpty = Object.keys(markedRange).length === 0;
    draft.set<'timeline'>(timeline.id, { markedRange: isEmpty ? undefined : markedRange });
    return {};
  },
});

function keptUnless<T>(clear: 'in' | 'out' | 'both' | undefined, mark: 'in' | 'out', value: T) {
  return clear === mark || clear === 'both' ? undefined : value;
}

/** Gives a timeline another name; clips that show it keep theirs. Scope: that name. */
export const timelineRename = defineEdit({
  type: 'timeline.rename',
  label: 'Rename timeline',
  summary: 'Gives a timeline another name. Nothing else changes.',
  parameters: { timelineId: objectIdSchema, name: z.string().trim().min(1).max(500) },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    draft.set<'timeline'>(timeline.id, { name: command.name });
    return {};
  },
});

/**
 * Copies a timeline with its tracks, everything on them, transitions, markers, links and groups. Timelines that it
 * shows are not copied: both show the same ones. Scope: new objects only. `edit/id-taken` for a chosen id that exists.
 */
export const timelineDuplicate = defineEdit({
  type: 'timeline.duplicate',
  label: 'Duplicate timeline',
  summary: 'Copies a timeline with everything on it. The original stays as it is.',
  parameters: {
    timelineId: objectIdSchema,
    name: z.string().trim().min(1).max(500).optional().describe('Default: the name with “copy”.'),
    newTimelineId: chosenIdSchema.optional().describe('Id for the copy; default: a new one.'),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const { id: _id, kind: _kind, deleted: _deleted, ...registers } = timeline;
    const name = command.name ?? `${timeline.name.slice(0, 490)} copy`;
    const timelineId = draft.create('timeline', { ...registers, name }, command.newTimelineId);
    const tracks = draft.project.tracksOf(timeline.id);
    const trackIds = new Map(
      tracks.map((track) => [track.id, copyTrack(draft, track, timelineId)]),
    );
    const items = tracks.flatMap((track) => draft.project.itemsOn(track.id));
    copyItems(draft, items, {
      trackOf: (item) => trackIds.get(item.placement.trackId) ?? item.placement.trackId,
      by: ZERO,
    });
    copyMarkers(draft, timeline.id, timelineId);
    return { timelineId };
  },
});

function copyTrack(draft: Draft, track: Track, timelineId: ObjectId): ObjectId {
  const { id: _id, kind, deleted: _deleted, ...registers } = track;
  return draft.create(kind, { ...registers, timelineId });
}

/**
 * Removes a timeline with everything on it. Scope: that timeline, its tracks, items, transitions and markers.
 * `edit/timeline-nested`: a clip of another timeline shows it. `edit/last-timeline`: it is the only one.
 * `edit/track-locked`: one of its tracks is locked.
 */
export const timelineRemove = defineEdit({
  type: 'timeline.remove',
  label: 'Remove timeline',
  summary: 'Removes a timeline with everything on it, unless it is the last or shown in another.',
  parameters: { timelineId: objectIdSchema },
  apply(draft, command) {
    const { project } = draft;
    const timeline = draft.need('timeline', command.timelineId);
    const nests = project.nestsOf(timeline.id);
    if (nests.length > 0) {
      refuse(
        'edit/timeline-nested',
        `“${timeline.name}” is shown in another timeline. Remove the clips that show it first.`,
        { clipIds: nests.map((clip) => clip.id) },
      );
    }
    if (project.all('timeline').length === 1) {
      refuse('edit/last-timeline', 'A film has at least one timeline. Make another one first.');
    }
    const removeMarkers = (ownerId: ObjectId) => {
      for (const marker of project.markersOf(ownerId)) draft.remove(marker.id);
    };
    for (const track of project.tracksOf(timeline.id)) {
      draft.refuseLocked(track);
      for (const item of [...project.itemsOn(track.id)]) {
        for (const transition of project.transitionsOf(item.id)) draft.remove(transition.id);
        removeMarkers(item.id);
        draft.remove(item.id);
      }
      draft.remove(track.id);
    }
    removeMarkers(timeline.id);
    draft.remove(timeline.id);
    return {};
  },
});
