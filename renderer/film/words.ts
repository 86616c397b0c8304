import type {
  Clip,
  Item,
  Marker,
  Timeline,
  Track,
  TrackKind,
  Transition,
} from '#core/model/entities.ts';
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

/** An item as a screen reader says it: name, kind, track, from, to, and what is out of the ordinary about it. */
export function describeItem(
  item: Item,
  track: Track,
  timeline: Timeline,
  fileState: string | null = null,
): string {
  const { frameRate } = timeline.format;
  const isNest = item.kind === 'clip' && item.nestedTimelineId !== undefined;
  const kind = isNest
    ? 'nested timeline'
    : item.kind === 'clip'
      ? 'clip'
      : item.kind === 'cue'
        ? 'caption'
        : 'title';
  const from = timecode(itemStart(item), frameRate);
  const to = timecode(itemEnd(item), frameRate);
  const speed = item.kind === 'clip' ? speedWords(item) : null;
  // What the clip shows in words comes first, in the order in which it is seen.
  const seen = [itemName(item), speed, fileState].filter((word) => word !== null).join(' ');
  const words = [
    seen,
    `${kind} on ${track.name}`,
    `${from} to ${to}`,
    `${timecode(itemDuration(item), frameRate)} long`,
    ...(item.disabled === true ? ['switched off'] : []),
  ];
  return words.join(', ');
}

const TRANSITION_WORDS: Record<Transition['transitionKind'], string> = {
  dissolve: 'Dissolve',
  dip: 'Dip to black',
  wipe: 'Wipe',
  slide: 'Slide',
  push: 'Push',
};

/** How fast a clip plays when that is not as recorded: `50 %`, `Backwards`, `Frozen`, `Remapped`. */
export function speedWords(clip: Clip): string | null {
  const { retime } = clip.sourceRange;
  if (retime === undefined) return null;
  if (retime.kind === 'curve') return 'Remapped';
  const percent = Number(((100 * retime.speed.num) / retime.speed.den).toFixed(1));
  if (percent === 0) return 'Frozen';
  if (percent === -100) return 'Backwards';
  return `${percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}

export function describeTransition(
  project: ProjectReader,
  transition: Transition,
  timeline: Timeline,
): string {
  const { before, after } = transition.reach;
  const length = timecode(addFlicks(before, after), timeline.format.frameRate);
  const name = (id: string) => project.find('clip', id)?.name ?? 'a clip';
  const kind = TRANSITION_WORDS[transition.transitionKind];
  return `${kind} from ${name(transition.cut.outgoingId)} to ${name(transition.cut.incomingId)}, ${length} long`;
}

const MARKER_WORDS: Record<Marker['markerKind'], string> = {
  standard: 'marker',
  chapter: 'chapter',
  'to-do': 'to-do',
};

/** A marker as a screen reader says it: what it is called, what it is, when. */
export function describeMarker(marker: Marker, timeline: Timeline): string {
  const kind = MARKER_WORDS[marker.markerKind];
  const name = marker.name === '' ? 'Unnamed' : marker.name;
  return `${name}, ${kind} at ${timecode(marker.span.time, timeline.format.frameRate)}`;
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
