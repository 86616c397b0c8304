import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import type { Flicks } from '../time/flicks.ts';
import { frameAt, type Rate } from '../time/rate.ts';
import { formatTimecode, type TimecodeKind } from '../time/timecode.ts';
import { EdlReels } from './edlReels.ts';
import {
  type InterchangeClip,
  type InterchangeTimeline,
  type InterchangeTrack,
  itemBoundaries,
  trackLabel,
} from './interchangeTimeline.ts';

/** One event before it has a number; all times in frames. */
type Event = {
  channel: string;
  clip: InterchangeClip;
  sourceIn: number;
  recordIn: number;
  recordOut: number;
  /** The clip that dissolves into this one, from where it goes on, and for how many frames. */
  dissolve: { from: InterchangeClip; sourceIn: number; frames: number } | null;
};

const SOUND_CHANNELS = ['A', 'A2'];

/**
 * A timeline as a CMX 3600 edit decision list: the lowest picture track that is seen as `V`, the first two sound tracks
 * that are heard as `A` and `A2`, cuts and dissolves. The first frame of the timeline is 00:00:00:00, and so is that of
 * a media file. Reels are short names of files; comments hold clip names and the files. Everything else is reported. `timecode` says how frames are labelled; drop-frame exists at 29.97 and 59.94 only, else `RangeError`.
 * Refuses `interchange/too-long` (the labels of the format count 24 hours).
 */
export function writeEdl(
  timeline: InterchangeTimeline,
  timecode: TimecodeKind,
): { text: string; losses: Loss[] } {
  const { frameRate } = timeline;
  const { carried, losses } = chooseTracks(timeline.tracks);
  const events = carried.flatMap(({ channel, track }) => {
    const read = eventsOf(track, channel, frameRate);
    losses.push(...read.losses);
    return read.events;
  });
  // Sorting is stable: picture stays before the sound that starts with it.
  events.sort((a, b) => a.recordIn - b.recordIn);
  if (events.length > 999) {
    losses.push({
      code: 'interchange/many-events',
      where: 'timeline',
      message: `This list has ${events.length} events. Old programs read 999 at most.`,
    });
  }
  const label = (frame: number) => labelOf(frame, frameRate, timecode);
  const reels = new EdlReels();
  const lines = [
    `TITLE: ${oneLine(timeline.name)}`,
    `FCM: ${timecode === 'drop-frame' ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
    ...events.flatMap((event, index) =>
      eventLines(event, String(index + 1).padStart(3, '0'), { label, reels }),
    ),
  ];
  return { text: `${lines.join('\n')}\n`, losses };
}

function chooseTracks(tracks: readonly InterchangeTrack[]): {
  carried: { channel: string; track: InterchangeTrack }[];
  losses: Loss[];
} {
  const carried: { channel: string; track: InterchangeTrack }[] = [];
  const losses: Loss[] = [];
  const free = { video: ['V'], audio: [...SOUND_CHANNELS] };
  for (const track of tracks) {
    const isEmpty = track.items.every((item) => item.kind === 'gap');
    // A track without clips takes no channel from one that has some.
    if (isEmpty) continue;
    const channel = track.muted ? undefined : free[track.kind].shift();
    if (channel !== undefined) {
      carried.push({ channel, track });
      continue;
    }
    losses.push({
      code: track.muted ? 'interchange/muted-track' : 'interchange/extra-track',
      where: trackLabel(track),
      message: track.muted
        ? 'This track is switched off, which the format cannot say. It was left out.'
        : 'The format has room for one picture track and two sound tracks. This one was left out.',
    });
  }
  return { carried, losses };
}

function eventsOf(
  track: InterchangeTrack,
  channel: string,
  frameRate: Rate,
): { events: Event[]; losses: Loss[] } {
  const frames = (time: Flicks) => frameAt(time, frameRate, 'nearest');
  const boundaries = itemBoundaries(track.items).map(frames);
  const after = new Map(track.transitions.map((each) => [each.afterItemIndex, each]));
  const events: Event[] = [];
  const losses: Loss[] = [];
  for (const [index, clip] of track.items.entries()) {
    if (clip.kind === 'gap') continue;
    const [start = 0, end = 0] = [boundaries[index], boundaries[index + 1]];
    const into = after.get(index - 1);
    const before = into === undefined ? 0 : frames(into.before);
    const outOf = after.get(index);
    const recordIn = start - before;
    const recordOut = end - (outOf === undefined ? 0 : frames(outOf.before));
    const previous = track.items[index - 1];
    const last = events.at(-1);
    losses.push(...clipLosses(track, clip, frameRate));
    events.push({
      channel,
      clip,
      sourceIn: Math.max(0, frames(clip.sourceRange.in) - before),
      recordIn,
      recordOut,
      dissolve:
        into === undefined || previous?.kind !== 'clip' || last === undefined
          ? null
          : {
              from: previous,
              sourceIn: last.sourceIn + last.recordOut - last.recordIn,
              frames: before + frames(into.after),
            },
    });
  }
  // A clip that a dissolve takes from its first frame on stands in the first line of the dissolve only.
  return { events: events.filter((event) => event.recordOut > event.recordIn), losses };
}

function clipLosses(track: InterchangeTrack, clip: InterchangeClip, frameRate: Rate): Loss[] {
  const where = `${trackLabel(track)} (“${clip.name}”)`;
  const first = clip.sourceRange.in;
  const found: Loss[] = [];
  if (frameAt(first, frameRate, 'floor') !== frameAt(first, frameRate, 'ceil')) {
    found.push({
      code: 'interchange/rounded',
      where,
      message: 'The clip uses its media from between two frames; the nearest frame was written.',
    });
  }
  if (clip.gainDb !== null && clip.gainDb !== 0) {
    found.push({
      code: 'interchange/volume',
      where,
      message: `The volume (${clip.gainDb} dB) was left out. The clip plays as recorded.`,
    });
  }
  return found;
}

type Wording = { label: (frame: number) => string; reels: EdlReels };

function eventLines(event: Event, number: string, { label, reels }: Wording): string[] {
  const { channel, clip, sourceIn, recordIn, recordOut, dissolve } = event;
  const line = (of: InterchangeClip, kind: string, source: number, length: number) =>
    [
      number.padEnd(4),
      reels.nameOf(of.mediaUrl).padEnd(8),
      channel.padEnd(5),
      kind.padEnd(8),
      label(source),
      label(source + length),
      label(recordIn),
      label(recordIn + length),
    ].join(' ');
  const length = recordOut - recordIn;
  if (dissolve === null) {
    return [line(clip, 'C', sourceIn, length), ...comments('FROM', clip)];
  }
  return [
    line(dissolve.from, 'C', dissolve.sourceIn, 0),
    line(clip, `D    ${String(dissolve.frames).padStart(3, '0')}`, sourceIn, length),
    ...comments('FROM', dissolve.from),
    ...comments('TO', clip),
  ];
}

function comments(which: 'FROM' | 'TO', clip: InterchangeClip): string[] {
  return [
    `* ${which} CLIP NAME: ${oneLine(clip.name)}`,
    ...(clip.mediaUrl === null ? [] : [`* SOURCE FILE: ${oneLine(clip.mediaUrl)}`]),
  ].map((each) => each.trimEnd());
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

function labelOf(frame: number, frameRate: Rate, timecode: TimecodeKind): string {
  const text = formatTimecode(frame, frameRate, timecode);
  if (Number(text.slice(0, text.indexOf(':'))) >= 24) {
    refuse(
      'interchange/too-long',
      'The timecode of an edit decision list ends after 24 hours, and this timeline or its media is longer. Export it as OpenTimelineIO instead.',
    );
  }
  return text;
}
