import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import { audioStreamOf, videoStreamOf } from '../media/facts.ts';
import type { Asset, Clip, Marker, ObjectId, Timeline, Track } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { CLIP_PARAMETER_NAMES, CLIP_PARAMETERS } from '../model/parameters.ts';
import { assetOf, type ProjectReader } from '../model/project.ts';
import { subtractFlicks, ZERO } from '../time/flicks.ts';
import {
  type InterchangeClip,
  type InterchangeItem,
  type InterchangeMarker,
  type InterchangeMedia,
  type InterchangeParameters,
  type InterchangeReading,
  type InterchangeSequence,
  type InterchangeTrack,
  type InterchangeTransition,
  sequenceDuration,
} from './interchangeTimeline.ts';
import { mediaUrlOf } from './mediaUrl.ts';

/**
 * A timeline of a project as interchange formats see it, with the timelines in it. `folder` is the absolute folder of
 * the file to be written; media in it gets relative URLs, all other media (all, where it is null) absolute ones.
 * What none of these formats has room for (titles, captions, effects, groups, solo) is reported. Refuses
 * `interchange/no-such-timeline`.
 */
export function interchangeFromProject(
  project: ProjectReader,
  timelineId: ObjectId,
  options: { folder: string | null },
): InterchangeReading {
  const timeline = project.find('timeline', timelineId);
  if (timeline === undefined) {
    refuse('interchange/no-such-timeline', 'This timeline is no longer in the project.', {
      timelineId,
    });
  }
  const reader = new ProjectTimelines(project, options.folder);
  const outermost = reader.sequence(timeline);
  return {
    timeline: {
      ...outermost,
      linksAreKnown: true,
      ...(reader.nested.size === 0 ? {} : { nested: reader.nested }),
      ...(reader.media.size === 0 ? {} : { media: reader.media }),
    },
    losses: reader.losses,
  };
}

class ProjectTimelines {
  readonly losses: Loss[] = [];
  readonly nested = new Map<string, InterchangeSequence>();
  readonly media = new Map<string, InterchangeMedia>();
  readonly #project: ProjectReader;
  readonly #folder: string | null;

  constructor(project: ProjectReader, folder: string | null) {
    this.#project = project;
    this.#folder = folder;
  }

  sequence(timeline: Timeline): InterchangeSequence {
    const { frameRate, ...format } = timeline.format;
    const tracks = this.#project.tracksOf(timeline.id);
    const ofKind = (kind: Track['trackKind']) => tracks.filter((track) => track.trackKind === kind);
    const carried = [...ofKind('video'), ...ofKind('audio').reverse()];
    for (const track of tracks) this.#noteTrack(track);
    const markers = this.#project.markersOf(timeline.id).map(readMarker);
    return {
      name: timeline.name,
      frameRate,
      format,
      tracks: carried.map((track) => this.#track(track)),
      ...(markers.length === 0 ? {} : { markers }),
    };
  }

  #track(track: Track): InterchangeTrack {
    const items: InterchangeItem[] = [];
    const transitions: InterchangeTransition[] = [];
    let end = ZERO;
    for (const clip of this.#clipsOn(track)) {
      if (itemStart(clip) > end) {
        items.push({ kind: 'gap', duration: subtractFlicks(itemStart(clip), end) });
      }
      const last = items.at(-1);
      const into = this.#project
        .transitionsOf(clip.id)
        .find(({ cut }) => cut.incomingId === clip.id);
      if (into !== undefined && last?.kind === 'clip' && last.id === into.cut.outgoingId) {
        transitions.push({
          afterItemIndex: items.length - 1,
          kind: into.transitionKind,
          ...(into.direction === undefined ? {} : { direction: into.direction }),
          before: into.reach.before,
          after: into.reach.after,
        });
      }
      items.push(this.#clip(clip, track));
      end = itemEnd(clip);
    }
    const kind = track.trackKind === 'audio' ? 'audio' : 'video';
    return { kind, name: track.name, muted: track.muted === true, items, transitions };
  }

  #clip(clip: Clip, track: Track): InterchangeClip {
    const asset = assetOf(this.#project, clip);
    const nested = this.#nest(clip);
    const parameters = changedParameters(clip);
    const markers = this.#project.markersOf(clip.id).map(readMarker);
    const where = placeOf(track, clip.name);
    if (asset === undefined && nested === null) {
      this.#lose(
        'interchange/no-media',
        where,
        'The media of this clip is not in the project. The clip was written without it.',
      );
    }
    for (const { effect } of clip.effects ?? []) {
      this.#lose('interchange/effect', where, `The effect “${effect}” was left out.`);
    }
    if (clip.groupId !== undefined) {
      this.#lose('interchange/group', where, 'That this clip belongs to a group was left out.');
    }
    return {
      kind: 'clip',
      id: clip.id,
      name: clip.name,
      mediaUrl: asset === undefined ? null : this.#mediaUrl(asset),
      ...(nested === null ? {} : { nested }),
      sourceRange: clip.sourceRange,
      mediaDuration: this.#mediaDuration(clip, asset),
      link: clip.linkId ?? null,
      ...(clip.disabled === true ? { disabled: true } : {}),
      ...(parameters === null ? {} : { parameters }),
      ...(clip.fades === undefined ? {} : { fades: clip.fades }),
      ...(clip.blend === undefined || clip.blend === 'normal' ? {} : { blend: clip.blend }),
      ...(markers.length === 0 ? {} : { markers }),
    };
  }

  #mediaUrl(asset: Asset): string {
    const url = mediaUrlOf(asset.location.absolute, this.#folder);
    if (!this.media.has(url)) this.media.set(url, readMedia(asset));
    return url;
  }

  #mediaDuration(clip: Clip, asset: Asset | undefined): InterchangeClip['mediaDuration'] {
    const sequence = this.nested.get(clip.nestedTimelineId ?? '');
    if (sequence !== undefined) return sequenceDuration(sequence);
    return asset === undefined || asset.facts.mediaKind === 'image' ? null : asset.facts.duration;
  }

  /** The key of the timeline that a clip shows; it is read when it is first met. */
  #nest(clip: Clip): string | null {
    const id = clip.nestedTimelineId;
    const timeline = id === undefined ? undefined : this.#project.find('timeline', id);
    if (timeline === undefined) return null;
    if (!this.nested.has(timeline.id)) {
      // Known before it is read, so that a damaged project whose timelines contain each other comes to an end.
      this.nested.set(timeline.id, { name: '', frameRate: timeline.format.frameRate, tracks: [] });
      this.nested.set(timeline.id, this.sequence(timeline));
    }
    return timeline.id;
  }

  #clipsOn(track: Track): Clip[] {
    return this.#project.itemsOn(track.id).flatMap((item) => (item.kind === 'clip' ? [item] : []));
  }

  #noteTrack(track: Track): void {
    const items = this.#project.itemsOn(track.id);
    const captions = items.filter((item) => item.kind === 'cue').length;
    for (const item of items) {
      if (item.kind !== 'graphic') continue;
      this.#lose('interchange/title', placeOf(track, item.name), 'A title was left out.');
    }
    if (captions > 0) {
      this.#lose(
        'interchange/captions',
        `track “${track.name}”`,
        `${captions === 1 ? 'A caption was' : `${captions} captions were`} left out. Export captions as a file of their own.`,
      );
    }
    if (track.solo === true) {
      this.#lose(
        'interchange/solo',
        `track “${track.name}”`,
        'That this track plays alone was left out. Other programs play all tracks.',
      );
    }
  }

  #lose(code: string, where: string, message: string): void {
    this.losses.push({ code, where, message });
  }
}

function changedParameters(clip: Clip): InterchangeParameters | null {
  const changed = CLIP_PARAMETER_NAMES.flatMap((name) => {
    const value = clip[name];
    return value === undefined || value === CLIP_PARAMETERS[name].default ? [] : [[name, value]];
  });
  return changed.length === 0 ? null : (Object.fromEntries(changed) as InterchangeParameters);
}

function readMarker(marker: Marker): InterchangeMarker {
  return {
    time: marker.span.time,
    duration: marker.span.duration,
    kind: marker.markerKind,
    name: marker.name,
    ...(marker.note === undefined || marker.note === '' ? {} : { note: marker.note }),
    ...(marker.color === undefined ? {} : { color: marker.color }),
  };
}

function readMedia({ facts }: Asset): InterchangeMedia {
  const picture = videoStreamOf(facts);
  const sound = audioStreamOf(facts);
  return {
    picture:
      picture === undefined
        ? null
        : {
            width: picture.displayWidth,
            height: picture.displayHeight,
            frameRate: facts.mediaKind === 'image' ? null : (picture.frameRate ?? null),
          },
    sound:
      sound === undefined ? null : { channels: sound.channels, sampleRateHz: sound.sampleRateHz },
  };
}

function placeOf(track: Track, name: string): string {
  return `track “${track.name}” (“${name}”)`;
}
