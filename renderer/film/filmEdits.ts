import { wordSpans } from '#core/captions/captionWords.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Clip, Item, ObjectId, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { addFlicks, type Flicks, flicks } from '#core/time/flicks.ts';
import { frameDuration, frameStart } from '#core/time/rate.ts';
import { lanesOf } from './timeline/keyboardOrder.ts';
import { itemAt } from './timeline/visibleItems.ts';

type Scope = 'linked' | 'alone';

/** Selected items; transitions and what is gone are left out. */
function selectedItems(project: ProjectReader, selection: Iterable<ObjectId>): Item[] {
  return [...selection].flatMap((id) => project.item(id) ?? []);
}

type AtPlayhead = {
  timelineId: ObjectId;
  selection: Iterable<ObjectId>;
  at: Flicks;
  scope: Scope;
};

/** The selected items that stand at a time, else every clip there that is not on a locked track; companions once. */
function itemsAt(project: ProjectReader, options: AtPlayhead): Item[] {
  const { at, scope } = options;
  const spans = (item: Item) => itemStart(item) < at && at < itemEnd(item);
  const chosen = selectedItems(project, options.selection).filter(spans);
  const here = lanesOf(project, options.timelineId).flatMap((track) => {
    if (track.locked) return [];
    const item = itemAt(project.itemsOn(track.id), at);
    return item?.kind === 'clip' && spans(item) ? [item] : [];
  });
  return named(project, chosen.length > 0 ? chosen : here, scope);
}

/** Cuts at the playhead: the selected items that stand there, else every clip there that is not on a locked track. */
export function splitCommands(project: ProjectReader, options: AtPlayhead): EditCommand[] {
  return itemsAt(project, options).map((item) => splitCommand(item, options.at, options.scope));
}

/** Cuts one item. Of a caption of several words each half gets its part of the text. */
export function splitCommand(item: Item, at: Flicks, scope: Scope): EditCommand {
  if (item.kind === 'cue' && (item.words ?? wordSpans(item.text)).length > 1) {
    return { type: 'caption.split', captionId: item.id, at };
  }
  return {
    type: 'clip.split',
    clipId: item.id,
    at,
    ...(scope === 'linked' ? {} : { scope }),
  };
}

/** Removes what is selected, transitions and markers too. */
export function deleteCommands(
  project: ProjectReader,
  options: { selection: Iterable<ObjectId>; gap: 'keep' | 'close'; scope: Scope },
): EditCommand[] {
  const ids = [...options.selection];
  const items = selectedItems(project, ids);
  const removed = new Set<ObjectId>();
  const transitions = ids.flatMap((transitionId): EditCommand[] => {
    const transition = project.find('transition', transitionId);
    if (transition === undefined || removed.has(transitionId)) return [];
    for (const other of withCompanions(project, transition.cut.incomingId)) removed.add(other);
    return [{ type: 'transition.remove', transitionId }];
  });
  const markerIds = ids.filter((id) => project.find('marker', id) !== undefined);
  const others: EditCommand[] =
    markerIds.length === 0 ? transitions : [...transitions, { type: 'marker.remove', markerIds }];
  if (items.length === 0) return others;
  return [
    ...others,
    {
      type: 'clip.delete',
      clipIds: items.map((item) => item.id),
      ...(options.gap === 'keep' ? {} : { gap: options.gap }),
      ...(options.scope === 'linked' ? {} : { scope: options.scope }),
    },
  ];
}

/** Moves what is selected by frames; nothing when it would leave the beginning. */
export function nudgeCommands(
  project: ProjectReader,
  options: { timeline: Timeline; selection: Iterable<ObjectId>; frames: number; scope: Scope },
): EditCommand[] {
  const { frames, scope } = options;
  const delta = frameStart(frames, options.timeline.format.frameRate);
  const items = named(project, selectedItems(project, options.selection), scope);
  const all = scope === 'linked' ? items.flatMap((item) => project.linkedWith(item)) : items;
  if (all.some((item) => itemStart(item) + delta < 0)) return [];
  const direction = frames > 0 ? -1 : 1;
  return items
    .sort((a, b) => direction * (itemStart(a) - itemStart(b)))
    .map((item) => ({
      type: 'clip.move',
      clipId: item.id,
      to: addFlicks(itemStart(item), delta),
      ...(scope === 'linked' ? {} : { scope }),
    }));
}

/** Moves an edge of the selected items, or of those at the playhead, to the playhead. */
export function trimToCommands(
  project: ProjectReader,
  options: AtPlayhead & { edge: 'head' | 'tail' },
): EditCommand[] {
  return itemsAt(project, options).map((item) => ({
    type: 'clip.trim',
    clipId: item.id,
    edge: options.edge,
    to: options.at,
    ...(options.scope === 'linked' ? {} : { scope: options.scope }),
  }));
}

/** The edit point a dissolve is wanted at: of the selected clip, or the nearest one to the playhead. */
export function cutForDissolve(
  project: ProjectReader,
  options: { timelineId: ObjectId; selection: Iterable<ObjectId>; playhead: Flicks },
): { clip: Clip; edge: 'head' } | null {
  const chosen = selectedItems(project, options.selection).filter(isClip);
  const among = chosen.length > 0 ? chosen : clipsNear(project, options);
  const cuts = among
    .flatMap((clip) => cutsOf(project, clip))
    .filter((cut, index, all) => all.findIndex((other) => other.id === cut.id) === index);
  const both = cuts.filter((incoming) => {
    const before = clipBefore(project, incoming);
    return (
      chosen.some((clip) => clip.id === incoming.id) && chosen.some((c) => c.id === before?.id)
    );
  });
  const candidates = both.length > 0 ? both : cuts;
  const distance = (clip: Clip) => Math.abs(itemStart(clip) - options.playhead);
  const [nearest] = candidates.sort((a, b) => distance(a) - distance(b));
  return nearest === undefined ? null : { clip: nearest, edge: 'head' };
}

/** The command for a dissolve of `duration`. */
export function dissolveCommand(clip: Clip, duration: Flicks): EditCommand {
  return { type: 'transition.add', clipId: clip.id, edge: 'head', duration };
}

/** The longest dissolve that a refusal names, in whole frames; null when not even one frame fits. */
export function longestDissolve(details: unknown, timeline: Timeline): Flicks | null {
  const { frameRate } = timeline.format;
  const longest =
    typeof details === 'object' && details !== null && 'longest' in details
      ? details.longest
      : undefined;
  if (typeof longest !== 'number') return null;
  const frame = frameDuration(frameRate);
  const frames = Math.floor(longest / frame / 2) * 2;
  return frames < 1 ? null : flicks(frames * frame);
}

/** One item of each link, so that a command does not act twice on what goes along. */
function named(project: ProjectReader, items: readonly Item[], scope: Scope): Item[] {
  const taken = new Set<ObjectId>();
  return items.filter((item) => {
    if (taken.has(item.id)) return false;
    for (const other of scope === 'linked' ? project.linkedWith(item) : [item]) taken.add(other.id);
    return true;
  });
}

function withCompanions(project: ProjectReader, incomingId: ObjectId): ObjectId[] {
  const incoming = project.item(incomingId);
  if (incoming === undefined) return [];
  return project
    .linkedWith(incoming)
    .flatMap((item) => project.transitionsOf(item.id))
    .map((transition) => transition.id);
}

/** Incoming clips of the edit points at either edge of a clip. */
function cutsOf(project: ProjectReader, clip: Clip): Clip[] {
  const items = project.itemsOn(clip.placement.trackId);
  const after = items[items.indexOf(clip) + 1];
  const head = clipBefore(project, clip) === undefined ? [] : [clip];
  return after !== undefined && isClip(after) && itemStart(after) === itemEnd(clip)
    ? [...head, after]
    : head;
}

function clipBefore(project: ProjectReader, clip: Clip): Clip | undefined {
  const items = project.itemsOn(clip.placement.trackId);
  const before = items[items.indexOf(clip) - 1];
  return before !== undefined && isClip(before) && itemEnd(before) === itemStart(clip)
    ? before
    : undefined;
}

function clipsNear(
  project: ProjectReader,
  options: { timelineId: ObjectId; playhead: Flicks },
): Clip[] {
  return lanesOf(project, options.timelineId).flatMap((track) => {
    if (track.trackKind !== 'video') return [];
    const item = itemAt(project.itemsOn(track.id), options.playhead);
    return item !== undefined && isClip(item) ? [item] : [];
  });
}

function isClip(item: Item): item is Clip {
  return item.kind === 'clip';
}
