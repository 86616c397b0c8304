import type { Loss } from '../contract/films.ts';
import { addFlicks, type Flicks, maxFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { frameDuration } from '../time/rate.ts';
import { canDropFrames } from '../time/timecode.ts';
import { writeXml } from '../xml/writeXml.ts';
import { type XmlElement, type XmlNode, xmlElement } from '../xml/xmlElement.ts';
import { featureLosses } from './clipFeatures.ts';
import { clipNote, transitionNote } from './clipNotes.ts';
import { adjustElements, unsaidFeatures } from './fcpxmlAdjust.ts';
import { markerElement } from './fcpxmlMarkers.ts';
import { clipNoteElements, timelineNoteElement, transitionNoteElement } from './fcpxmlNotes.ts';
import { AUDIO_RATES, conformElements } from './fcpxmlRates.ts';
import { FcpxmlResources, USUAL_FORMAT } from './fcpxmlResources.ts';
import { type Anchor, anchorAt, type Run, runsOf, transitionsByIndex } from './fcpxmlRuns.ts';
import { fcpxmlFlicks, fcpxmlTime } from './fcpxmlTimes.ts';
import { fcpxmlTiming, ownTimeOf } from './fcpxmlTiming.ts';
import { type Fraction, minus, NOTHING, plus, secondsOf } from './fraction.ts';
import {
  clipLabel,
  type InterchangeClip,
  type InterchangeItem,
  type InterchangeMedia,
  type InterchangeSequence,
  type InterchangeTimeline,
  type InterchangeTrack,
  type InterchangeTransition,
  interchangeDuration,
  itemBoundaries,
  sequenceDuration,
  trackLabel,
} from './interchangeTimeline.ts';
import { mediaUses } from './mediaUses.ts';

/** The version of the format that is written: the first that has everything that is used. */
const VERSION = '1.10';

/**
 * A timeline as Final Cut Pro XML 1.10, with a report of what the program will not show. Times are exact fractions of
 * seconds.
 *
 * The lowest picture track is the primary storyline, with gaps where it is empty. What stands on other tracks is
 * connected to it, above in the lanes 1, 2 … and sound below in the lanes −1, −2 …; clips that transitions join stand
 * together in a storyline of their own. Picture and sound of one clip are two clips, as after detaching the sound.
 * What the format has no place for stands in metadata `com.inkreel.…`.
 */
export function writeFcpxml(timeline: InterchangeTimeline): { text: string; losses: Loss[] } {
  const writer = new FcpxmlWriter(timeline);
  const sequence = writer.sequence(timeline, null);
  const project = xmlElement('project', { name: timeline.name }, [sequence]);
  const root = xmlElement('fcpxml', { version: VERSION }, [
    xmlElement('resources', {}, writer.resources.elements),
    xmlElement('library', {}, [xmlElement('event', { name: timeline.name }, [project])]),
  ]);
  return { text: writeXml(root, { doctype: 'fcpxml', indent: 'elements' }), losses: writer.losses };
}

/** Where something stands: its attributes, and the track it is on. */
type Place = {
  track: InterchangeTrack;
  sequence: InterchangeSequence;
  offset: Fraction;
  lane: number;
};

class FcpxmlWriter {
  readonly losses: Loss[] = [];
  readonly resources = new FcpxmlResources();
  readonly #timeline: InterchangeTimeline;
  readonly #uses: ReadonlyMap<string, InterchangeMedia>;

  constructor(timeline: InterchangeTimeline) {
    this.#timeline = timeline;
    this.#uses = mediaUses(timeline);
  }

  sequence(sequence: InterchangeSequence, key: string | null): XmlElement {
    const format = sequence.format ?? USUAL_FORMAT;
    const formatId = this.resources.format(sequence.frameRate, format);
    const spine = this.#spine(sequence);
    if ((sequence.markers ?? []).some(({ color }) => color !== undefined)) {
      this.#lose(
        'interchange/marker-color',
        `timeline “${sequence.name}”`,
        'The colours of its markers were noted for Inkreel; the format has none.',
      );
    }
    const note = {
      ...(key === null ? {} : { key }),
      tracks: sequence.tracks.map(({ kind, name, muted }) => ({ kind, name, muted })),
      markers: sequence.markers ?? [],
    };
    return xmlElement(
      'sequence',
      {
        format: formatId,
        duration: fcpxmlFlicks(sequenceDuration(sequence)),
        tcStart: '0s',
        tcFormat: canDropFrames(sequence.frameRate) ? 'DF' : 'NDF',
        audioLayout: 'stereo',
        audioRate: AUDIO_RATES[format.sampleRateHz] ?? '48k',
      },
      [xmlElement('spine', {}, spine), timelineNoteElement(note)],
    );
  }

  #spine(sequence: InterchangeSequence): XmlElement[] {
    const { tracks, markers = [] } = sequence;
    const [first] = tracks;
    const primary = first?.kind === 'video' ? first : null;
    const items: InterchangeItem[] = [...(primary?.items ?? [])];
    const filled = itemBoundaries(items).at(-1) ?? ZERO;
    const frame = frameDuration(sequence.frameRate);
    const last = maxFlicks(
      sequenceDuration(sequence),
      markers.reduce<Flicks>((end, { time }) => maxFlicks(end, addFlicks(time, frame)), ZERO),
    );
    if (last > filled) items.push({ kind: 'gap', duration: subtractFlicks(last, filled) });
    const boundaries = itemBoundaries(items);
    const anchors = items.map((item, index): Anchor => {
      const start = boundaries[index] ?? ZERO;
      return {
        start,
        end: boundaries[index + 1] ?? start,
        own: item.kind === 'gap' ? NOTHING : timingOf(item).start,
        connected: [],
        markers: [],
      };
    });
    let lane = { video: 0, audio: 0 };
    for (const track of tracks) {
      if (track === primary) continue;
      lane =
        track.kind === 'video'
          ? { ...lane, video: lane.video + 1 }
          : { ...lane, audio: lane.audio - 1 };
      for (const run of runsOf(track)) {
        const anchor = anchorAt(anchors, run.start);
        if (anchor === undefined) continue;
        const offset = plus(anchor.own, secondsOf(subtractFlicks(run.start, anchor.start)));
        const place = { track, sequence, offset, lane: lane[track.kind] };
        for (const one of this.#run(run, place)) anchor.connected.push(one);
      }
    }
    for (const marker of markers) {
      const anchor = anchorAt(anchors, marker.time);
      if (anchor === undefined) continue;
      const own = plus(anchor.own, secondsOf(subtractFlicks(marker.time, anchor.start)));
      anchor.markers.push(markerElement(marker, own, frame));
    }
    const transitions = transitionsByIndex(primary?.transitions ?? []);
    return items.flatMap((item, index) => {
      const anchor = anchors[index];
      const offset = secondsOf(boundaries[index] ?? ZERO);
      const place = { track: primary ?? EMPTY_TRACK, sequence, offset, lane: 0 };
      const element = this.#item(item, place, anchor);
      const transition = transitions.get(index);
      if (transition === undefined) return [element];
      const cut = boundaries[index + 1] ?? ZERO;
      return [element, this.#transition(transition, secondsOf(cut), place)];
    });
  }

  /** The elements of a run: each clip on its own, or one storyline where transitions join them. */
  #run(run: Run, place: Place): XmlElement[] {
    const boundaries = itemBoundaries(run.items);
    const at = (index: number) => secondsOf(boundaries[index] ?? ZERO);
    if (run.transitions.length === 0) {
      return run.items.flatMap((item, index) => {
        // A gap has no place outside of a storyline.
        if (this.#isWithoutContent(item)) return [];
        return [this.#item(item, { ...place, offset: plus(place.offset, at(index)) })];
      });
    }
    const transitions = transitionsByIndex(run.transitions);
    const children = run.items.flatMap((item, index) => {
      const inside = { ...place, lane: 0, offset: at(index) };
      const element = this.#item(item, inside);
      const transition = transitions.get(index);
      return transition === undefined
        ? [element]
        : [element, this.#transition(transition, at(index + 1), inside)];
    });
    return [
      xmlElement('spine', { lane: String(place.lane), offset: fcpxmlTime(place.offset) }, children),
    ];
  }

  #isWithoutContent(clip: InterchangeClip): boolean {
    return clip.mediaUrl === null && this.#sequenceOf(clip) === undefined;
  }

  #sequenceOf(clip: InterchangeClip): InterchangeSequence | undefined {
    return clip.nested === undefined ? undefined : this.#timeline.nested?.get(clip.nested);
  }

  #item(item: InterchangeItem, place: Place, anchor?: Anchor): XmlElement {
    const connected = anchor?.connected ?? [];
    const markers = anchor?.markers ?? [];
    if (item.kind === 'gap' || this.#isWithoutContent(item)) {
      return xmlElement(
        'gap',
        {
          name: item.kind === 'gap' ? 'Gap' : item.name,
          offset: fcpxmlTime(place.offset),
          start: fcpxmlTime(anchor?.own ?? NOTHING),
          duration: fcpxmlFlicks(interchangeDuration(item)),
        },
        [...connected, ...markers],
      );
    }
    return this.#clip(item, place, { connected, markers });
  }

  #clip(
    clip: InterchangeClip,
    place: Place,
    attached: { connected: readonly XmlElement[]; markers: readonly XmlElement[] },
  ): XmlElement {
    const { track, sequence } = place;
    const timing = timingOf(clip);
    const frame = frameDuration(sequence.frameRate);
    this.#noteLosses(track, clip);
    const { width, height } = sequence.format ?? USUAL_FORMAT;
    const context = { kind: track.kind, aspect: width / height, start: timing.start };
    const note = {
      ...clipNote(clip),
      ...(clip.disabled === true ? { disabled: true as const } : {}),
      ...(clip.markers === undefined ? {} : { markers: clip.markers }),
    };
    const own = (clip.markers ?? []).flatMap((marker) => {
      const start = ownTimeOf(timing, secondsOf(marker.time));
      if (start !== null) return [markerElement(marker, start, frame)];
      this.#lose(
        'interchange/marker',
        clipLabel(track, clip),
        'A marker outside of what the changed speed shows was noted for Inkreel only.',
      );
      return [];
    });
    const attributes = {
      name: clip.name,
      lane: place.lane === 0 ? undefined : String(place.lane),
      offset: fcpxmlTime(place.offset),
      start: fcpxmlTime(timing.start),
      duration: fcpxmlFlicks(interchangeDuration(clip)),
      enabled: clip.disabled === true || track.muted ? '0' : undefined,
    };
    const head = [...this.#timingElements(clip, sequence), ...adjustElements(clip, context)];
    const tail = [...attached.connected, ...own, ...attached.markers, ...clipNoteElements(note)];
    const source = { srcEnable: track.kind };
    const nested = this.#sequenceOf(clip);
    if (nested !== undefined && clip.nested !== undefined) {
      const key = clip.nested;
      const ref = this.resources.nested(key, nested.name, () => this.sequence(nested, key));
      return xmlElement('ref-clip', { ref, ...attributes, ...source }, [...head, ...tail]);
    }
    const url = clip.mediaUrl ?? '';
    const media = this.#mediaOf(url);
    const ref = this.resources.asset(clip, url, media, sequence);
    if (
      clip.mediaDuration === null &&
      track.kind === 'video' &&
      media.picture?.frameRate === null
    ) {
      return stillElement(ref, attributes, { head, tail });
    }
    const role = track.kind === 'audio' ? { audioRole: 'dialogue' } : {};
    return xmlElement('asset-clip', { ref, ...attributes, ...source, ...role }, [...head, ...tail]);
  }

  #mediaOf(url: string): InterchangeMedia {
    return this.#timeline.media?.get(url) ?? this.#uses.get(url) ?? { picture: null, sound: null };
  }

  #timingElements(clip: InterchangeClip, sequence: InterchangeSequence): XmlElement[] {
    const source = clip.mediaUrl === null ? null : this.#mediaOf(clip.mediaUrl).picture?.frameRate;
    const conform = conformElements(source ?? null, sequence.frameRate);
    const { points } = timingOf(clip);
    if (points === null) return conform;
    const map = points.map(({ time, value }) =>
      xmlElement('timept', { time: fcpxmlTime(time), value: fcpxmlTime(value), interp: 'linear' }),
    );
    return [...conform, xmlElement('timeMap', {}, map)];
  }

  #transition(transition: InterchangeTransition, cut: Fraction, { track }: Place): XmlElement {
    const { kind, before, after } = transition;
    const of = track.kind === 'video' ? 'picture' : 'sound';
    if (kind !== 'dissolve') {
      this.#lose(
        'interchange/transition-kind',
        trackLabel(track),
        `A transition of the kind “${kind}” was noted for Inkreel; other programs show a dissolve.`,
      );
    }
    const name = of === 'picture' ? 'Cross Dissolve' : 'Audio Crossfade';
    const filter = xmlElement(of === 'picture' ? 'filter-video' : 'filter-audio', {
      ref: this.resources.effect(of),
      name,
    });
    return xmlElement(
      'transition',
      {
        name,
        offset: fcpxmlTime(minus(cut, secondsOf(before))),
        duration: fcpxmlFlicks(addFlicks(before, after)),
      },
      kind === 'dissolve' ? [filter] : [filter, transitionNoteElement(transitionNote(transition))],
    );
  }

  #noteLosses(track: InterchangeTrack, clip: InterchangeClip): void {
    for (const one of featureLosses(track, clip, unsaidFeatures(clip, track.kind), 'noted'))
      this.losses.push(one);
    const where = clipLabel(track, clip);
    const { retime } = clip.sourceRange;
    if (retime?.kind === 'curve' && retime.keys.some(({ easing }) => easing !== 'linear')) {
      this.#lose(
        'interchange/speed-curve',
        where,
        'How gently the speed changes was noted for Inkreel; other programs change it in short steps.',
      );
    }
    if ((clip.markers ?? []).some(({ color }) => color !== undefined)) {
      this.#lose(
        'interchange/marker-color',
        where,
        'The colours of its markers were noted for Inkreel; the format has none.',
      );
    }
  }

  #lose(code: string, where: string, message: string): void {
    this.losses.push({ code, where, message });
  }
}

const EMPTY_TRACK: InterchangeTrack = {
  kind: 'video',
  name: '',
  muted: false,
  items: [],
  transitions: [],
};

function timingOf(clip: InterchangeClip) {
  return fcpxmlTiming(clip.sourceRange, clip.mediaDuration);
}

/** A still picture: the format wants a `video` in a clip for it. */
function stillElement(
  ref: string,
  attributes: Readonly<Record<string, string | undefined>>,
  { head, tail }: { head: readonly XmlNode[]; tail: readonly XmlNode[] },
): XmlElement {
  const { start, duration, name } = attributes;
  const video = xmlElement('video', { ref, name, offset: start, start, duration });
  return xmlElement('clip', attributes, [...head, video, ...tail]);
}
