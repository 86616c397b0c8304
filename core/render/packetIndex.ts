import { z } from 'zod';
import { type Flicks, FLICKS_PER_SECOND } from '../time/flicks.ts';
import { rateSchema } from '../time/rate.ts';

/** What is known of one packet, as bits of a number. */
export const PACKET = {
  /** The container calls it a sync frame. */
  sync: 1,
  /** Decoding can begin here without anything from before: an IDR picture of H.264 or HEVC, a key frame of VP9 or AV1. */
  closed: 2,
  /** It is decoded and not shown: an edit list leaves it out. */
  hidden: 4,
  /** It brings parameter sets that differ from those of the stream. */
  foreignSets: 8,
  /**
   * Decoding can begin here for whatever is shown after it; what is shown before it and stands behind it leans on
   * pictures further back: a CRA picture of HEVC.
   */
  open: 16,
  /** It shows no picture, or several. */
  uneven: 32,
} as const;

/**
 * The packets of one picture stream and what their bytes mean, for deciding which of them a film may take over. Lists
 * have an entry a packet, in the order of the file, which is that of decoding.
 */
export const packetIndexSchema = z.object({
  /** Of the container, as ffprobe names it. */
  container: z.string(),
  codec: z.string(),
  profile: z.string(),
  width: z.int(),
  height: z.int(),
  hasSquarePixels: z.boolean(),
  pixelFormat: z.string(),
  fieldOrder: z.string(),
  /** Clockwise turn in degrees that a player applies. */
  rotation: z.int(),
  color: z.object({
    primaries: z.string(),
    transfer: z.string(),
    matrix: z.string(),
    range: z.string(),
  }),
  /** Seconds of a tick, as a fraction. */
  timeBase: rateSchema,
  /** The tick at which the file’s own clock begins. */
  startTick: z.int(),
  /** What MP4 keeps for the decoder (`avcC`, `hvcC`, `av1C`), in base 64; empty for VP9, which needs none. */
  decoderConfiguration: z.string(),
  /** Times of presentation in ticks; null in a file that does not tell one of them. */
  times: z.array(z.int()).nullable(),
  sizes: z.array(z.int().min(0)),
  /** Where the packets lie in the file; null where they do not lie in it as a film would have them. */
  offsets: z.array(z.int().min(0)).nullable(),
  flags: z.array(z.int()),
});
export type PacketIndex = z.infer<typeof packetIndexSchema>;

/**
 * The order in which packets are shown. A packet’s rank is its place in that order. Before a clean place in the order
 * of decoding lie exactly the packets that are shown first: a stream can be cut there.
 */
export type PacketOrder = {
  /** Packet by rank. */
  byRank: readonly number[];
  /** `isClean[n]`: the first n packets have the first n ranks. One entry more than there are packets. */
  isClean: readonly boolean[];
  /** Ranks that are shown, and their times from the beginning of the file, in ticks. */
  shownRanks: readonly number[];
  shownTimes: readonly number[];
};

/** The order of presentation of a stream; null where times are missing or two packets have the same. */
export function packetOrder(index: PacketIndex): PacketOrder | null {
  const { times, flags, startTick } = index;
  if (times === null) return null;
  const timeOf = (packet: number) => times[packet] ?? 0;
  const byRank = times.map((_, packet) => packet).sort((a, b) => timeOf(a) - timeOf(b));
  const rankOf: number[] = [];
  byRank.forEach((packet, rank) => {
    rankOf[packet] = rank;
  });
  if (byRank.some((packet, rank) => timeOf(packet) === times[byRank[rank + 1] ?? -1])) return null;
  const isClean = [true];
  let highest = -1;
  times.forEach((_, packet) => {
    highest = Math.max(highest, rankOf[packet] ?? 0);
    isClean.push(highest === packet);
  });
  const isShown = (packet: number | undefined) =>
    packet !== undefined && ((flags[packet] ?? 0) & PACKET.hidden) === 0;
  const shownRanks = byRank.flatMap((packet, rank) => (isShown(packet) ? [rank] : []));
  const shownTimes = shownRanks.map((rank) => timeOf(byRank[rank] ?? 0) - startTick);
  return { byRank, isClean, shownRanks, shownTimes };
}

/**
 * The rank of the packet that is shown at a limit: the last one that starts before it, as docs/architecture.md says
 * under “Time”; null where none does. Exact for every time base.
 */
export function rankBefore(index: PacketIndex, order: PacketOrder, limit: Flicks): number | null {
  const { num, den } = index.timeBase;
  const divisor = BigInt(FLICKS_PER_SECOND) * BigInt(num);
  const dividend = BigInt(limit) * BigInt(den);
  const quotient = dividend / divisor;
  // The first whole tick that is not before the limit.
  const tick = Number(dividend % divisor > 0n ? quotient + 1n : quotient);
  let [low, high] = [0, order.shownTimes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order.shownTimes[middle] ?? 0) < tick) low = middle + 1;
    else high = middle;
  }
  return order.shownRanks[low - 1] ?? null;
}
