import { borderFrames } from '#core/render/expectedPicture.ts';
import { eachAtOnce } from '../../process/eachAtOnce.ts';
import { spreadOut } from './effort.ts';
import { failure, type FilmCheck, notice, someOf } from './filmCheck.ts';
import { draw, type Looking, seekTime, type Seen, sizeOf } from './looking.ts';
import { MOVED, movement } from './movement.ts';
import type { Drawn } from './referencePictures.ts';
import {
  commonDistance,
  decodeSmall,
  distance,
  likeness,
  type SmallPicture,
} from './smallPictures.ts';

/**
 * A mean difference beyond the first is another picture; beyond the second it may be noise that the encoder left out,
 * unless the two have little in common.
 */
const ANOTHER_PICTURE = 12;
const ANOTHER_MAYBE = 5;
const IN_COMMON = 0.5;
/** A neighbour is taken for the right picture when it is this much nearer. */
const NEARER = { times: 0.6, by: 0.35 };
/** Pictures of a film that near may be one and the same. */
const ALIKE = 0.5;
/** Places that are looked at even when there is no time left: both ends and one border. */
const MUST = 3;
const BEFORE = 2;
const AFTER = 2;
/** Pictures of the film by their frames. */
type Near = ReadonlyMap<number, SmallPicture>;

/** How much larger the pictures are that have the last word. */
const CLOSER = 4;

/** Compares the first picture, the last one, and the two at each border with what the timeline shows there. */
export async function checkCuts(looking: Looking, seen: Seen): Promise<FilmCheck> {
  const { plan, reference, effort } = looking;
  const last = plan.endFrame - plan.startFrame - 1;
  const borders = borderFrames(plan, looking.joins).map((frame) => frame - plan.startFrame);
  if (reference === undefined) return notice('Cuts', true, 'not compared');
  const places = [[0], ...(last > 0 ? [[last]] : []), ...borders.map((at) => [at - 1, at])];
  // Both ends first, then borders from all over the film.
  const order = [0, ...(last > 0 ? [1] : [])];
  const first = order.length;
  order.push(...spreadOut(borders.length).map((index) => index + first));
  const found: { place: number; fault: string | null }[] = [];
  let compared = 0;
  const each = [...order.entries()];
  await eachAtOnce(
    each,
    { workers: MUST, signal: looking.signal },
    async ([done, index], signal) => {
      if (done >= MUST && effort.leftMs < 0) return;
      const frames = places[index] ?? [];
      const here = { ...looking, signal };
      const film = around(here, seen, frames);
      const faults = await Promise.all(frames.map((frame) => faultAt(here, film, frame)));
      found.push(...faults.map((fault) => ({ place: index, fault })));
      if (index >= first) compared += 1;
    },
  );
  const unknown = found.filter(({ fault }) => fault === null).length;
  const wrong = found
    .sort((a, b) => a.place - b.place)
    .flatMap(({ fault }) => (fault === null || fault === '' ? [] : [fault]));
  const many =
    borders.length === 0 ? 'both ends' : `both ends and ${compared} of ${borders.length}`;
  const gone = unknown > 0 ? `, ${unknown} pictures could not be drawn again` : '';
  const isRight = wrong.length === 0;
  return failure('Cuts', isRight, isRight ? `${many} compared${gone}` : someOf(wrong));
}

/** What is wrong with the picture at a frame; nothing when it is right, null when that cannot be found out. */
async function faultAt(
  looking: Looking,
  near: Promise<Near>,
  frame: number,
): Promise<string | null> {
  const [film, drawn] = await Promise.all([near, draw(looking, frame)]);
  if (drawn === null) return anotherAt(looking, film, frame, drawn);
  if (judge(film, frame, drawn) === '') return repeats(looking, film, frame);
  const another = await anotherAt(looking, film, frame, drawn);
  if (!another) return another;
  // Neighbours may hardly differ when they are small: only what is seen on larger pictures too is a fault.
  const { width, height } = looking.plan;
  const { width: small } = sizeOf(looking);
  const closer = Math.min(CLOSER, width / small);
  const size = { width: evenly(small * closer), height: evenly((small * closer * height) / width) };
  const closely = { ...looking, size };
  const unseen: Seen = { pictures: new Map(), messages: [], isWhole: false };
  const [larger, drawnLarger] = await Promise.all([
    around(closely, unseen, [frame]),
    draw(closely, frame),
  ]);
  return anotherAt(closely, larger, frame, drawnLarger);
}

function evenly(side: number): number {
  return Math.max(2, 2 * Math.round(side / 2));
}

/** Whether another picture stands at a frame, with titles, which may cover nearly all of it, where it has some. */
async function anotherAt(
  looking: Looking,
  film: Near,
  frame: number,
  drawn: Drawn | null,
): Promise<string | null> {
  const another = drawn && judge(film, frame, drawn);
  if (another === '' || drawn?.isWhole === true) return another;
  const whole = await draw(looking, frame, true);
  return whole && judge(film, frame, whole);
}

/** A picture is there twice, though the timeline moves on. */
async function repeats(looking: Looking, film: Near, frame: number): Promise<string> {
  const own = film.get(frame);
  for (const other of [frame - 1, frame + 1]) {
    const picture = film.get(other);
    if (own === undefined || picture === undefined || distance(own, picture) > ALIKE) continue;
    const way = await movement(looking, frame, other);
    if (way > MOVED && way > 4 * distance(own, picture))
      return `frames ${Math.min(frame, other)} and ${Math.max(frame, other)} are the same`;
  }
  return '';
}

/** The frame nearby whose picture is clearly the one that should stand at `frame`; null when it is that itself. */
function nearer(film: Near, frame: number, far: (picture: SmallPicture) => number): number | null {
  const all = [...film].map(([at, picture]) => ({ at, apart: far(picture) }));
  const own = all.find(({ at }) => at === frame)?.apart ?? 0;
  const best = all.reduce((least, one) => (one.apart < least.apart ? one : least), {
    at: frame,
    apart: own,
  });
  const isClear = best.apart < own * NEARER.times && best.apart + NEARER.by < own;
  return best.at !== frame && isClear ? best.at : null;
}

/** Another picture stands there, or a neighbour should. */
function judge(film: Near, frame: number, drawn: Drawn): string {
  const own = film.get(frame);
  if (own === undefined) return `frame ${frame} cannot be seen`;
  const far = (picture: SmallPicture) =>
    (drawn.isWhole ? distance : commonDistance)(picture, drawn.picture);
  const apart = far(own);
  const neighbour = nearer(film, frame, far);
  if (neighbour !== null)
    return `frame ${frame} shows what belongs ${Math.abs(neighbour - frame)} ${neighbour < frame ? 'earlier' : 'later'}`;
  const isAnother =
    apart > ANOTHER_PICTURE || (apart > ANOTHER_MAYBE && likeness(own, drawn.picture) < IN_COMMON);
  return isAnother ? `frame ${frame} shows another picture` : '';
}

/** The pictures of the film around frames that follow each other. */
async function around(looking: Looking, seen: Seen, frames: readonly number[]): Promise<Near> {
  const { plan } = looking;
  const total = plan.endFrame - plan.startFrame;
  const first = Math.max(0, Math.min(...frames) - BEFORE);
  const end = Math.min(total, Math.max(...frames) + AFTER + 1);
  const known = new Map<number, SmallPicture>();
  for (let at = first; at < end; at++) {
    const picture = seen.pictures.get(at);
    if (picture) known.set(at, picture);
  }
  if (seen.isWhole || known.size === end - first) return known;
  const { pictures, messages } = await decodeSmall({
    ...looking,
    size: sizeOf(looking),
    from: seekTime(plan, first),
    most: end - first,
  });
  seen.messages.push(...messages);
  return new Map(pictures.map((picture, index) => [first + index, picture]));
}
