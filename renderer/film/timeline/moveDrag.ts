import type { EditCommand } from '#core/edits/registry.ts';
import type { Item, ObjectId, Timeline, Track } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { firstIndexEndingAfter, type ProjectReader, tracksOfKind } from '#core/model/project.ts';
import { addFlicks, type Flicks, flicks, subtractFlicks } from '#core/time/flicks.ts';
import { snapEdges, type SnapSettings, toFrame } from './snapping.ts';

/** What is being moved: the items that were grabbed and those that are linked to them. */
export type MoveDrag = {
  /** The item under the pointer. */
  primary: Item;
  /** Every item that goes along, the primary first. */
  items: readonly Item[];
  /** The items a command names; their companions follow by themselves. */
  named: readonly Item[];
  grabbedAt: Flicks;
};

/** Where one item would stand. */
export type Placed = { item: Item; trackId: ObjectId; start: Flicks };
/** A stretch that would be replaced by what is moved there. */
export type Replaced = { trackId: ObjectId; start: Flicks; end: Flicks };

export type MovePreview = {
  delta: Flicks;
  placed: Placed[];
  replaced: Replaced[];
  snappedAt: Flicks | null;
  /** Why it cannot be let go here; null when it can. */
  refusal: string | null;
};

/** Takes hold of the selection by one of its items; items on locked tracks stay. Null when nothing can move. */
export function beginMove(
  project: ProjectReader,
  options: {
    primary: Item;
    selection: Iterable<ObjectId>;
    scope: 'linked' | 'alone';
    grabbedAt: Flicks;
  },
): MoveDrag | null {
  const chosen = new Set([options.primary.id, ...options.selection]);
  const named: Item[] = [];
  const items = new Map<ObjectId, Item>();
  for (const id of chosen) {
    const item = project.item(id);
    if (item === undefined || items.has(id)) continue;
    const along = options.scope === 'linked' ? project.linkedWith(item) : [item];
    if (along.some((other) => isLocked(project, other))) continue;
    named.push(item);
    for (const other of [item, ...along]) items.set(other.id, other);
  }
  if (!items.has(options.primary.id)) return null;
  return {
    primary: options.primary,
    items: [...items.values()],
    named,
    grabbedAt: options.grabbedAt,
  };
}

/** Where the items would come to stand with the pointer at `pointer`. */
export function previewMove(
  project: ProjectReader,
  timeline: Timeline,
  drag: MoveDrag,
  pointer: { time: number; trackId: ObjectId | null; mode: 'overwrite' | 'insert' },
  snap: { targets: readonly Flicks[]; settings: SnapSettings },
): MovePreview {
  const { frameRate } = timeline.format;
  const earliest = drag.items.reduce((least, item) => Math.min(least, itemStart(item)), Infinity);
  const wanted = Math.max(pointer.time - drag.grabbedAt, -earliest);
  const start = toFrame(itemStart(drag.primary) + wanted, frameRate);
  let delta = Math.max(subtractFlicks(start, itemStart(drag.primary)), -earliest) as Flicks;
  const edges = drag.items.flatMap((item) => [
    addFlicks(itemStart(item), delta),
    addFlicks(itemEnd(item), delta),
  ]);
  const caught = snapEdges(edges, snap.targets, snap.settings);
  const isKept = caught !== null && earliest + delta + caught.shift >= 0;
  if (isKept) delta = addFlicks(delta, caught.shift);
  const hop = trackHop(project, drag, pointer.trackId);
  const placed = drag.items.map((item) => ({
    item,
    trackId: hop.of(item),
    start: addFlicks(itemStart(item), delta),
  }));
  const moved = new Set(drag.items.map((item) => item.id));
  return {
    delta,
    placed,
    replaced: pointer.mode === 'insert' ? [] : replacedBy(project, placed, moved),
    snappedAt: isKept ? caught.at : null,
    refusal: hop.refusal,
  };
}

/** The commands that do what the preview shows; none when nothing would change. */
export function moveCommands(
  project: ProjectReader,
  drag: MoveDrag,
  preview: MovePreview,
  options: { mode: 'overwrite' | 'insert'; scope: 'linked' | 'alone' },
): EditCommand[] {
  const placedBy = new Map(preview.placed.map((placed) => [placed.item.id, placed]));
  const isMoved = preview.placed.some(
    ({ item, trackId, start }) => start !== itemStart(item) || trackId !== item.placement.trackId,
  );
  if (!isMoved || preview.refusal !== null) return [];
  // The one that leads goes first, so that none is put down where another of them still stands.
  const direction = preview.delta >= 0 ? -1 : 1;
  const inOrder = [...drag.named].sort((a, b) => direction * (itemStart(a) - itemStart(b)));
  const moves = inOrder.flatMap((item): EditCommand[] => {
    const placed = placedBy.get(item.id);
    if (placed === undefined) return [];
    return [
      {
        type: 'clip.move',
        clipId: item.id,
        to: placed.start,
        ...(placed.trackId === item.placement.trackId ? {} : { trackId: placed.trackId }),
        ...(options.mode === 'overwrite' ? {} : { mode: options.mode }),
        ...(options.scope === 'linked' ? {} : { scope: options.scope }),
      },
    ];
  });
  return moves.length === 1 ? moves : [...moves, ...rejoinedCuts(project, drag)];
}

/** Dissolves between items that move together: they are lost while the items move one after the other. */
function rejoinedCuts(project: ProjectReader, drag: MoveDrag): EditCommand[] {
  const moved = new Set(drag.items.map((item) => item.id));
  return drag.named.flatMap((item) =>
    project.transitionsOf(item.id).flatMap((transition): EditCommand[] => {
      if (transition.cut.incomingId !== item.id || !moved.has(transition.cut.outgoingId)) return [];
      const { before, after } = transition.reach;
      return [
        {
          type: 'transition.add',
          clipId: item.id,
          edge: 'head',
          duration:
            2 * Math.min(before, after) === 0 ? before + after : 2 * Math.min(before, after),
        },
      ];
    }),
  );
}

/** By how many tracks everything of the primary's kind goes up or down. */
function trackHop(
  project: ProjectReader,
  drag: MoveDrag,
  trackId: ObjectId | null,
): { of: (item: Item) => ObjectId; refusal: string | null } {
  const stay = (item: Item) => item.placement.trackId;
  const from = project.find('track', drag.primary.placement.trackId);
  const to = trackId === null ? undefined : project.find('track', trackId);
  if (from === undefined || to === undefined || to.id === from.id)
    return { of: stay, refusal: null };
  if (to.trackKind !== from.trackKind) return { of: stay, refusal: null };
  if (to.locked)
    return { of: stay, refusal: `Track “${to.name}” is locked. Unlock it to edit it.` };
  const lanes = tracksOfKind(project, from.timelineId, from.trackKind);
  const indexOf = (id: ObjectId) => lanes.findIndex((lane) => lane.id === id);
  const hop = indexOf(to.id) - indexOf(from.id);
  // Companions stay on their tracks; only what a command names can change tracks.
  const named = new Set(drag.named.map((item) => item.id));
  const target = (item: Item): Track | undefined =>
    named.has(item.id) ? lanes[indexOf(item.placement.trackId) + hop] : undefined;
  const hopping = drag.items.filter((item) => named.has(item.id) && indexOf(stay(item)) >= 0);
  if (hopping.some((item) => target(item) === undefined || target(item)?.locked))
    return { of: stay, refusal: null };
  return {
    of: (item) => (indexOf(stay(item)) < 0 ? stay(item) : (target(item)?.id ?? stay(item))),
    refusal: null,
  };
}

/** The parts of other items that the placed ones would cover. */
export function replacedBy(
  project: ProjectReader,
  placed: readonly { trackId: ObjectId; start: Flicks; item?: Item; end?: Flicks }[],
  except: ReadonlySet<ObjectId>,
): Replaced[] {
  return placed.flatMap(({ trackId, start, item, end: givenEnd }) => {
    const end = givenEnd ?? addFlicks(start, item === undefined ? flicks(0) : itemDuration(item));
    const items = project.itemsOn(trackId);
    const found: Replaced[] = [];
    for (let index = firstIndexEndingAfter(items, start); index < items.length; index++) {
      const other = items[index];
      if (other === undefined || itemStart(other) >= end) break;
      if (except.has(other.id)) continue;
      found.push({
        trackId,
        start: flicks(Math.max(start, itemStart(other))),
        end: flicks(Math.min(end, itemEnd(other))),
      });
    }
    return found;
  });
}

function isLocked(project: ProjectReader, item: Item): boolean {
  return project.find('track', item.placement.trackId)?.locked === true;
}
