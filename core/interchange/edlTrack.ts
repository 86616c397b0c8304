import type { Loss } from '../contract/films.ts';
import { sliceRange, type SourceRange, sourceTimeAt } from '../model/sourceRange.ts';
import { flicks } from '../time/flicks.ts';
import { frameAt, frameDuration, frameStart, type Rate } from '../time/rate.ts';
import type {
  InterchangeItem,
  InterchangeTrack,
  InterchangeTransition,
} from './interchangeTimeline.ts';

/**
 * One side of an edit: which clip, from which of its frames (label of the list, where playing begins), and the range
 * that plays from there, as long as the edit or longer.
 */
export type EdlSide = {
  reel: string;
  name: string;
  mediaUrl: string | null;
  sourceIn: number;
  range: SourceRange;
};

/** One edit on one channel, all times in frames. */
export type ChannelEdit = {
  where: string;
  recordIn: number;
  recordOut: number;
  clip: EdlSide;
  isBlack: boolean;
  /** The clip that a transition starts from; null for cuts and for fades from black. */
  outgoing: EdlSide | null;
  transitionFrames: number;
  transitionKind: InterchangeTransition['kind'];
};

/** A clip while its track is made: `start` and `end` on the track, `skipped` of its side, in frames. */
type Placed = { side: EdlSide; skipped: number; start: number; end: number; into: Into | null };
/** A transition into a clip, frames before and after its cut. */
type Into = { kind: InterchangeTransition['kind']; before: number; after: number };

/**
 * The track of one channel. Edits that reach into the next one are shortened, transitions without a clip before them
 * become cuts, both reported. `start` is the record frame at which the timeline begins.
 */
export function edlTrack(
  channel: string,
  edits: readonly ChannelEdit[],
  { start, frameRate }: { start: number; frameRate: Rate },
): { track: InterchangeTrack; losses: Loss[] } {
  const losses: Loss[] = [];
  const placed: Placed[] = [];
  for (const edit of [...edits].sort((a, b) => a.recordIn - b.recordIn)) {
    if (cutBackTo(placed, edit.recordIn)) {
      losses.push({
        code: 'interchange/overlap',
        where: edit.where,
        message: 'The clip before this one ran into it and was shortened.',
      });
    }
    if (edit.isBlack) continue;
    for (const one of placeEdit(placed.at(-1), edit, { losses, frameRate })) placed.push(one);
  }
  return { track: trackOf(channel, placed, { start, frameRate }), losses };
}

/** Ends what was placed at `recordIn`; true when something reached beyond it. */
function cutBackTo(placed: Placed[], recordIn: number): boolean {
  let isCut = false;
  for (let last = placed.at(-1); last !== undefined && last.end > recordIn; last = placed.at(-1)) {
    isCut = true;
    last.end = recordIn;
    if (last.start < recordIn) break;
    placed.pop();
  }
  return isCut;
}

/** The clips that an edit adds; a transition also makes the clip before it longer, up to the cut in its middle. */
function placeEdit(
  previous: Placed | undefined,
  edit: ChannelEdit,
  { losses, frameRate }: { losses: Loss[]; frameRate: Rate },
): Placed[] {
  const { recordIn, recordOut, clip, outgoing } = edit;
  const alone: Placed = { side: clip, skipped: 0, start: recordIn, end: recordOut, into: null };
  if (edit.transitionFrames === 0) return [alone];
  const frames = Math.min(edit.transitionFrames, recordOut - recordIn);
  const goesOn =
    previous?.end === recordIn && (outgoing === null || continues(previous, outgoing, frameRate));
  const before = goesOn
    ? Math.floor(frames / 2)
    : Math.min(Math.ceil(frames / 2), recordOut - recordIn - 1);
  if (!goesOn && (outgoing === null || before === 0)) {
    losses.push({
      code: 'interchange/transition-place',
      where: edit.where,
      message: 'A dissolve that does not join two clips became a cut.',
    });
    return [alone];
  }
  const cut = recordIn + before;
  const incoming: Placed = {
    side: clip,
    skipped: before,
    start: cut,
    end: recordOut,
    into: { kind: edit.transitionKind, before, after: frames - before },
  };
  if (goesOn) {
    previous.end = cut;
    return [incoming];
  }
  return outgoing === null
    ? [incoming]
    : [{ side: outgoing, skipped: 0, start: recordIn, end: cut, into: null }, incoming];
}

/** Whether the first line of a transition carries on the clip before it. */
function continues(previous: Placed, outgoing: EdlSide, frameRate: Rate): boolean {
  const { side, skipped, start, end } = previous;
  const played = frameStart(skipped + end - start, frameRate);
  const reached = frameAt(sourceTimeAt(side.range, played), frameRate, 'nearest');
  return side.reel === outgoing.reel && reached === outgoing.sourceIn;
}

function trackOf(
  channel: string,
  placed: readonly Placed[],
  { start, frameRate }: { start: number; frameRate: Rate },
): InterchangeTrack {
  const frame = frameDuration(frameRate);
  const items: InterchangeItem[] = [];
  const transitions: InterchangeTransition[] = [];
  let end = start;
  for (const { side, skipped, into, ...place } of placed) {
    if (place.start > end)
      items.push({ kind: 'gap', duration: flicks((place.start - end) * frame) });
    if (into !== null) {
      transitions.push({
        afterItemIndex: items.length - 1,
        kind: into.kind,
        before: frameStart(into.before, frameRate),
        after: frameStart(into.after, frameRate),
      });
    }
    items.push({
      kind: 'clip',
      id: null,
      name: side.name,
      mediaUrl: side.mediaUrl,
      sourceRange: sliceRange(
        side.range,
        frameStart(skipped, frameRate),
        frameStart(skipped + place.end - place.start, frameRate),
      ),
      mediaDuration: null,
      link: null,
    });
    end = place.end;
  }
  return {
    kind: channel.startsWith('V') ? 'video' : 'audio',
    name: /\d/.test(channel) ? channel : `${channel}1`,
    muted: false,
    items,
    transitions,
  };
}
