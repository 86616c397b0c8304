import type { Loss } from '../contract/films.ts';
import type { EditCommand } from '../edits/registry.ts';
import type { ObjectId } from '../model/entities.ts';
import { CLIP_PARAMETER_NAMES, CLIP_PARAMETERS } from '../model/parameters.ts';
import { rangeDuration, type SourceRange } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, flicks, LONGEST_TIME, maxFlicks, ZERO } from '../time/flicks.ts';
import { type Rate, snapToFrame } from '../time/rate.ts';
import type { PlacedClip } from './placedClip.ts';
import {
  clipLabel,
  type InterchangeMarker,
  type InterchangeSequence,
  type InterchangeTrack,
} from './interchangeTimeline.ts';

type Commands = { commands: EditCommand[]; losses: Loss[] };

/** What a clip is beside its place: switched off, louder, smaller, faded, marked. For a clip that is there already. */
export function lookCommands(
  track: InterchangeTrack,
  placed: PlacedClip,
  frameRate: Rate,
): Commands {
  const { clip, clipId } = placed;
  const commands: EditCommand[] = [];
  const losses: Loss[] = [];
  const lose = (code: string, message: string) =>
    losses.push({ code, where: clipLabel(track, clip), message });
  const alone = { clipIds: [clipId], scope: 'alone' as const };
  const half = track.kind === 'video' ? 'picture' : 'sound';
  const duration = rangeDuration(placed.sourceRange);
  const constants: Record<string, number> = {};
  for (const parameter of CLIP_PARAMETER_NAMES) {
    const value = clip.parameters?.[parameter];
    if (value === undefined) continue;
    if (CLIP_PARAMETERS[parameter].of !== half) {
      lose('interchange/parameter', `A clip of ${half} has no “${parameter}”. It was left out.`);
      continue;
    }
    if (typeof value === 'number') {
      constants[parameter] = value;
      continue;
    }
    let lost = 0;
    for (const { time, value: amount, easing } of value.keyframes) {
      const isInside = time >= 0 && time <= duration && snapToFrame(time, frameRate) === time;
      if (!isInside) {
        lost += 1;
        continue;
      }
      const at = addFlicks(placed.start, time);
      commands.push({
        type: 'keyframe.set',
        clipId,
        parameter,
        at,
        value: amount,
        easing,
        scope: 'alone',
      });
    }
    if (lost > 0) {
      lose(
        'interchange/keyframes',
        `${lost === 1 ? 'A keyframe' : `${lost} keyframes`} of “${parameter}” outside of the clip or between frames could not be kept.`,
      );
    }
  }
  if (Object.keys(constants).length > 0) {
    commands.push({ type: 'clip.setParameters', ...alone, parameters: constants });
  }
  if (clip.fades !== undefined) {
    const fades = fittedFades(clip.fades, duration, frameRate);
    if (fades.in !== clip.fades.in || fades.out !== clip.fades.out) {
      lose('interchange/fades', 'Its fades were fitted to whole frames and to the clip.');
    }
    commands.push({ type: 'clip.setFades', ...alone, ...fades });
  }
  if (clip.blend !== undefined) {
    if (half === 'sound')
      lose('interchange/blend', 'Sound is not blended. The blend was left out.');
    else commands.push({ type: 'clip.setBlend', ...alone, blend: clip.blend });
  }
  for (const marker of clip.markers ?? []) {
    const offset = offsetOf(placed.sourceRange, marker.time);
    const at = offset === null ? null : snapToFrame(addFlicks(placed.start, offset), frameRate);
    if (offset === null || at === null || at < placed.start || at >= placed.start + duration) {
      lose(
        'interchange/marker',
        `The marker “${marker.name}” marks what the clip does not show. It was left out.`,
      );
      continue;
    }
    const isMoved = marker.kind === 'chapter' || at !== addFlicks(placed.start, offset);
    if (isMoved) {
      lose(
        'interchange/marker',
        marker.kind === 'chapter'
          ? `The chapter “${marker.name}” on a clip became a plain marker; chapters are marked on the timeline.`
          : `The marker “${marker.name}” was moved to the nearest frame.`,
      );
    }
    const kind = marker.kind === 'chapter' ? 'standard' : marker.kind;
    commands.push(markerCommand({ ...marker, kind }, clipId, at, frameRate));
  }
  if (clip.disabled === true) commands.push({ type: 'clip.setEnabled', ...alone, enabled: false });
  return { commands, losses };
}

/** The markers of a timeline. */
export function markerCommands(sequence: InterchangeSequence, timelineId: ObjectId): Commands {
  const losses: Loss[] = [];
  const commands = (sequence.markers ?? []).flatMap((marker): EditCommand[] => {
    const at = maxFlicks(ZERO, snapToFrame(marker.time, sequence.frameRate));
    if (
      at !== marker.time ||
      marker.duration !== snapToFrame(marker.duration, sequence.frameRate)
    ) {
      losses.push({
        code: 'interchange/marker',
        where: `marker “${marker.name}”`,
        message: 'This marker was moved to the nearest frames.',
      });
    }
    return [markerCommand(marker, timelineId, at, sequence.frameRate)];
  });
  return { commands, losses };
}

function markerCommand(
  marker: InterchangeMarker,
  ownerId: ObjectId,
  at: Flicks,
  frameRate: Rate,
): EditCommand {
  const { duration, kind, name, note, color } = marker;
  return {
    type: 'marker.add',
    ownerId,
    at,
    duration: snapToFrame(flicks(Math.min(duration, LONGEST_TIME / 2)), frameRate),
    markerKind: kind,
    name,
    ...(note === undefined ? {} : { note }),
    ...(color === undefined ? {} : { color }),
  };
}

/** When a clip shows a time of its source, from its beginning; null where that is not one moment. */
function offsetOf(range: SourceRange, time: Flicks): Flicks | null {
  const { retime } = range;
  if (retime === undefined) return flicks(time - range.in);
  if (retime.kind === 'curve' || retime.speed.num === 0) return null;
  const { num, den } = retime.speed;
  const from = num < 0 ? range.out : range.in;
  const offset = Math.round(((time - from) / num) * den);
  return Math.abs(offset) > LONGEST_TIME ? null : flicks(offset);
}

function fittedFades(
  fades: { in: Flicks; out: Flicks },
  duration: Flicks,
  frameRate: Rate,
): { in: Flicks; out: Flicks } {
  const fit = (time: Flicks, most: number) =>
    snapToFrame(flicks(Math.max(0, Math.min(time, most))), frameRate);
  const first = fit(fades.in, duration);
  return { in: first, out: fit(fades.out, duration - first) };
}
