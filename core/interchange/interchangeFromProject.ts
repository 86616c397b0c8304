import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import type { Clip, ObjectId, Track } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import type { ProjectReader } from '../model/project.ts';
import { subtractFlicks, ZERO } from '../time/flicks.ts';
import type {
  InterchangeClip,
  InterchangeItem,
  InterchangeReading,
  InterchangeTrack,
  InterchangeTransition,
} from './interchangeTimeline.ts';
import { mediaUrlOf } from './mediaUrl.ts';

/**
 * A timeline of a project as interchange formats see it. `folder` is the absolute folder of the file to be written;
 * media in it gets relative URLs, all other media (all, where it is null) absolute ones. Titles, captions and volume
 * have no place in these formats and are reported. Refuses `interchange/no-such-timeline`.
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
  const losses: Loss[] = [];
  const tracks = project.tracksOf(timelineId);
  const ofKind = (kind: Track['trackKind']) => tracks.filter((track) => track.trackKind === kind);
  const carried = [...ofKind('video'), ...ofKind('audio').reverse()];
  for (const track of carried) losses.push(...volumeLosses(project, track));
  for (const track of tracks) losses.push(...graphicsLosses(project, track));
  return {
    timeline: {
      name: timeline.name,
      frameRate: timeline.format.frameRate,
      linksAreKnown: true,
      tracks: carried.map((track) => {
        const content = readTrack(project, track, options.folder);
        losses.push(...content.losses);
        return content.track;
      }),
    },
    losses,
  };
}

function readTrack(
  project: ProjectReader,
  track: Track,
  folder: string | null,
): { track: InterchangeTrack; losses: Loss[] } {
  const items: InterchangeItem[] = [];
  const transitions: InterchangeTransition[] = [];
  const losses: Loss[] = [];
  let end = ZERO;
  for (const clip of clipsOn(project, track)) {
    if (itemStart(clip) > end) {
      items.push({ kind: 'gap', duration: subtractFlicks(itemStart(clip), end) });
    }
    const last = items.at(-1);
    const into = project.transitionsOf(clip.id).find(({ cut }) => cut.incomingId === clip.id);
    if (into !== undefined && last?.kind === 'clip' && last.id === into.cut.outgoingId) {
      transitions.push({
        afterItemIndex: items.length - 1,
        kind: into.transitionKind,
        before: into.reach.before,
        after: into.reach.after,
      });
    }
    const item = readClip(project, clip, folder);
    if (item.mediaUrl === null) {
      losses.push({
        code: 'interchange/no-media',
        where: placeOf(track, clip.name),
        message: 'The media of this clip is not in the project. The clip was written without it.',
      });
    }
    items.push(item);
    end = itemEnd(clip);
  }
  const kind = track.trackKind === 'audio' ? 'audio' : 'video';
  return {
    track: { kind, name: track.name, muted: track.muted === true, items, transitions },
    losses,
  };
}

function readClip(project: ProjectReader, clip: Clip, folder: string | null): InterchangeClip {
  const asset = project.find('asset', clip.assetId);
  return {
    kind: 'clip',
    id: clip.id,
    name: clip.name,
    mediaUrl: asset === undefined ? null : mediaUrlOf(asset.location.absolute, folder),
    sourceRange: clip.sourceRange,
    mediaDuration:
      asset === undefined || asset.facts.mediaKind === 'image' ? null : asset.facts.duration,
    link: clip.linkId ?? null,
    gainDb: clip.gainDb ?? null,
  };
}

function volumeLosses(project: ProjectReader, track: Track): Loss[] {
  return clipsOn(project, track)
    .filter((clip) => clip.gainDb !== undefined)
    .map((clip) => ({
      code: 'interchange/volume',
      where: placeOf(track, clip.name),
      message: `The volume (${clip.gainDb ?? 0} dB) was noted for Inkreel; other programs play the clip as recorded.`,
    }));
}

function graphicsLosses(project: ProjectReader, track: Track): Loss[] {
  const items = project.itemsOn(track.id);
  const captions = items.filter((item) => item.kind === 'cue').length;
  const titles = items.flatMap((item) => (item.kind === 'graphic' ? [item] : []));
  return [
    ...titles.map((title) => ({
      code: 'interchange/title',
      where: placeOf(track, title.name),
      message: 'A title was left out.',
    })),
    ...(captions === 0
      ? []
      : [
          {
            code: 'interchange/captions',
            where: `track “${track.name}”`,
            message: `${captions === 1 ? 'A caption was' : `${captions} captions were`} left out. Export captions as a file of their own.`,
          },
        ]),
  ];
}

function clipsOn(project: ProjectReader, track: Track): Clip[] {
  return project.itemsOn(track.id).flatMap((item) => (item.kind === 'clip' ? [item] : []));
}

function placeOf(track: Track, name: string): string {
  return `track “${track.name}” (“${name}”)`;
}
