import { trimLimits } from '#core/edits/arrange.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Item, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { addFlicks, type Flicks, flicks } from '#core/time/flicks.ts';
import { snapEdges, type SnapSettings, toFrame } from './snapping.ts';

export type TrimEdge = 'head' | 'tail';

/** One edge that is being moved, with the companions whose edge stands at the same time. */
export type TrimDrag = {
  item: Item;
  edge: TrimEdge;
  items: readonly Item[];
  from: Flicks;
  min: Flicks;
  max: Flicks;
};

export type TrimPreview = {
  to: Flicks;
  snappedAt: Flicks | null;
  /** Which end of the possible was reached. */
  stoppedAt: 'min' | 'max' | null;
};

/** Takes hold of an edge; null on a locked track. The limits are those of all edges that go along. */
export function beginTrim(
  project: ProjectReader,
  timeline: Timeline,
  options: { item: Item; edge: TrimEdge; scope: 'linked' | 'alone' },
): TrimDrag | null {
  const { item, edge } = options;
  const edgeOf = edge === 'head' ? itemStart : itemEnd;
  const along = options.scope === 'linked' ? project.linkedWith(item) : [item];
  const items = along.filter((other) => edgeOf(other) === edgeOf(item));
  const isLocked = (other: Item) => project.find('track', other.placement.trackId)?.locked === true;
  if (items.some(isLocked)) return null;
  const limits = items.map((other) => trimLimits(project, other, timeline)[edge]);
  return {
    item,
    edge,
    items,
    from: edgeOf(item),
    min: flicks(Math.max(...limits.map((limit) => limit.min))),
    max: flicks(Math.min(...limits.map((limit) => limit.max))),
  };
}

/** Where the edge would come to stand with the pointer moved by `delta`. */
export function previewTrim(
  timeline: Timeline,
  drag: TrimDrag,
  delta: number,
  snap: { targets: readonly Flicks[]; settings: SnapSettings },
): TrimPreview {
  const wanted = toFrame(drag.from + delta, timeline.format.frameRate);
  const caught = snapEdges([wanted], snap.targets, snap.settings);
  const aimed = caught === null ? wanted : addFlicks(wanted, caught.shift);
  const to = flicks(Math.min(drag.max, Math.max(drag.min, aimed)));
  return {
    to,
    snappedAt: caught !== null && to === aimed ? caught.at : null,
    stoppedAt: aimed < drag.min ? 'min' : aimed > drag.max ? 'max' : null,
  };
}

/** The command that does what the preview shows; none when the edge is back where it was. */
export function trimCommands(drag: TrimDrag, to: Flicks, scope: 'linked' | 'alone'): EditCommand[] {
  if (to === drag.from) return [];
  return [
    {
      type: 'clip.trim',
      clipId: drag.item.id,
      edge: drag.edge,
      to,
      ...(scope === 'linked' ? {} : { scope }),
    },
  ];
}
