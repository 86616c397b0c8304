import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import { ZERO } from '../time/flicks.ts';
import { frameStart, type Rate } from '../time/rate.ts';
import { nominalRate, parseTimecode, canDropFrames } from '../time/timecode.ts';
import { edlRange, USUAL_WIPE } from './edlSpeed.ts';
import { type ChannelEdit, type EdlSide, edlTrack } from './edlTrack.ts';
import type { InterchangeMarker, InterchangeReading } from './interchangeTimeline.ts';
import { type EdlEdit, type EdlEvent, type EdlMarker, parseEdl } from './parseEdl.ts';

/**
 * Reads a CMX 3600 edit decision list into one picture track for each of `V`, `V2` …, and one sound track for each of
 * `A`, `A2` …. The frame rate is not in the file: `frameRate` is that of the timeline to make. The list starts at the
 * whole hour before its first event. Transitions have their cut in the middle. The media of a clip is what its comments
 * say, else what they say of the same reel elsewhere, else the name of the clip where that is a file name. What cannot
 * be kept is reported.
 *
 * Refuses what `parseEdl` refuses, and `interchange/no-such-timecode` for labels that the rate does not have.
 */
export function readEdl(text: string, frameRate: Rate): InterchangeReading {
  const document = parseEdl(text);
  const losses: Loss[] = [];
  const files = filesOfReels(document.events);
  const byChannel = new Map<string, ChannelEdit[]>();
  for (const event of document.events) {
    for (const one of eventLosses(event)) losses.push(one);
    for (const [index, edit] of event.edits.entries()) {
      const outgoing = outgoingOf(event, index);
      if (edit.recordIn === edit.recordOut) continue;
      const read = channelEdit({ event, edit, outgoing }, { frameRate, files, losses });
      for (const channel of edit.channels) {
        const edits = byChannel.get(channel);
        if (edits === undefined) byChannel.set(channel, [read]);
        else edits.push(read);
      }
    }
  }
  const [unread] = document.unreadLines;
  if (unread !== undefined) {
    const others = document.unreadLines.length - 1;
    losses.push({
      code: 'interchange/unknown-line',
      where: others === 0 ? `line ${unread}` : `line ${unread} and ${others} more`,
      message: 'A line that looks like an event could not be read. It was left out.',
    });
  }
  const start = startOf([...byChannel.values()].flat(), frameRate, document.events);
  if (start > 0) {
    losses.push({
      code: 'interchange/start-time',
      where: 'timeline',
      message: 'This list starts at a timecode other than zero. Here it starts at zero.',
    });
  }
  const markers = readMarkers(document.markers, { start, frameRate, losses });
  const tracks = [...byChannel]
    .sort(([a], [b]) => channelOrder(a) - channelOrder(b))
    .map(([channel, edits]) => {
      const track = edlTrack(channel, edits, { start, frameRate });
      for (const one of track.losses) losses.push(one);
      return track.track;
    });
  return {
    timeline: {
      name: document.title,
      frameRate,
      linksAreKnown: false,
      tracks,
      ...(markers.length === 0 ? {} : { markers }),
    },
    losses,
  };
}

/** Picture first, each kind in the order of its numbers. */
function channelOrder(channel: string): number {
  return (channel.startsWith('V') ? 0 : 1000) + Number(channel.slice(1));
}

/** The line that a transition starts from: the one before it in the same event, which lasts no time. */
function outgoingOf(event: EdlEvent, index: number): EdlEdit | null {
  const [edit, before] = [event.edits[index], event.edits[index - 1]];
  const isTransition = edit?.kind === 'dissolve' || edit?.kind === 'wipe';
  return isTransition && before?.recordIn === before?.recordOut ? (before ?? null) : null;
}

/** The file of each reel of which the comments name exactly one. */
function filesOfReels(events: readonly EdlEvent[]): ReadonlyMap<string, string | null> {
  const files = new Map<string, string | null>();
  for (const { edits, from, to } of events) {
    const named = [
      [edits[0]?.reel, from.file],
      [edits[1]?.reel, to.file],
    ] as const;
    for (const [reel, file] of named) {
      if (reel === undefined || file === null || isGeneric(reel)) continue;
      files.set(reel, (files.get(reel) ?? file) === file && files.get(reel) !== null ? file : null);
    }
  }
  return files;
}

/** Reels that stand for anything without a tape of its own. */
function isGeneric(reel: string): boolean {
  return /^(AX|BL|AUX|BLACK)$/i.test(reel);
}

type EditContext = {
  frameRate: Rate;
  files: ReadonlyMap<string, string | null>;
  losses: Loss[];
};

function channelEdit(
  { event, edit, outgoing }: { event: EdlEvent; edit: EdlEdit; outgoing: EdlEdit | null },
  { frameRate, files, losses }: EditContext,
): ChannelEdit {
  const frame = (label: string) => frameOf(label, edit.line, frameRate);
  const where = `event ${event.number}`;
  const recordIn = frame(edit.recordIn);
  const recordOut = frame(edit.recordOut);
  if (recordOut < recordIn) {
    refuse(
      'interchange/malformed',
      `Line ${edit.line} of this edit decision list ends before it starts. Nothing was imported.`,
      { line: edit.line },
    );
  }
  const duration = recordOut - recordIn;
  const side = (of: EdlEdit, clip: EdlEvent['from']): EdlSide => {
    const columns = { first: frame(of.sourceIn), last: frame(of.sourceOut), duration };
    const found = edlRange(columns, clip, frameRate);
    // The line that a transition starts from lasts no time, so its length says nothing.
    const isLost = found.loss === 'speed' && of === outgoing && clip.framesPerSecond === null;
    if (found.loss !== null && !isLost) losses.push(speedLoss(where, found.loss));
    return {
      reel: of.reel,
      name: clip.name ?? '',
      mediaUrl: clip.file ?? files.get(of.reel) ?? fileNameIn(clip.name),
      sourceIn: found.sourceIn,
      range: found.range,
    };
  };
  return {
    where,
    recordIn,
    recordOut,
    clip: side(edit, outgoing !== null ? event.to : event.from),
    isBlack: /^(BL|BLACK)$/i.test(edit.reel),
    outgoing:
      outgoing === null || /^(BL|BLACK)$/i.test(outgoing.reel) ? null : side(outgoing, event.from),
    transitionFrames: edit.transitionFrames,
    transitionKind: edit.kind === 'wipe' ? 'wipe' : 'dissolve',
  };
}

/** Colours of markers that such lists have; ours that they lack come from other programs. */
const MARKER_NAMES: Readonly<Record<string, InterchangeMarker['color']>> = {
  RED: 'red',
  ORANGE: 'orange',
  YELLOW: 'yellow',
  GREEN: 'green',
  BLUE: 'blue',
  PURPLE: 'purple',
};

function readMarkers(
  markers: readonly EdlMarker[],
  { start, frameRate, losses }: { start: number; frameRate: Rate; losses: Loss[] },
): InterchangeMarker[] {
  return markers.map(({ line, time, color, name }) => {
    const found = Object.hasOwn(MARKER_NAMES, color.toUpperCase())
      ? MARKER_NAMES[color.toUpperCase()]
      : undefined;
    if (found === undefined && !/^(|WHITE)$/i.test(color)) {
      losses.push({
        code: 'interchange/marker-color',
        where: `line ${line}`,
        message: `The colour “${color}” of a marker was left out.`,
      });
    }
    return {
      time: frameStart(frameOf(time, line, frameRate) - start, frameRate),
      duration: ZERO,
      kind: 'standard' as const,
      name: name.trim().slice(0, 500),
      ...(found === undefined ? {} : { color: found }),
    };
  });
}

/** A clip name with a short ending is the name of a file in many programs. */
function fileNameIn(name: string | null): string | null {
  return name !== null && /^[^/\\]+\.[A-Za-z0-9]{2,4}$/.test(name) ? name : null;
}

function eventLosses(event: EdlEvent): Loss[] {
  const where = `event ${event.number}`;
  const losses: Loss[] = [];
  const lose = (code: string, message: string) => losses.push({ code, where, message });
  if (event.edits.some((edit) => edit.wipe !== null && edit.wipe !== USUAL_WIPE)) {
    lose('interchange/transition-kind', 'The pattern of a wipe was not kept.');
  }
  if (event.edits.some((edit) => edit.kind === 'key')) {
    lose('interchange/key', 'A key was left out; its picture was kept as a cut.');
  }
  if (event.edits.some((edit) => edit.channels.length === 0)) {
    lose('interchange/track-kind', 'A channel that is neither picture nor sound was left out.');
  }
  return losses;
}

function speedLoss(where: string, kind: 'speed' | 'speed-rounded'): Loss {
  return {
    code: `interchange/${kind}`,
    where,
    message:
      kind === 'speed'
        ? 'The speed was not kept. The clip plays at its own speed.'
        : 'The speed was rounded. Compare the end of the clip.',
  };
}

/** The whole hour at or before the first event. */
function startOf(
  edits: readonly ChannelEdit[],
  frameRate: Rate,
  events: readonly EdlEvent[],
): number {
  const first = edits.reduce((least, edit) => Math.min(least, edit.recordIn), Infinity);
  if (first === Infinity) return 0;
  const separator =
    canDropFrames(frameRate) && events[0]?.edits[0]?.recordIn.includes(';') === true ? ';' : ':';
  const hour = (hours: number) =>
    parseTimecode(`${String(hours).padStart(2, '0')}:00:00${separator}00`, frameRate) ?? 0;
  const hours = Math.floor(first / (3600 * nominalRate(frameRate)));
  // Drop-frame hours are a little shorter than the division says.
  return hour(hours + 1) <= first ? hour(hours + 1) : hour(hours);
}

function frameOf(label: string, line: number, frameRate: Rate): number {
  // Labels that drop-frame skips occur where a list mixes both ways of counting.
  const frame =
    parseTimecode(label, frameRate) ?? parseTimecode(label.replace(';', ':'), frameRate);
  if (frame !== null) return frame;
  refuse(
    'interchange/no-such-timecode',
    `There is no timecode “${label}” (line ${line}) at ${nominalRate(frameRate)} frames a second. Make a project at the frame rate of this list and import it there.`,
    { label, line },
  );
}
