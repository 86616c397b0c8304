/** Samples of a packet (ISO/IEC 14496-3, `frameLengthFlag` 0). */
const AAC_PACKET_SAMPLES = 1_024;

/** A minute at 48 kHz. */
const STRETCH_PACKETS = 2_812;

/**
 * Packets that an encoder makes before those that are wanted of it, so that by then it has found its bit rate and heard
 * what is loud: a second.
 */
const LEAD_PACKETS = 47;

/** Packets in which two stretches are both there, to find a place where one may follow the other. */
const SHARED_PACKETS = 32;

/** An encoder looks ahead of what it writes, and ends with packets that have less than they should. */
const TAIL_PACKETS = 4;

/**
 * A stretch of sound that is encoded by itself. Packets count from the first of the film, which is the silence that the
 * encoder puts in front: packet p has what sounds from sample (p − 1) × 1,024 on.
 */
export type AacStretch = {
  /** The first that may be taken of this stretch, and the last place by which it has to be. */
  firstPacket: number;
  lastStart: number;
  /** Packet that its encoder writes first. */
  origin: number;
  /** Samples that its encoder hears; exclusive end. */
  fromSample: number;
  toSample: number;
};

/** All of a sound of so many samples, encoded in one go. */
export function wholeSound(samples: number): AacStretch {
  return { firstPacket: 0, lastStart: 0, origin: 0, fromSample: 0, toSample: samples };
}

/**
 * Sound of so many samples in stretches of `length` packets, a hundred at least. They overlap, since an encoder knows
 * nothing of what was before it; their bounds depend on nothing but the length of the sound.
 */
export function aacStretches(samples: number, length: number = STRETCH_PACKETS): AacStretch[] {
  const packets = Math.ceil(samples / AAC_PACKET_SAMPLES) + 1;
  // The last one takes what would be less than half of one.
  const count = Math.max(1, Math.round(packets / length));
  return Array.from({ length: count }, (_, index) => {
    const firstPacket = index * length;
    const origin = Math.max(0, firstPacket - LEAD_PACKETS);
    const end = firstPacket + length + SHARED_PACKETS + TAIL_PACKETS;
    return {
      firstPacket,
      lastStart: index === 0 ? 0 : firstPacket + SHARED_PACKETS,
      origin,
      fromSample: origin * AAC_PACKET_SAMPLES,
      toSample: index === count - 1 ? samples : Math.min(samples, end * AAC_PACKET_SAMPLES),
    };
  });
}
