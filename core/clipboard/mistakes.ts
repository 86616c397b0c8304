import { wordsFault } from '../captions/captionWords.ts';
import { TEMPLATES } from '../graphics/templates.ts';
import { itemDuration, itemEnd, itemStart } from '../model/items.ts';
import { type Flicks, LONGEST_TIME } from '../time/flicks.ts';
import type { Clipboard, CopiedItem, CopiedTimeline, CopiedTrack, Sheet } from './clipboard.ts';

type CopiedClip = Extract<CopiedItem, { kind: 'clip' }>;

/** What a schema cannot see in a clipboard: references that lead nowhere, overlaps, times that make no sense. */
export function mistakesOf({ main, timelines, assets }: Clipboard): string[] {
  const ids = [
    ...assets,
    ...[main, ...timelines].flatMap((sheet) => [
      ...sheet.tracks,
      ...sheet.items,
      ...sheet.transitions,
      ...sheet.markers,
    ]),
    ...timelines,
  ].map(({ id }) => id);
  const assetIds = new Set(assets.map(({ id }) => id));
  const timelineIds = new Set(timelines.map(({ id }) => id));
  const isThere = (clip: CopiedClip) =>
    clip.assetId !== undefined
      ? clip.nestedTimelineId === undefined && assetIds.has(clip.assetId)
      : timelineIds.has(clip.nestedTimelineId ?? '');
  return [
    ...(new Set(ids).size < ids.length ? ['two things have the same id'] : []),
    ...(main.items.length === 0 ? ['there are no items'] : []),
    ...assets.flatMap(({ id, facts }) =>
      isLength(facts.duration) ? [] : [`${id} lasts for ever`],
    ),
    ...sheetMistakes(main, isThere),
    ...timelines.flatMap((timeline) => sheetMistakes(timeline, isThere, timeline.id)),
    ...cycles(timelines),
  ];
}

function sheetMistakes(
  sheet: Sheet,
  isThere: (clip: CopiedClip) => boolean,
  timelineId?: string,
): string[] {
  const tracks = new Map(sheet.tracks.map((track) => [track.id, track]));
  const clips = new Map(
    sheet.items.flatMap((item) => (item.kind === 'clip' ? [[item.id, item] as const] : [])),
  );
  const { num, den } = sheet.format.frameRate;
  return [
    ...(num < den || num > 1000 * den ? ['the frame rate is impossible'] : []),
    ...sheet.items.flatMap((item) => itemMistakes(item, tracks.get(item.placement.trackId))),
    ...[...clips.values()].flatMap((clip) => (isThere(clip) ? [] : [`${clip.id} shows nothing`])),
    ...overlaps(sheet.items),
    ...transitionMistakes(sheet, clips),
    ...sheet.markers.flatMap(({ id, ownerId, span }) => [
      ...(clips.has(ownerId) || ownerId === timelineId ? [] : [`${id} marks nothing`]),
      ...(isMarkable(span.time, clips.has(ownerId)) && isTime(span.duration)
        ? []
        : [`${id} has no possible time`]),
    ]),
  ];
}

function itemMistakes(item: CopiedItem, track: CopiedTrack | undefined): string[] {
  const { id } = item;
  if (track === undefined) return [`${id} is on no track`];
  return [
    ...(mayStandOn(item, track.trackKind) ? [] : [`${id} stands on a ${track.trackKind} track`]),
    ...(isTime(itemStart(item)) && isLength(itemDuration(item)) ? [] : [`${id} has no length`]),
    ...(item.kind === 'clip' ? clipMistakes(item) : []),
    ...(item.kind === 'graphic' ? graphicMistakes(item) : []),
    ...(item.kind === 'cue' ? cueMistakes(item) : []),
  ];
}

function clipMistakes({ id, sourceRange, fades, effects = [] }: CopiedClip): string[] {
  const { in: first, out: last, retime } = sourceRange;
  const keys = retime?.kind === 'curve' ? retime.keys : [];
  const isForwards = keys.every((key, index) => {
    const before = keys[index - 1];
    return before === undefined || key.time > before.time;
  });
  const isFading = fades === undefined || (isTime(fades.in) && isTime(fades.out));
  const isOneOfEach = new Set(effects.map((effect) => effect.id)).size === effects.length;
  return [
    ...(isTime(first) && first <= last ? [] : [`${id} uses no media`]),
    ...(isForwards ? [] : [`${id} has times out of order`]),
    ...(isFading ? [] : [`${id} fades for no possible time`]),
    ...(isOneOfEach ? [] : [`${id} has two effects with one id`]),
  ];
}

function graphicMistakes({ id, template, motion }: Extract<CopiedItem, { kind: 'graphic' }>) {
  const isMoving = motion === undefined || (isTime(motion.offset) && isLength(motion.duration));
  return [
    ...(Object.hasOwn(TEMPLATES, template) ? [] : [`${id} has an unknown template`]),
    ...(isMoving ? [] : [`${id} moves for no possible time`]),
  ];
}

function cueMistakes(cue: Extract<CopiedItem, { kind: 'cue' }>) {
  const fault = cue.words === undefined ? null : wordsFault(cue.words, cue);
  return fault === null ? [] : [`${cue.id}: ${fault.reason}`];
}

function mayStandOn(item: CopiedItem, trackKind: CopiedTrack['trackKind']): boolean {
  if (item.kind === 'graphic') return trackKind === 'graphics';
  if (item.kind === 'cue') return trackKind === 'caption';
  return trackKind === 'video' || trackKind === 'audio';
}

function overlaps(items: readonly CopiedItem[]): string[] {
  const ends = new Map<string, Flicks>();
  const inOrder = items.toSorted((a, b) => itemStart(a) - itemStart(b));
  return inOrder.flatMap((item) => {
    const end = ends.get(item.placement.trackId);
    ends.set(item.placement.trackId, itemEnd(item));
    return end !== undefined && end > itemStart(item) ? [`${item.id} overlaps another`] : [];
  });
}

function transitionMistakes(sheet: Sheet, clips: ReadonlyMap<string, CopiedClip>): string[] {
  const cuts = new Set(sheet.transitions.map(({ cut }) => `${cut.outgoingId} ${cut.incomingId}`));
  return [
    ...(cuts.size < sheet.transitions.length ? ['two transitions bridge one cut'] : []),
    ...sheet.transitions.flatMap(({ id, cut, reach }) => {
      const [outgoing, incoming] = [clips.get(cut.outgoingId), clips.get(cut.incomingId)];
      const touches =
        outgoing !== undefined &&
        incoming !== undefined &&
        outgoing.placement.trackId === incoming.placement.trackId &&
        itemEnd(outgoing) === itemStart(incoming);
      const hasLength =
        isTime(reach.before) && isTime(reach.after) && reach.before + reach.after > 0;
      return touches && hasLength ? [] : [`${id} bridges no cut`];
    }),
  ];
}

/** Timelines that contain themselves. */
function cycles(timelines: readonly CopiedTimeline[]): string[] {
  const inside = new Map(
    timelines.map(({ id, items }) => [
      id,
      items.flatMap((item) => (item.kind === 'clip' ? (item.nestedTimelineId ?? []) : [])),
    ]),
  );
  const done = new Set<string>();
  const open = new Set<string>();
  const isInCycle = (id: string): boolean => {
    if (done.has(id)) return false;
    if (open.has(id)) return true;
    open.add(id);
    const found = (inside.get(id) ?? []).some(isInCycle);
    open.delete(id);
    done.add(id);
    return found;
  };
  return timelines.some(({ id }) => isInCycle(id)) ? ['a timeline contains itself'] : [];
}

/** What is trimmed off the head of a still picture keeps its markers, before the beginning. */
function isMarkable(time: number, isOnClip: boolean): boolean {
  return isTime(isOnClip ? Math.abs(time) : time);
}

function isTime(time: number): boolean {
  return time >= 0 && time <= LONGEST_TIME;
}

function isLength(time: number): boolean {
  return time > 0 && time <= LONGEST_TIME;
}
