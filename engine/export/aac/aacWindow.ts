/** Ids of the syntactic elements that hold sound (ISO/IEC 14496-3, table 4.85). */
const SINGLE_CHANNEL = 0;
const CHANNEL_PAIR = 1;

/** As many bytes of a packet as `aacWindow` looks at. */
export const WINDOW_BYTES = 4;

/**
 * The sequence and shape of the windows of an AAC-LC packet (ISO/IEC 14496-3, `ics_info`), 0 to 7; null where its
 * channels do not share them, or where it begins with something else than sound. Packets whose neighbours had the same
 * windows overlap alike, whoever made those neighbours.
 */
export function aacWindow(packet: Buffer): number | null {
  if (packet.length < WINDOW_BYTES) return null;
  const bits = packet.readUInt32BE(0);
  const at = (first: number, count: number) => (bits >>> (32 - first - count)) & ((1 << count) - 1);
  const element = at(0, 3);
  // Behind the element’s tag stand the gain of a single channel, or whether a pair shares its windows.
  if (element === SINGLE_CHANNEL) return at(16, 3);
  if (element === CHANNEL_PAIR && at(7, 1) === 1) return at(9, 3);
  return null;
}
