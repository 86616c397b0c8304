import type { Item, Timeline, Track, TrackKind, Transition } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { addFlicks, type Flicks, secondsFromFlicks } from '#core/time/flicks.ts';
import { frameAt, type Rate } from '#core/time/rate.ts';
import { formatTimecode } from '#core/time/timecode.ts';

export const TRACK_KIND_WORDS: Record<TrackKind, string> = {
  video: 'Video',
  audio: 'Sound',
  graphics: 'Titles',
  caption: 'Captions',
};

/** `00:00:04:12` of a time on a timeline. */
export function timecode(time: Flicks, frameRate: Rate): string {
  return formatTimecode(frameAt(time, frameRate, 'nearest'), frameRate);
}

/** What an item is called: its name, or the words of a caption. */
export function itemName(item: Item): string {
  return item.kind === 'cue' ? item.text : item.name;
}

/** An item as a screen reader says it: name, kind, track, from, to. */
export function describeItem(item: Item, track: Track, timeline: Timeline): string {
  const { frameRate } = timeline.format;
  const kind = item.kind === 'clip' ? 'clip' : item.kind === 'cue' ? 'caption' : 'title';
  const from = timecode(itemStart(item), frameRate);
  const to = timecode(itemEnd(item), frameRate);
  return `${itemName(item)}, ${kind} on ${track.name}, ${from} to ${to}, ${timecode(itemDuration(item), frameRate)} long`;
}

export function describeTransition(
  project: ProjectReader,
  transition: Transition,
  timeline: Timeline,
): string {
  const { before, after } = transition.reach;
  const length = timecode(addFlicks(before, after), timeline.format.frameRate);
  const name = (id: string) => project.find('clip', id)?.name ?? 'a clip';
  return `Dissolve from ${name(transition.cut.outgoingId)} to ${name(transition.cut.incomingId)}, ${length} long`;
}

/** A length at a glance: `0:05`, `12:30`, `1:02:03`. */
export function shortLength(duration: Flicks): string {
  const seconds = Math.max(duration > 0 ? 1 : 0, Math.round(secondsFromFlicks(duration)));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}
