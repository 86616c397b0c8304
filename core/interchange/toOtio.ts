import { type Flicks, FLICKS_PER_SECOND, ZERO } from '../time/flicks.ts';
import { formatRate, type Rate, rate, rateFromDecimal, sameRate } from '../time/rate.ts';
import {
  type InterchangeClip,
  type InterchangeItem,
  type InterchangeTimeline,
  type InterchangeTrack,
  type InterchangeTransition,
  interchangeDuration,
} from './interchangeTimeline.ts';
import { DEFAULT_MEDIA_KEY } from './otioSchema.ts';
import { rationalFromFlicks } from './rationalTime.ts';

/**
 * A timeline as the text of an OpenTimelineIO file, with keys in the order in which the format's own library writes
 * them. The same timeline gives the same text.
 *
 * All times are counted at the edit rate: whole numbers on frames, and between frames a double that gives the same
 * flick back. A rate that its decimal does not give back has its times counted in flicks. What the format has
 * no fields for (ids, links, volume, the exact rate) stands in `metadata` under `inkreel`.
 */
export function writeOtio(timeline: InterchangeTimeline): string {
  const { frameRate } = timeline;
  const readBack = rateFromDecimal(frameRate.num / frameRate.den);
  const isKept = readBack !== null && sameRate(readBack, frameRate);
  const counted = isKept ? frameRate : rate(FLICKS_PER_SECOND);
  const object = {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: { inkreel: { frameRate: formatRate(frameRate) } },
    name: timeline.name,
    global_start_time: rationalTime(ZERO, counted),
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      metadata: {},
      name: 'tracks',
      source_range: null,
      effects: [],
      markers: [],
      enabled: true,
      children: timeline.tracks.map((track) => trackObject(track, counted)),
    },
  };
  const indented = JSON.stringify(object, null, 4);
  return `${indented.length > MAX_INDENTED ? JSON.stringify(object) : indented}\n`;
}

/** Longer files are written on one line: nobody reads them, and readers have limits. */
const MAX_INDENTED = 32 * 1024 * 1024;

function trackObject(track: InterchangeTrack, counted: Rate): object {
  const after = new Map(track.transitions.map((each) => [each.afterItemIndex, each]));
  return {
    OTIO_SCHEMA: 'Track.1',
    metadata: {},
    name: track.name,
    source_range: null,
    effects: [],
    markers: [],
    enabled: !track.muted,
    children: track.items.flatMap((item, index) => {
      const transition = after.get(index);
      const object = itemObject(item, counted);
      return transition === undefined ? [object] : [object, transitionObject(transition, counted)];
    }),
    kind: track.kind === 'video' ? 'Video' : 'Audio',
  };
}

function itemObject(item: InterchangeItem, counted: Rate): object {
  if (item.kind === 'clip') return clipObject(item, counted);
  return {
    OTIO_SCHEMA: 'Gap.1',
    metadata: {},
    name: '',
    source_range: timeRange(ZERO, item.duration, counted),
    effects: [],
    markers: [],
    enabled: true,
  };
}

function clipObject(clip: InterchangeClip, counted: Rate): object {
  const own = {
    ...(clip.id === null ? {} : { clipId: clip.id }),
    ...(clip.link === null ? {} : { linkId: clip.link }),
    ...(clip.gainDb === null ? {} : { gainDb: clip.gainDb }),
  };
  return {
    OTIO_SCHEMA: 'Clip.2',
    metadata: Object.keys(own).length === 0 ? {} : { inkreel: own },
    name: clip.name,
    source_range: timeRange(clip.sourceRange.in, interchangeDuration(clip), counted),
    effects: [],
    markers: [],
    enabled: true,
    media_references: { [DEFAULT_MEDIA_KEY]: mediaObject(clip, counted) },
    active_media_reference_key: DEFAULT_MEDIA_KEY,
  };
}

function mediaObject(clip: InterchangeClip, counted: Rate): object {
  const { mediaUrl, mediaDuration } = clip;
  return {
    OTIO_SCHEMA: mediaUrl === null ? 'MissingReference.1' : 'ExternalReference.1',
    metadata: {},
    name: '',
    available_range: mediaDuration === null ? null : timeRange(ZERO, mediaDuration, counted),
    available_image_bounds: null,
    ...(mediaUrl === null ? {} : { target_url: mediaUrl }),
  };
}

function transitionObject(transition: InterchangeTransition, counted: Rate): object {
  return {
    OTIO_SCHEMA: 'Transition.1',
    metadata: {},
    name: '',
    in_offset: rationalTime(transition.before, counted),
    out_offset: rationalTime(transition.after, counted),
    transition_type: 'SMPTE_Dissolve',
  };
}

function timeRange(start: Flicks, duration: Flicks, counted: Rate): object {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    duration: rationalTime(duration, counted),
    start_time: rationalTime(start, counted),
  };
}

function rationalTime(time: Flicks, counted: Rate): object {
  const { value, rate: decimal } = rationalFromFlicks(time, counted);
  return { OTIO_SCHEMA: 'RationalTime.1', rate: decimal, value };
}
