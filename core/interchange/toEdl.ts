import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import type { Flicks } from '../time/flicks.ts';
import { frameAt, frameStart, type Rate } from '../time/rate.ts';
import { formatTimecode, type TimecodeKind } from '../time/timecode.ts';
import { featureLosses, featuresOf } from './clipFeatures.ts';
import { EdlReels } from './edlReels.ts';
import { edlColumns, edlSpeedText, isSaidExactly, USUAL_WIPE } from './edlSpeed.ts';
import {
  clipLabel,
  type InterchangeClip,
  type InterchangeItem,
  type InterchangeTimeline,
  type InterchangeTrack,
  interchangeDuration,
  itemBoundaries,
  trackLabel,
} from './interchangeTimeline.ts';
import { averageSpeed } from './speeds.ts';

/** One event before it has a number; all times in frames. */
type Event = {
  channel: string;
  clip: InterchangeClip;
  source: { first: number; last: number };
  recordIn: number;
  recordOut: number;
  /** The clip that turns into this one, from where it goes on, and for how many frames. */
  transition: { letter: string; from: InterchangeClip; sourceIn: number; frames: number } | null;
};

const SOUND_CHANNELS = ['A', 'A2'];

/**
 * A timeline as a CMX 3600 edit decision list: the lowest picture track that is seen as `V`, the first two sound tracks
 * that are heard as `A` and `A2`, cuts, dissolves, wipes, speeds (`M2`) and markers (`LOC`). The first frame of the timeline is 00:00:00:00, and so is that of
 * a media file. Reels are short names of files; comments hold clip names and the files. Everything else is
 * reported. `timecode` says how frames are labelled; drop-frame exists at 29.97 and 59.94 only, else `RangeError`.
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
    for (const one of read.losses) losses.push(one);
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
  const markers = markerLines(timeline, label);
  for (const one of markers.losses) losses.push(one);
  const reels = new EdlReels();
  const lines = [
    `TITLE: ${oneLine(timeline.name)}`,
    `FCM: ${timecode === 'drop-frame' ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
    ...events.flatMap((event, index) =>
      eventLines(event, String(index + 1).padStart(3, '0'), { label, reels, frameRate }),
    ),
    ...markers.lines,
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
    const isEmpty = track.items.every((item) => item.kind === 'gap' || item.disabled === true);
    // A track without clips takes no channel from one that has some.
    if (isEmpty) {
      const off = track.items.flatMap((item) => (item.kind === 'clip' ? [item] : []));
      for (const one of off.map((clip) => disabledLoss(track, clip))) losses.push(one);
      continue;
    }
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
    for (const one of clipLosses(track, clip, frameRate)) losses.push(one);
    if (clip.disabled === true) continue;
    const [start = 0, end = 0] = [boundaries[index], boundaries[index + 1]];
    const previous = track.items[index - 1];
    const next = track.items[index + 1];
    const joins = (other: InterchangeItem | undefined) =>
      other?.kind === 'clip' && other.disabled !== true;
    const into = joins(previous) ? after.get(index - 1) : undefined;
    const outOf = joins(next) ? after.get(index) : undefined;
    const before = into === undefined ? 0 : frames(into.before);
    const recordIn = start - before;
    const recordOut = end - (outOf === undefined ? 0 : frames(outOf.before));
    const columns = edlColumns(
      clip.sourceRange,
      { before, length: recordOut - recordIn },
      frameRate,
    );
    if (!columns.isExact && recordOut > recordIn) losses.push(roundedLoss(track, clip));
    events.push({
      channel,
      clip,
      source: columns,
      recordIn,
      recordOut,
      transition:
        into === undefined || previous?.kind !== 'clip'
          ? null
          : {
              letter: into.kind === 'wipe' ? `W${String(USUAL_WIPE).padStart(3, '0')}` : 'D   ',
              from: previous,
              sourceIn: reached(previous, frames(into.before), frameRate),
              frames: before + frames(into.after),
            },
    });
  }
  for (const { kind, afterItemIndex } of track.transitions) {
    const joined = [track.items[afterItemIndex], track.items[afterItemIndex + 1]];
    const isLeftOut = joined.some((item) => item?.kind === 'clip' && item.disabled === true);
    if (kind === 'dissolve' || kind === 'wipe' || isLeftOut) continue;
    losses.push({
      code: 'interchange/transition-kind',
      where: trackLabel(track),
      message: `A transition of the kind “${kind}” was written as a dissolve.`,
    });
  }
  // A clip that a transition takes from its first frame on stands in the first line of the transition only.
  return { events: events.filter((event) => event.recordOut > event.recordIn), losses };
}

/** The frame that a clip has come to `before` frames ahead of its end. */
function reached(clip: InterchangeClip, before: number, frameRate: Rate): number {
  const length = frameAt(interchangeDuration(clip), frameRate, 'nearest');
  const { begin } = edlColumns(clip.sourceRange, { before: before - length, length: 1 }, frameRate);
  return begin;
}

function clipLosses(track: InterchangeTrack, clip: InterchangeClip, frameRate: Rate): Loss[] {
  const where = clipLabel(track, clip);
  const found: Loss[] = [];
  const lose = (code: string, message: string) => found.push({ code, where, message });
  if (clip.disabled === true) return [disabledLoss(track, clip)];
  if (clip.nested !== undefined) {
    lose(
      'interchange/nested',
      'The timeline in this clip was left out; only its name and place were written.',
    );
  }
  const { retime } = clip.sourceRange;
  if (retime?.kind === 'curve') {
    lose(
      'interchange/speed-curve',
      'How the speed changes was left out. The clip plays at its average speed.',
    );
  } else if (retime !== undefined && !isSaidExactly(retime.speed, frameRate)) {
    lose(
      'interchange/speed-rounded',
      'The speed was noted for Inkreel; other programs play the clip at a speed rounded to a tenth of a frame a second.',
    );
  }
  for (const one of featureLosses(track, clip, featuresOf(clip), 'left out')) found.push(one);
  const markers = clip.markers?.length ?? 0;
  if (markers > 0) {
    lose(
      'interchange/marker',
      `${markers === 1 ? 'A marker was' : `${markers} markers were`} left out.`,
    );
  }
  return found;
}

function disabledLoss(track: InterchangeTrack, clip: InterchangeClip): Loss {
  return {
    code: 'interchange/disabled',
    where: clipLabel(track, clip),
    message: 'The clip is switched off, which the format cannot say. It was left out.',
  };
}

function roundedLoss(track: InterchangeTrack, clip: InterchangeClip): Loss {
  return {
    code: 'interchange/rounded',
    where: clipLabel(track, clip),
    message: 'The clip uses its media from between two frames; the nearest frame was written.',
  };
}

type Wording = { label: (frame: number) => string; reels: EdlReels; frameRate: Rate };

function eventLines(event: Event, number: string, { label, reels, frameRate }: Wording): string[] {
  const { channel, clip, source, recordIn, recordOut, transition } = event;
  const line = (of: InterchangeClip, kind: string, first: number, last: number, length: number) =>
    [
      number.padEnd(4),
      reels.nameOf(of.mediaUrl).padEnd(8),
      channel.padEnd(5),
      kind.padEnd(8),
      label(first),
      label(last),
      label(recordIn),
      label(recordIn + length),
    ].join(' ');
  const details = (which: 'FROM' | 'TO', of: InterchangeClip, first: number) => [
    ...comments(which, of),
    ...speedLines(of, { reel: reels.nameOf(of.mediaUrl), first: label(first), frameRate }),
  ];
  const length = recordOut - recordIn;
  if (transition === null) {
    return [
      line(clip, 'C', source.first, source.last, length),
      ...details('FROM', clip, source.first),
    ];
  }
  const { from, sourceIn, letter } = transition;
  const kind = `${letter} ${String(transition.frames).padStart(3, '0')}`;
  return [
    line(from, 'C', sourceIn, sourceIn, 0),
    line(clip, kind, source.first, source.last, length),
    ...details('FROM', from, sourceIn),
    ...details('TO', clip, source.first),
  ];
}

function speedLines(
  clip: InterchangeClip,
  { reel, first, frameRate }: { reel: string; first: string; frameRate: Rate },
): string[] {
  const { retime } = clip.sourceRange;
  if (retime === undefined) return [];
  const text = edlSpeedText(averageSpeed(clip.sourceRange), frameRate);
  return [
    `M2   ${reel.padEnd(8)}       ${text}                ${first}`,
    ...(retime.kind === 'curve' || isSaidExactly(retime.speed, frameRate)
      ? []
      : [`* INKREEL SPEED: ${retime.speed.num}/${retime.speed.den}`]),
  ];
}

function comments(which: 'FROM' | 'TO', clip: InterchangeClip): string[] {
  return [
    `* ${which} CLIP NAME: ${oneLine(clip.name)}`,
    ...(clip.mediaUrl === null ? [] : [`* SOURCE FILE: ${oneLine(clip.mediaUrl)}`]),
  ].map((each) => each.trimEnd());
}

/** Markers of the timeline as comments, which follow the events. */
function markerLines(
  timeline: InterchangeTimeline,
  label: (frame: number) => string,
): { lines: string[]; losses: Loss[] } {
  const losses: Loss[] = [];
  const lines = (timeline.markers ?? []).map((marker) => {
    const { time, duration, kind, note, color = null } = marker;
    const frame = frameAt(time, timeline.frameRate, 'nearest');
    const lost = [
      ...(duration > 0 ? ['how long it is'] : []),
      ...(kind === 'standard' ? [] : [`that it is a ${kind} marker`]),
      ...(note === undefined ? [] : ['its note']),
      ...(frameStart(frame, timeline.frameRate) === time ? [] : ['its exact time']),
    ];
    if (lost.length > 0) {
      losses.push({
        code: 'interchange/marker',
        where: `marker “${marker.name}”`,
        message: `Of this marker was left out: ${lost.join(', ')}.`,
      });
    }
    const word = (color ?? 'white').toUpperCase();
    return `* LOC: ${label(Math.max(0, frame))} ${word.padEnd(7)} ${oneLine(marker.name)}`.trimEnd();
  });
  return { lines, losses };
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
