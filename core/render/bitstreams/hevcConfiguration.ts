import { BitReader } from './bitReader.ts';
import { withEmulation, withoutEmulation } from './emulation.ts';
import { contentEnd, fixedBits, rewriteBits, unsignedBits } from './rewriteBits.ts';

/** Types of units that are parameter sets (HEVC, table 7-1): of the video, of sequences, of pictures. */
export const HEVC_SETS = { video: 32, sequence: 33, picture: 34 } as const;

/**
 * Parameter sets of HEVC as a container keeps them: `hvcC`, ISO/IEC 14496-15, 8.3.3.1. Slices name a picture parameter
 * set by its id, that a sequence’s and that the video’s, so streams with different ids fit into one track.
 */
export type HevcConfiguration = {
  /** The 12 bytes of profile, tier, what it is compatible with, constraints and level. */
  profileTierLevel: Uint8Array;
  chromaFormat: number;
  bitDepthLuma: number;
  bitDepthChroma: number;
  /** Bytes of the length before each unit of a packet. */
  lengthBytes: number;
  /** Whole units, in order, of these three types alone. */
  sets: Uint8Array[];
};

const FIXED_BYTES = 23;
/** Bits of the header of a unit (HEVC, 7.3.1.2). */
const UNIT_HEADER_BITS = 16;
/** Bits of a profile and its constraints, and of a level, within `profile_tier_level` (HEVC, 7.3.3). */
const PROFILE_BITS = 88;
const LEVEL_BITS = 8;

/** What an `hvcC` says; null for anything that is none. */
export function readHevcConfiguration(bytes: Uint8Array): HevcConfiguration | null {
  if (bytes[0] !== 1 || bytes.length < FIXED_BYTES) return null;
  const byte = (at: number) => bytes[at] ?? 0;
  const sets: Uint8Array[] = [];
  let at = FIXED_BYTES;
  for (let array = 0; array < byte(22); array++) {
    const type = byte(at) & 0x3f;
    const count = (byte(at + 1) << 8) | byte(at + 2);
    at += 3;
    for (let index = 0; index < count; index++) {
      const size = (byte(at) << 8) | byte(at + 1);
      if (size < 3 || at + 2 + size > bytes.length) return null;
      if (isHevcSet(type)) sets.push(bytes.slice(at + 2, at + 2 + size));
      at += 2 + size;
    }
  }
  const has = (type: number) => sets.some((set) => hevcUnitType(set) === type);
  if (!Object.values(HEVC_SETS).every(has)) return null;
  return {
    profileTierLevel: bytes.slice(1, 13),
    chromaFormat: byte(16) & 3,
    bitDepthLuma: (byte(17) & 7) + 8,
    bitDepthChroma: (byte(18) & 7) + 8,
    lengthBytes: (byte(21) & 3) + 1,
    sets,
  };
}

/** One configuration that holds the sets of all; each set once. Their ids must not clash. */
export function joinHevcConfigurations(all: readonly HevcConfiguration[]): Uint8Array {
  const [first] = all;
  if (first === undefined) throw new Error('A film has at least one stretch');
  const kinds = Object.values(HEVC_SETS).map((type) => {
    const ofType = distinct(all.flatMap(({ sets }) => sets)).filter(
      (set) => hevcUnitType(set) === type,
    );
    const listed = ofType.flatMap((set) => [set.length >> 8, set.length & 0xff, ...set]);
    return [0x80 | type, ofType.length >> 8, ofType.length & 0xff, ...listed];
  });
  return Uint8Array.from([
    1,
    ...joinedProfile(all.map((one) => one.profileTierLevel)),
    // Nothing is said of how a picture is divided, nor of the mean frame rate and layers in time.
    ...[0xf0, 0, 0xfc],
    0xfc | first.chromaFormat,
    0xf8 | (first.bitDepthLuma - 8),
    0xf8 | (first.bitDepthChroma - 8),
    ...[0, 0, 3],
    kinds.length,
    ...kinds.flat(),
  ]);
}

/** The lowest tier, profile and level that hold all; compatible with and constrained to what all are. */
function joinedProfile(all: readonly Uint8Array[]): number[] {
  const most = (pick: (one: Uint8Array) => number) => Math.max(...all.map(pick));
  const common = (at: number) => all.reduce((bits, one) => bits & (one[at] ?? 0), 0xff);
  const tier = most((one) => (one[0] ?? 0) & 0x20);
  const profile = most((one) => (one[0] ?? 0) & 0x1f);
  return [
    tier | profile,
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(common),
    most((one) => one[11] ?? 0),
  ];
}

/** Whether a stream may hold fields: `general_interlaced_source_flag`. */
export function isInterlacedHevc({ profileTierLevel }: HevcConfiguration): boolean {
  return ((profileTierLevel[5] ?? 0) & 0x40) !== 0;
}

/** Whether two configurations use one id for different sets. */
export function doHevcSetsClash(a: HevcConfiguration, b: HevcConfiguration): boolean {
  return a.sets.some((one) =>
    b.sets.some(
      (other) =>
        hevcUnitType(one) === hevcUnitType(other) &&
        hevcSetId(one) === hevcSetId(other) &&
        !isSame(one, other),
    ),
  );
}

/** The lowest id from 1 on that none of the sets has; null where all are taken. */
export function freeHevcId(all: readonly HevcConfiguration[]): number | null {
  const taken = new Set(all.flatMap(({ sets }) => sets.map(hevcSetId)));
  // The standard has 15 for videos and sequences.
  for (let id = 1; id <= 15; id++) if (!taken.has(id)) return id;
  return null;
}

/** `nal_unit_type` of a unit. */
export function hevcUnitType(unit: Uint8Array): number {
  return ((unit[0] ?? 0) >> 1) & 0x3f;
}

/** Whether units of a type are parameter sets. */
export function isHevcSet(type: number): boolean {
  return type >= HEVC_SETS.video && type <= HEVC_SETS.picture;
}

/** The id of a parameter set of any of the three kinds. */
export function hevcSetId(unit: Uint8Array): number {
  const content = withoutEmulation(unit);
  const type = hevcUnitType(unit);
  const reader = new BitReader(content, UNIT_HEADER_BITS);
  if (type === HEVC_SETS.video) return reader.bits(4);
  if (type === HEVC_SETS.sequence) skipProfile(reader);
  return reader.unsigned();
}

/** A parameter set under another id, which names sets above it by the same id. */
export function renumberHevcSet(unit: Uint8Array, id: number): Uint8Array {
  const content = withoutEmulation(unit);
  const type = hevcUnitType(unit);
  const reader = new BitReader(content, UNIT_HEADER_BITS);
  const end = contentEnd(content);
  const video = {
    start: UNIT_HEADER_BITS,
    end: UNIT_HEADER_BITS + 4,
    bits: fixedBits(id, 4),
  };
  if (type === HEVC_SETS.video) return withEmulation(rewriteBits(content, end, [video]));
  if (type === HEVC_SETS.sequence) skipProfile(reader);
  const start = reader.position;
  reader.unsigned();
  const own = { start, end: reader.position, bits: unsignedBits(id) };
  if (type === HEVC_SETS.sequence) return withEmulation(rewriteBits(content, end, [video, own]));
  reader.unsigned();
  const both = [...unsignedBits(id), ...unsignedBits(id)];
  return withEmulation(rewriteBits(content, end, [{ start, end: reader.position, bits: both }]));
}

/** What stands before the id of a sequence parameter set; gives `sps_max_sub_layers_minus1` (HEVC, 7.3.2.2.1). */
export function skipProfile(reader: BitReader): number {
  reader.skip(4);
  const layers = reader.bits(3);
  reader.skip(1 + PROFILE_BITS + LEVEL_BITS);
  const present: [profile: boolean, level: boolean][] = [];
  for (let layer = 0; layer < layers; layer++) present.push([reader.flag(), reader.flag()]);
  if (layers > 0) reader.skip(2 * (8 - layers));
  for (const [profile, level] of present)
    reader.skip((profile ? PROFILE_BITS : 0) + (level ? LEVEL_BITS : 0));
  return layers;
}

function distinct(sets: readonly Uint8Array[]): Uint8Array[] {
  return sets.filter((set, index) => sets.findIndex((other) => isSame(other, set)) === index);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
