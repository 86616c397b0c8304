import { refuse } from '../../fault.ts';
import type { Clip, Item, ObjectId } from '../../model/entities.ts';
import { itemStart } from '../../model/items.ts';
import { rangeDuration, type SourceRange } from '../../model/sourceRange.ts';
import { type Flicks, LONGEST_TIME, minFlicks, subtractFlicks } from '../../time/flicks.ts';
import { frameDuration } from '../../time/rate.ts';
import { availableRange, companions, place } from '../arrange.ts';
import type { Draft } from '../draft.ts';

/** Whether an item has a time of its own that can pass faster or slower. */
function isRunning(draft: Draft, item: Item): item is Clip {
  return item.kind === 'clip' && availableRange(draft.project, item) !== null;
}

/** The clip with this id. Refuses `edit/nothing-to-retime` for still pictures, titles and captions. */
export function needRunning(draft: Draft, id: ObjectId): Clip {
  const item = draft.needItem(id);
  if (isRunning(draft, item)) return item;
  refuse(
    'edit/nothing-to-retime',
    'Only clips of film, sound or a timeline have a speed. Still pictures, titles and captions last as long as you make them.',
    { itemId: id },
  );
}

/** A clip and those linked with it that have a time of their own, the clip first. Refuses `edit/track-locked`. */
export function runningGroup(draft: Draft, clip: Clip, scope: 'linked' | 'alone'): Clip[] {
  const others = companions(draft, clip, scope)
    .filter((other) => other.id !== clip.id)
    .filter((other): other is Clip => isRunning(draft, other));
  const group = [clip, ...others];
  for (const member of group) draft.refuseLocked(draft.trackOf(member));
  return group;
}

/** Whether the media of a clip has all of `range`, or the clip shows as much of it already. */
export function hasMediaFor(draft: Draft, clip: Clip, range: SourceRange): boolean {
  const available = availableRange(draft.project, clip);
  if (available === null) return true;
  // Lengths are often known only to the microsecond: less than a fiftieth of a frame does not count.
  const slack = frameDuration(draft.timelineOf(clip).format.frameRate) / 50;
  const first = Math.min(available.in, clip.sourceRange.in);
  const last = Math.max(available.out + slack, clip.sourceRange.out);
  return range.in >= first && range.out <= last;
}

/** Refuses `edit/beyond-media`, with what there is in the details, where the media of a clip lacks part of `range`. */
export function refuseBeyondMedia(draft: Draft, clip: Clip, range: SourceRange): void {
  if (hasMediaFor(draft, clip, range)) return;
  refuse(
    'edit/beyond-media',
    `“${clip.name}” does not have that much media. Nothing was changed; choose another speed, or trim the clip first.`,
    {
      clipId: clip.id,
      available: availableRange(draft.project, clip),
      asked: { in: range.in, out: range.out },
    },
  );
}

/** Gives a clip another range and start; fades that no longer fit become shorter. Refuses `edit/bad-time`. */
export function setRange(
  draft: Draft,
  clip: Clip,
  range: SourceRange,
  start: Flicks = itemStart(clip),
): void {
  const duration = rangeDuration(range);
  if (duration > LONGEST_TIME) {
    refuse('edit/bad-time', 'A timeline can be 30 days long. This clip would last longer.', {
      clipId: clip.id,
      duration,
    });
  }
  draft.set<'clip'>(clip.id, { sourceRange: range, ...fittingFades(clip, duration) });
  place(draft, clip, start);
}

function fittingFades({ fades }: Clip, duration: Flicks): { fades?: NonNullable<Clip['fades']> } {
  if (fades === undefined) return {};
  const fadeIn = minFlicks(fades.in, duration);
  return { fades: { in: fadeIn, out: minFlicks(fades.out, subtractFlicks(duration, fadeIn)) } };
}
