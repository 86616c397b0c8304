import { sliceRange } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import {
  type InterchangeItem,
  type InterchangeTransition,
  interchangeDuration,
  itemBoundaries,
} from './interchangeTimeline.ts';

/** The items of a track with the transitions between them. */
export type TrackContent = { items: InterchangeItem[]; transitions: InterchangeTransition[] };

/**
 * The part of a track from `start` for `duration`, both in flicks on the track; what the track lacks at either end is
 * a gap. Transitions stay where both of their clips are still there up to the cut.
 */
export function trimTrack(content: TrackContent, start: Flicks, duration: Flicks): TrackContent {
  const end = addFlicks(start, duration);
  const boundaries = itemBoundaries(content.items);
  const items: InterchangeItem[] = [];
  const newIndexes = new Map<number, number>();
  if (start < 0) items.push({ kind: 'gap', duration: subtractFlicks(ZERO, start) });
  for (const [index, item] of content.items.entries()) {
    const from = boundaries[index] ?? ZERO;
    const to = boundaries[index + 1] ?? from;
    if (to <= start || from >= end) continue;
    newIndexes.set(index, items.length);
    items.push(trimmed(item, from < start ? start - from : 0, to > end ? to - end : 0));
  }
  const last = boundaries.at(-1) ?? ZERO;
  const missing = end - (last > start ? last : start);
  if (missing > 0) items.push({ kind: 'gap', duration: missing as Flicks });
  const transitions = content.transitions.flatMap((transition) => {
    const outgoing = newIndexes.get(transition.afterItemIndex);
    const incoming = newIndexes.get(transition.afterItemIndex + 1);
    if (outgoing === undefined || incoming === undefined) return [];
    return [{ ...transition, afterItemIndex: outgoing }];
  });
  return { items, transitions };
}

/** Without gaps of no length, and with one gap where several followed each other. */
export function joinGaps(content: TrackContent): TrackContent {
  const items: InterchangeItem[] = [];
  const newIndexes = new Map<number, number>();
  for (const [index, item] of content.items.entries()) {
    if (item.kind === 'gap' && item.duration === 0) continue;
    const last = items.at(-1);
    if (item.kind === 'gap' && last?.kind === 'gap') {
      items[items.length - 1] = { kind: 'gap', duration: addFlicks(last.duration, item.duration) };
    } else {
      newIndexes.set(index, items.length);
      items.push(item);
    }
  }
  const transitions = content.transitions.flatMap((transition) => {
    const afterItemIndex = newIndexes.get(transition.afterItemIndex);
    return afterItemIndex === undefined ? [] : [{ ...transition, afterItemIndex }];
  });
  return { items, transitions };
}

function trimmed(item: InterchangeItem, head: number, tail: number): InterchangeItem {
  if (item.kind === 'gap') {
    return { kind: 'gap', duration: (interchangeDuration(item) - head - tail) as Flicks };
  }
  const to = (interchangeDuration(item) - tail) as Flicks;
  return { ...item, sourceRange: sliceRange(item.sourceRange, head as Flicks, to) };
}
