import { expectedPicture } from '#core/render/expectedPicture.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameStart } from '#core/time/rate.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { Slots } from '../../process/slots.ts';
import type { Effort } from './effort.ts';
import type { FilmStream } from './filmFacts.ts';
import type { Message } from './messages.ts';
import {
  type Drawn,
  drawnTogether,
  type Reference,
  referencePictures,
} from './referencePictures.ts';
import { type SmallPicture, type SmallSize, smallSize } from './smallPictures.ts';

/** A film to look at. */
export type Looking = {
  tools: Ffmpeg;
  plan: ExportPlan;
  path: string;
  video: FilmStream;
  /** Absent: the film is looked at, but not compared. */
  reference: Reference | undefined;
  joins: readonly number[];
  effort: Effort;
  /** How much is decoded and drawn at a time. */
  slots: Slots;
  signal: AbortSignal;
  /** Size of the pictures that are looked at; absent: small. */
  size?: SmallSize;
  /** Pictures of the timeline that were drawn already, by frame, size and whether titles are on them. */
  drawn: Map<string, () => Promise<Drawn | null>>;
};

/** Pictures of the film by their frames, and what decoding them said. */
export type Seen = { pictures: Map<number, SmallPicture>; messages: Message[]; isWhole: boolean };

/** The size of the pictures that are looked at. */
export function sizeOf({ size, plan }: Looking): SmallSize {
  return size ?? smallSize(plan);
}

/** The picture that should stand at a frame of the film; null where it cannot be drawn any more. */
export function draw(looking: Looking, frame: number, withOverlays = false): Promise<Drawn | null> {
  const { reference, plan } = looking;
  if (reference === undefined) return Promise.resolve(null);
  const size = sizeOf(looking);
  const at = plan.startFrame + frame;
  const keyOf = (one: number) => `${one} ${size.width} ${withOverlays}`;
  const known = looking.drawn.get(keyOf(at));
  if (known !== undefined) return known();
  const frames = withOverlays
    ? { startFrame: at, endFrame: at + 1 }
    : drawnTogether(plan, reference, at);
  const options = { ...looking, reference, size, frames, withOverlays };
  const drawn = looking.slots.run(() => referencePictures(options));
  const pictureAt = async (one: number) => (await drawn)?.[one - frames.startFrame] ?? null;
  for (let one = frames.startFrame; one < frames.endFrame; one += 1)
    looking.drawn.set(keyOf(one), () => pictureAt(one));
  return pictureAt(at);
}

/** The same with the titles and captions over it, which may cover all of it. */
export async function drawWhole(looking: Looking, frame: number): Promise<Drawn | null> {
  const drawn = await draw(looking, frame);
  return drawn?.isWhole === false ? draw(looking, frame, true) : drawn;
}

/** What is known of the picture at a frame of the film without drawing it. */
export function expected({ plan, reference }: Looking, frame: number) {
  // What is not known to be a still is taken for footage that moves; the comparison has the last word.
  const isStill = (assetId: string) => reference?.files.get(assetId)?.isStill ?? false;
  return expectedPicture(plan, plan.startFrame + frame, isStill);
}

/** A stretch of the film in words. */
export function placeOf(
  { plan }: Looking,
  stretch: readonly (readonly [frame: number, picture: SmallPicture])[],
): string {
  const [first = 0] = stretch[0] ?? [];
  const [last = first] = stretch.at(-1) ?? [];
  const at = (frame: number) => secondsOf(plan, frame).toFixed(1);
  return first === last ? `${at(first)} s` : `${at(first)}–${at(last)} s`;
}

/** Time in the film at which a frame begins, in seconds. */
function secondsOf(plan: ExportPlan, frame: number): number {
  return frameStart(frame, plan.frameRate) / FLICKS_PER_SECOND;
}

/**
 * The time to which a film is opened so that `frame` is the first picture that is given: a little before its beginning,
 * since ffmpeg rounds what it is told to the ticks of the film, which may be whole frames.
 */
export function seekTime(plan: Pick<ExportPlan, 'frameRate'>, frame: number): number {
  const { num, den } = plan.frameRate;
  return ((frame - 0.25) * den) / num;
}
