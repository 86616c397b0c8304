import { type Flicks, ZERO } from '../time/flicks.ts';
import type { XmlElement } from '../xml/xmlElement.ts';
import type { Fraction } from './fraction.ts';
import {
  type InterchangeClip,
  type InterchangeTrack,
  type InterchangeTransition,
  itemBoundaries,
} from './interchangeTimeline.ts';

/** An item of the primary storyline, to which other clips are connected. */
export type Anchor = {
  start: Flicks;
  end: Flicks;
  /** Own time at its start. */
  own: Fraction;
  connected: XmlElement[];
  markers: XmlElement[];
};

/** Clips that follow each other without a gap, and the transitions between them. */
export type Run = { start: Flicks; items: InterchangeClip[]; transitions: InterchangeTransition[] };

/** The item of the primary storyline at a time; the last one from its end on. */
export function anchorAt(anchors: readonly Anchor[], time: Flicks): Anchor | undefined {
  let low = 0;
  let high = anchors.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((anchors[middle]?.end ?? ZERO) > time) high = middle;
    else low = middle + 1;
  }
  return anchors[low] ?? anchors.at(-1);
}

/** Transitions by the index of the item before them. */
export function transitionsByIndex(
  transitions: readonly InterchangeTransition[],
): ReadonlyMap<number, InterchangeTransition> {
  return new Map(transitions.map((each) => [each.afterItemIndex, each]));
}

/** The runs of clips of a track. */
export function runsOf(track: InterchangeTrack): Run[] {
  const boundaries = itemBoundaries(track.items);
  const transitions = transitionsByIndex(track.transitions);
  const runs: Run[] = [];
  let open: (Run & { first: number }) | null = null;
  for (const [index, item] of track.items.entries()) {
    if (item.kind === 'gap') {
      open = null;
      continue;
    }
    if (open === null) {
      open = { start: boundaries[index] ?? ZERO, items: [], transitions: [], first: index };
      runs.push(open);
    }
    open.items.push(item);
    const transition = transitions.get(index);
    if (transition !== undefined) {
      open.transitions.push({ ...transition, afterItemIndex: index - open.first });
    }
  }
  return runs;
}
