import { hevcUnitType } from './hevcConfiguration.ts';
import { HEVC_PICTURES } from './hevcSlice.ts';

/**
 * A packet with a CRA picture as one that begins anew in the middle of a stream: a BLA picture without others behind it
 * that are shown before it (HEVC, 3.11 and 8.1.3), which is there for splicing. Only the types of its slices change.
 */
export function asBrokenLink(packet: Uint8Array, lengthBytes: number): Uint8Array {
  const changed = Uint8Array.from(packet);
  for (let at = 0; at + lengthBytes < changed.length; ) {
    let length = 0;
    for (let byte = 0; byte < lengthBytes; byte++)
      length = length * 256 + (changed[at + byte] ?? 0);
    const header = at + lengthBytes;
    const unit = changed.subarray(header, header + length);
    if (hevcUnitType(unit) === HEVC_PICTURES.cleanRandomAccess)
      changed[header] = ((unit[0] ?? 0) & 0x81) | (HEVC_PICTURES.brokenLinkNoLeading << 1);
    at = header + length;
  }
  return changed;
}
