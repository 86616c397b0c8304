import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import { FLICKS_PER_SECOND, ZERO } from '../time/flicks.ts';
import { formatRate, type Rate, rate, rateFromDecimal, sameRate } from '../time/rate.ts';
import { featureLosses, featuresOf } from './clipFeatures.ts';
import { clipNote, transitionNote } from './clipNotes.ts';
import {
  clipLabel,
  type InterchangeClip,
  type InterchangeItem,
  type InterchangeMarker,
  type InterchangeSequence,
  type InterchangeTimeline,
  type InterchangeTrack,
  type InterchangeTransition,
  trackLabel,
} from './interchangeTimeline.ts';
import { otioMarker } from './otioMarkers.ts';
import { DEFAULT_MEDIA_KEY } from './otioSchema.ts';
import { MAX_ITEMS } from './otioText.ts';
import { otioTime, otioTimeRange } from './otioTimes.ts';
import { otioTiming } from './otioTiming.ts';

/**
 * A timeline as the text of an OpenTimelineIO file, with keys in the order in which the format's own library writes
 * them, and a report of what other programs will not see. The same timeline gives the same text.
 *
 * All times are counted at the edit rate: whole numbers on frames, and between frames a double that gives the same
 * flick back. A rate that its decimal does not give back has its times counted in flicks. What the format has
 * no fields for (ids, links, parameters, exact speeds, the exact rate) stands in `metadata` under `inkreel`. Nested
 * timelines stand in full wherever they are shown; refuses `interchange/too-large` where that makes more items than
 * the reader takes.
 */
export function writeOtio(timeline: InterchangeTimeline): { text: string; losses: Loss[] } {
  const writer = new OtioWriter(timeline);
  const object = {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: { inkreel: { frameRate: formatRate(timeline.frameRate) } },
    name: timeline.name,
    global_start_time: otioTime(ZERO, countedIn(timeline.frameRate)),
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      metadata: {},
      name: 'tracks',
      source_range: null,
      effects: [],
      ...writer.content(timeline),
    },
  };
  const indented = JSON.stringify(object, null, 4);
  const text = `${indented.length > MAX_INDENTED ? JSON.stringify(object) : indented}\n`;
  return { text, losses: writer.losses };
}

/** Longer files are written on one line: nobody reads them, and readers have limits. */
const MAX_INDENTED = 32 * 1024 * 1024;

/** The rate in which times are counted. */
function countedIn(frameRate: Rate): Rate {
  const readBack = rateFromDecimal(frameRate.num / frameRate.den);
  const isKept = readBack !== null && sameRate(readBack, frameRate);
  return isKept ? frameRate : rate(FLICKS_PER_SECOND);
}

class OtioWriter {
  readonly losses: Loss[] = [];
  readonly #timeline: InterchangeTimeline;
  /** Timelines whose losses are in the report already. */
  readonly #reported = new Set<InterchangeSequence>();
  #items = 0;

  constructor(timeline: InterchangeTimeline) {
    this.#timeline = timeline;
  }

  /** The fields of a stack from its markers on. */
  content(sequence: InterchangeSequence, ofClip: readonly object[] = [], enabled = true): object {
    const counted = countedIn(sequence.frameRate);
    const isFirst = !this.#reported.has(sequence);
    this.#reported.add(sequence);
    return {
      markers: [...ofClip, ...markerObjects(sequence.markers, counted)],
      enabled,
      children: sequence.tracks.map((track) => this.#track(track, counted, isFirst)),
    };
  }

  #track(track: InterchangeTrack, counted: Rate, isFirst: boolean): object {
    const after = new Map(track.transitions.map((each) => [each.afterItemIndex, each]));
    this.#items += track.items.length + track.transitions.length;
    if (this.#items > MAX_ITEMS) {
      refuse(
        'interchange/too-large',
        'With its nested timelines written out, this timeline has more than 200,000 clips and gaps. Nothing was written. Export it as Final Cut Pro XML instead.',
        { most: MAX_ITEMS },
      );
    }
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
        if (isFirst) this.#note(track, item, transition);
        const object = this.#item(item, counted);
        return transition === undefined
          ? [object]
          : [object, transitionObject(transition, counted)];
      }),
      kind: track.kind === 'video' ? 'Video' : 'Audio',
    };
  }

  #item(item: InterchangeItem, counted: Rate): object {
    if (item.kind === 'gap') {
      return {
        OTIO_SCHEMA: 'Gap.1',
        metadata: {},
        name: '',
        source_range: otioTimeRange(ZERO, item.duration, counted),
        effects: [],
        markers: [],
        enabled: true,
      };
    }
    const sequence =
      item.nested === undefined ? undefined : this.#timeline.nested?.get(item.nested);
    return sequence === undefined
      ? clipObject(item, counted)
      : this.#stack(item, sequence, counted);
  }

  #stack(clip: InterchangeClip, sequence: InterchangeSequence, counted: Rate): object {
    const own = {
      ...clipNote(clip),
      timelineId: clip.nested,
      timelineName: sequence.name,
      frameRate: formatRate(sequence.frameRate),
    };
    return {
      OTIO_SCHEMA: 'Stack.1',
      metadata: { inkreel: own },
      name: clip.name,
      ...timingFields(clip, counted),
      ...this.content(
        sequence,
        markerObjects(clip.markers, counted, 'clip'),
        clip.disabled !== true,
      ),
    };
  }

  #note(
    track: InterchangeTrack,
    item: InterchangeItem,
    transition: InterchangeTransition | undefined,
  ): void {
    if (transition !== undefined && transition.kind !== 'dissolve') {
      this.losses.push({
        code: 'interchange/transition-kind',
        where: trackLabel(track),
        message: `A transition of the kind “${transition.kind}” was noted for Inkreel; other programs do not know it.`,
      });
    }
    if (item.kind === 'gap') return;
    for (const one of featureLosses(track, item, featuresOf(item), 'noted')) this.losses.push(one);
    if (item.sourceRange.retime?.kind === 'curve') {
      this.losses.push({
        code: 'interchange/speed-curve',
        where: clipLabel(track, item),
        message:
          'How the speed changes was noted for Inkreel; other programs play the clip at its average speed.',
      });
    }
  }
}

function markerObjects(
  markers: readonly InterchangeMarker[] | undefined,
  counted: Rate,
  of?: 'clip',
): object[] {
  return (markers ?? []).map((marker) => otioMarker(marker, counted, of));
}

function clipObject(clip: InterchangeClip, counted: Rate): object {
  const own = clipNote(clip);
  return {
    OTIO_SCHEMA: 'Clip.2',
    metadata: Object.keys(own).length === 0 ? {} : { inkreel: own },
    name: clip.name,
    ...timingFields(clip, counted),
    markers: markerObjects(clip.markers, counted),
    enabled: clip.disabled !== true,
    media_references: { [DEFAULT_MEDIA_KEY]: mediaObject(clip, counted) },
    active_media_reference_key: DEFAULT_MEDIA_KEY,
  };
}

function timingFields(clip: InterchangeClip, counted: Rate): object {
  const { start, duration, scalar } = otioTiming(clip.sourceRange);
  return {
    source_range: otioTimeRange(start, duration, counted),
    effects: scalar === null ? [] : [warpObject(scalar)],
  };
}

function warpObject(scalar: number): object {
  const name = scalar === 0 ? 'FreezeFrame' : 'LinearTimeWarp';
  return {
    OTIO_SCHEMA: `${name}.1`,
    metadata: {},
    name: '',
    effect_name: name,
    time_scalar: scalar,
  };
}

function mediaObject(clip: InterchangeClip, counted: Rate): object {
  const { mediaUrl, mediaDuration } = clip;
  return {
    OTIO_SCHEMA: mediaUrl === null ? 'MissingReference.1' : 'ExternalReference.1',
    metadata: {},
    name: '',
    available_range: mediaDuration === null ? null : otioTimeRange(ZERO, mediaDuration, counted),
    available_image_bounds: null,
    ...(mediaUrl === null ? {} : { target_url: mediaUrl }),
  };
}

function transitionObject(transition: InterchangeTransition, counted: Rate): object {
  const { kind } = transition;
  const isDissolve = kind === 'dissolve';
  return {
    OTIO_SCHEMA: 'Transition.1',
    metadata: isDissolve ? {} : { inkreel: transitionNote(transition) },
    name: isDissolve ? '' : kind,
    in_offset: otioTime(transition.before, counted),
    out_offset: otioTime(transition.after, counted),
    transition_type: isDissolve ? 'SMPTE_Dissolve' : 'Custom_Transition',
  };
}
