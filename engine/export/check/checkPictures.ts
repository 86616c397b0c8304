import { allAtOnce } from '../../process/allAtOnce.ts';
import { eachAtOnce } from '../../process/eachAtOnce.ts';
import { checkCuts } from './checkCuts.ts';
import { checkBlack, checkFrozen } from './checkStillness.ts';
import { frameOfTime } from './checkStreams.ts';
import { spreadOut } from './effort.ts';
import type { FilmCheck } from './filmCheck.ts';
import { type Looking, seekTime, type Seen, sizeOf } from './looking.ts';
import { checkMessages } from './messages.ts';
import { decodeSmall } from './smallPictures.ts';

/** Rough costs of decoding, for choosing how much to look at: milliseconds for a million pixels, and for a million bits. */
const FRAME_MS = 1.5;
const MEGABIT_MS = 8;
const SYNC_FRAME_MS = 9;
/** What beginning to decode costs, however little. */
const BEGINNING_MS = 60;
const MOST_KEPT = 4_000;
/** So many sync frames are decoded in any case, and all where that costs no more. */
const FEWEST = 4;
/** Single sync frames that are decoded at a time. */
const AT_ONCE = 2;

/**
 * Looks at the pictures of a film: around every cut, or as many as there is time for; and for black and frozen ones that
 * the timeline does not have. Numbers of frames count on the film, from 0.
 */
export async function checkPictures(looking: Looking): Promise<FilmCheck[]> {
  const { video, effort } = looking;
  const megapixels = (looking.plan.width * looking.plan.height) / 1e6;
  const wholeMs = video.packets * megapixels * FRAME_MS + ((video.bytes * 8) / 1e6) * MEGABIT_MS;
  const isWhole = video.packets <= MOST_KEPT && effort.fits(wholeMs, 0.5);
  const seen = isWhole ? await seeAll(looking) : await seeSyncFrames(looking, megapixels);
  const [cuts, black, frozen] = await allAtOnce(looking.signal, [
    (signal) => checkCuts({ ...looking, signal }, seen),
    (signal) => checkBlack({ ...looking, signal }, seen),
    (signal) => checkFrozen({ ...looking, signal }, seen),
  ]);
  const what = isWhole
    ? 'every picture'
    : `${seen.pictures.size} of ${video.packets} pictures, and those around cuts`;
  return [cuts, black, frozen, checkMessages('Picture decodes', seen.messages, what)];
}

async function seeAll(looking: Looking): Promise<Seen> {
  const { video } = looking;
  const { pictures, messages } = await decodeSmall({ ...looking, size: sizeOf(looking) });
  const all = new Map(
    pictures.map((picture, index) => [frameAt(looking, video.times, index), picture]),
  );
  return { pictures: all, messages, isWhole: true };
}

/** Those with which decoding can begin: all of them, or as many single ones as there is time for. */
async function seeSyncFrames(looking: Looking, megapixels: number): Promise<Seen> {
  const { video, effort } = looking;
  const { syncTimes } = video;
  const size = sizeOf(looking);
  const each = megapixels * SYNC_FRAME_MS;
  const isQuick = syncTimes.length * each <= FEWEST * (BEGINNING_MS + each);
  if (isQuick || effort.fits(syncTimes.length * each, 0.4)) {
    const { pictures, messages } = await decodeSmall({ ...looking, size, onlySyncFrames: true });
    if (pictures.length < syncTimes.length)
      messages.push({
        isError: true,
        text: `only ${pictures.length} of ${syncTimes.length} sync frames decode`,
      });
    const all = pictures.map(
      (picture, index) => [frameAt(looking, syncTimes, index), picture] as const,
    );
    return { pictures: new Map(all), messages, isWhole: false };
  }
  const seen: Seen = { pictures: new Map(), messages: [], isWhole: false };
  const until = effort.leftMs * 0.6;
  const { signal: outer } = looking;
  const order = [...spreadOut(syncTimes.length).entries()];
  await eachAtOnce(order, { workers: AT_ONCE, signal: outer }, async ([done, index], signal) => {
    if (done >= FEWEST && effort.leftMs < until) return;
    const frame = frameAt(looking, syncTimes, index);
    const from = seekTime(looking.plan, frame);
    const one = { ...looking, signal, size, onlySyncFrames: true, from, most: 1 };
    const found = await decodeSmall(one);
    const [picture] = found.pictures;
    if (picture) seen.pictures.set(frame, picture);
    seen.messages.push(...found.messages);
  });
  return seen;
}

function frameAt({ plan, video }: Looking, times: readonly number[], index: number): number {
  const ticks = times[index];
  return ticks === undefined ? index : frameOfTime(plan, video, ticks);
}
