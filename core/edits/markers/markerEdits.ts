import { z } from 'zod';
import { refuse } from '../../fault.ts';
import {
  type Clip,
  MARKER_COLORS,
  type Marker,
  type ObjectId,
  objectIdSchema,
  registerSchemas,
  type Timeline,
} from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { sourceTimeAt } from '../../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../../time/flicks.ts';
import { type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { distanceOn, timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { chosenIdSchema } from '../ids.ts';

const { markerKind, note } = registerSchemas.marker.shape;
const nameSchema = z.string().trim().max(500);
const markerIdsSchema = z.array(objectIdSchema).min(1).max(10_000);

/**
 * Marks a moment of a timeline, or of a clip.
 *
 *        ▼            on the timeline: goes along with what begins later when an edit pushes or pulls
 *   V1 ███▲██████     on a clip: stays with the picture through moves, trims, cuts and changes of speed
 *
 * A marker of a clip is kept at the time of its source, and out of sight while the clip does not show that. Chapters
 * are markers of kind `chapter` on the timeline. Scope: the new marker. Clamping: none; `edit/not-inside`: the clip is
 * not under way then. `edit/cannot-mark`: a frozen clip, whose moments are all alike, a chapter on a clip, or a title
 * or caption. `edit/bad-duration`, `edit/bad-time`, `edit/track-locked`, `edit/id-taken`.
 */
export const markerAdd = defineEdit({
  type: 'marker.add',
  label: 'Add marker',
  summary: 'Marks a moment, or a stretch, of a timeline or of a clip. Nothing else changes.',
  parameters: {
    ownerId: objectIdSchema.describe('The timeline, or the clip.'),
    at: timeInputSchema.describe('Timeline time, also for a clip.'),
    duration: timeInputSchema.optional().describe('Default: a moment.'),
    markerKind: markerKind.default('standard'),
    name: nameSchema.default(''),
    note: note.describe('More words about it.'),
    color: z.enum(MARKER_COLORS).optional(),
    markerId: chosenIdSchema.optional().describe('Id for the new marker; default: a new one.'),
  },
  apply(draft, command) {
    const { name, color } = command;
    const owner = ownerOf(draft, command.ownerId);
    refuseChapterOnClip(owner, command.markerKind);
    const at = timeOn(owner.timeline, command.at);
    const duration = lengthOn(owner.timeline, command.duration ?? 0);
    const markerId = draft.create(
      'marker',
      {
        ownerId: command.ownerId,
        span: spanAt(owner, at, duration),
        markerKind: command.markerKind,
        name,
        ...(command.note === undefined ? {} : { note: command.note }),
        ...(color === undefined ? {} : { color }),
      },
      command.markerId,
    );
    return { markerId };
  },
});

/**
 * Changes what markers are called and how they look; what is not given stays. The duration of a clip’s marker counts
 * in its source. Refuses `edit/cannot-mark` for a chapter on a clip, `edit/bad-duration`, `edit/track-locked`.
 */
export const markerSet = defineEdit({
  type: 'marker.set',
  label: 'Change marker',
  summary: 'Changes name, note, colour, kind or duration of markers; what is not given stays.',
  parameters: {
    markerIds: markerIdsSchema,
    name: nameSchema.optional(),
    note: note.unwrap().nullable().optional().describe('Null: none.'),
    color: z.enum(MARKER_COLORS).nullable().optional().describe('Null: the usual one.'),
    markerKind: markerKind.optional(),
    duration: timeInputSchema.optional().describe('0: a moment.'),
  },
  apply(draft, command) {
    for (const { marker, owner } of markersOf(draft, command.markerIds)) {
      refuseChapterOnClip(owner, command.markerKind);
      const { duration, color } = command;
      draft.set<'marker'>(marker.id, {
        ...(command.name === undefined ? {} : { name: command.name }),
        ...(command.note === undefined ? {} : { note: command.note ?? undefined }),
        ...(color === undefined ? {} : { color: color ?? undefined }),
        ...(command.markerKind === undefined ? {} : { markerKind: command.markerKind }),
        ...(duration === undefined
          ? {}
          : { span: { ...marker.span, duration: lengthOn(owner.timeline, duration) } }),
      });
    }
    return {};
  },
});

/** Puts a marker at another time of its timeline or clip. Refusals: those of `marker.add`. Scope: the marker. */
export const markerMove = defineEdit({
  type: 'marker.move',
  label: 'Move marker',
  summary: 'Puts a marker at another time of its timeline or clip. Nothing else moves.',
  parameters: {
    markerId: objectIdSchema,
    to: timeInputSchema.describe('Timeline time, also for a marker of a clip.'),
  },
  apply(draft, command) {
    for (const { marker, owner } of markersOf(draft, [command.markerId])) {
      const { time } = spanAt(owner, timeOn(owner.timeline, command.to), ZERO);
      draft.set<'marker'>(marker.id, { span: { ...marker.span, time } });
    }
    return {};
  },
});

/** Takes markers away. Scope: the markers. Refuses `edit/track-locked` for those of clips on locked tracks. */
export const markerRemove = defineEdit({
  type: 'marker.remove',
  label: 'Remove marker',
  summary: 'Takes markers away. Nothing else changes.',
  parameters: { markerIds: markerIdsSchema },
  apply(draft, command) {
    for (const { marker } of markersOf(draft, command.markerIds)) draft.remove(marker.id);
    return {};
  },
});

/** What a marker marks; `clip` is absent for a marker of the timeline itself. */
type Owner = { timeline: Timeline; clip?: Clip };

function ownerOf(draft: Draft, ownerId: ObjectId): Owner {
  const item = draft.project.item(ownerId);
  if (item === undefined) return { timeline: draft.need('timeline', ownerId) };
  if (item.kind !== 'clip') {
    refuse('edit/cannot-mark', 'Titles and captions have no markers. Mark the timeline instead.', {
      itemId: item.id,
    });
  }
  draft.refuseLocked(draft.trackOf(item));
  return { timeline: draft.timelineOf(item), clip: item };
}

function markersOf(
  draft: Draft,
  markerIds: readonly ObjectId[],
): { marker: Marker; owner: Owner }[] {
  return [...new Set(markerIds)].map((id) => {
    const marker = draft.need('marker', id);
    return { marker, owner: ownerOf(draft, marker.ownerId) };
  });
}

/** Where a marker is kept whose beginning is at a time of the timeline: for a clip, by its source. */
function spanAt({ clip }: Owner, at: Flicks, duration: Flicks): Marker['span'] {
  if (clip === undefined) return { time: at, duration };
  if (at < itemStart(clip) || at >= itemEnd(clip)) {
    refuse('edit/not-inside', 'The marker must be inside its clip.', { clipId: clip.id, at });
  }
  const { sourceRange } = clip;
  if (sourceRange.in === sourceRange.out) {
    refuse('edit/cannot-mark', 'This clip stands still. Mark the timeline instead.', {
      clipId: clip.id,
    });
  }
  const offset = subtractFlicks(at, itemStart(clip));
  const [first, last] = [offset, addFlicks(offset, duration)].map((time) =>
    sourceTimeAt(sourceRange, time),
  );
  if (first === undefined || last === undefined) return { time: at, duration };
  return { time: minFlicks(first, last), duration: flicks(Math.abs(last - first)) };
}

function lengthOn(timeline: Timeline, input: TimeInput): Flicks {
  const duration = distanceOn(timeline, input);
  if (duration < 0) {
    refuse('edit/bad-duration', 'A marker cannot end before it begins.', { duration });
  }
  return duration;
}

function refuseChapterOnClip({ clip }: Owner, kind: Marker['markerKind'] | undefined): void {
  if (clip === undefined || kind !== 'chapter') return;
  refuse('edit/cannot-mark', 'Chapters are marked on the timeline, not on a clip.', {
    clipId: clip.id,
  });
}
