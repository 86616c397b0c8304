import { asBrokenLink } from '#core/render/bitstreams/hevcBrokenLink.ts';
import { hevcUnitType, readHevcConfiguration } from '#core/render/bitstreams/hevcConfiguration.ts';
import { HEVC_PICTURES } from '#core/render/bitstreams/hevcSlice.ts';
import { readAvcConfiguration } from '#core/render/parameterSets.ts';
import { decoderConfigurationIn } from '../../export/copy/picturePart.ts';

/** A sync frame as it can follow any other one; null for a picture that leans on what lies before it. */
export type AloneFrame = (packet: Buffer) => Uint8Array | null;

/** H.264, table 7-1. */
const AVC_UNITS = { firstSlice: 1, idrSlice: 5 };

/**
 * How sync frames of a codec are made to stand alone. H.264 and HEVC count pictures from the last one that began anew,
 * so a frame that does not begin anew itself would be shown in the wrong place; in HEVC such a one can be made to. Null
 * where what decoders need to know is not told.
 */
export function aloneFrames(codec: string, sampleDescriptions: Buffer): AloneFrame | null {
  if (codec === 'h264') {
    const known = readAvcConfiguration(decoderConfigurationIn(sampleDescriptions, 'avcC'));
    return known && ((packet) => (isIdr(packet, known.lengthBytes) ? packet : null));
  }
  if (codec === 'hevc') {
    const known = readHevcConfiguration(decoderConfigurationIn(sampleDescriptions, 'hvcC'));
    return known && ((packet) => hevcAlone(packet, known.lengthBytes));
  }
  return (packet) => packet;
}

function isIdr(packet: Buffer, lengthBytes: number): boolean {
  for (const unit of units(packet, lengthBytes)) {
    const type = (unit[0] ?? 0) & 0x1f;
    if (type >= AVC_UNITS.firstSlice && type <= AVC_UNITS.idrSlice)
      return type === AVC_UNITS.idrSlice;
  }
  return false;
}

function hevcAlone(packet: Buffer, lengthBytes: number): Uint8Array | null {
  const { firstRandomAccess, cleanRandomAccess, last } = HEVC_PICTURES;
  for (const unit of units(packet, lengthBytes)) {
    const type = hevcUnitType(unit);
    if (type > last) continue;
    if (type < firstRandomAccess || type > cleanRandomAccess) return null;
    return type === cleanRandomAccess ? asBrokenLink(packet, lengthBytes) : packet;
  }
  return null;
}

/** The units of a packet, each after its length; what is longer than the packet is cut off. */
function* units(packet: Buffer, lengthBytes: number): Generator<Uint8Array> {
  for (let at = 0; at + lengthBytes < packet.length; ) {
    const start = at + lengthBytes;
    const end = start + packet.readUIntBE(at, lengthBytes);
    yield packet.subarray(start, end);
    at = end;
  }
}
