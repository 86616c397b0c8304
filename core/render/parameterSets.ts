/**
 * Parameter sets of H.264 as a container keeps them: `avcC`, ISO/IEC 14496-15, 5.3.3.1. Slices name a picture
 * parameter set by its id, and that a sequence parameter set, so streams with different ids fit into one track.
 */
export type AvcConfiguration = {
  profile: number;
  compatibility: number;
  level: number;
  /** Bytes of the length before each unit of a packet. */
  lengthBytes: number;
  sequenceSets: Uint8Array[];
  pictureSets: Uint8Array[];
};

/** The highest id that x264 gives its sets (the standard has 31 for sequences). */
const HIGHEST_ID = 31;
const HIGH_PROFILE = 100;

/** What an `avcC` says; null for anything that is none. */
export function readAvcConfiguration(bytes: Uint8Array): AvcConfiguration | null {
  if (bytes[0] !== 1 || bytes.length < 7) return null;
  const [, profile = 0, compatibility = 0, level = 0, length = 0, count = 0] = bytes;
  let at = 6;
  const sets = (number: number): Uint8Array[] | null => {
    const found: Uint8Array[] = [];
    for (let index = 0; index < number; index++) {
      const size = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      if (size === 0 || at + 2 + size > bytes.length) return null;
      found.push(bytes.slice(at + 2, at + 2 + size));
      at += 2 + size;
    }
    return found;
  };
  const sequenceSets = sets(count & 0x1f);
  const pictureCount = bytes[at] ?? 0;
  at += 1;
  const pictureSets = sequenceSets && sets(pictureCount);
  if (!sequenceSets?.length || !pictureSets?.length) return null;
  const lengthBytes = (length & 3) + 1;
  return { profile, compatibility, level, lengthBytes, sequenceSets, pictureSets };
}

/** One configuration that holds the sets of all; each set once. Their ids must not clash. */
export function joinAvcConfigurations(all: readonly AvcConfiguration[]): Uint8Array {
  const sequenceSets = distinct(all.flatMap((one) => one.sequenceSets));
  const pictureSets = distinct(all.flatMap((one) => one.pictureSets));
  // High decodes Main and Constrained Baseline; a level decodes those below it.
  const profile = Math.max(...all.map((one) => one.profile));
  const compatibility = all.reduce((bits, one) => bits & one.compatibility, 0xff);
  const level = Math.max(...all.map((one) => one.level));
  const listed = (sets: readonly Uint8Array[]) =>
    sets.flatMap((set) => [set.length >> 8, set.length & 0xff, ...set]);
  return Uint8Array.from([
    ...[1, profile, compatibility, level, 0xfc | 3],
    ...[0xe0 | sequenceSets.length, ...listed(sequenceSets)],
    ...[pictureSets.length, ...listed(pictureSets)],
    // 4:2:0, 8 bits, no extensions: all that a film takes over.
    ...(profile >= HIGH_PROFILE ? [0xfc | 1, 0xf8, 0xf8, 0] : []),
  ]);
}

/** Whether two configurations use one id for different sets. */
export function doSetsClash(a: AvcConfiguration, b: AvcConfiguration): boolean {
  const clash = (
    left: readonly Uint8Array[],
    right: readonly Uint8Array[],
    id: (set: Uint8Array) => number,
  ) => left.some((one) => right.some((other) => id(one) === id(other) && !isSame(one, other)));
  return (
    clash(a.sequenceSets, b.sequenceSets, sequenceSetId) ||
    clash(a.pictureSets, b.pictureSets, pictureSetId)
  );
}

/** The lowest id from 1 on that none of the sets has; null where all are taken. */
export function freeSetId(all: readonly AvcConfiguration[]): number | null {
  const taken = new Set([
    ...all.flatMap((one) => one.sequenceSets.map(sequenceSetId)),
    ...all.flatMap((one) => one.pictureSets.map(pictureSetId)),
  ]);
  for (let id = 1; id <= HIGHEST_ID; id++) if (!taken.has(id)) return id;
  return null;
}

/** `seq_parameter_set_id`: the first number after unit header, profile, constraints and level (H.264, 7.3.2.1.1). */
export function sequenceSetId(set: Uint8Array): number {
  return unsignedExpGolomb(set, 32);
}

/** `pic_parameter_set_id`: the first number after the unit header (H.264, 7.3.2.2). */
export function pictureSetId(set: Uint8Array): number {
  return unsignedExpGolomb(set, 8);
}

/** An unsigned number in Exp-Golomb code (H.264, 9.1) at a bit. */
function unsignedExpGolomb(bytes: Uint8Array, at: number): number {
  const bit = (index: number) => ((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
  let zeros = 0;
  while (zeros < 32 && bit(at + zeros) === 0) zeros += 1;
  let value = 0;
  for (let index = 0; index <= zeros; index++) value = value * 2 + bit(at + zeros + index);
  return value - 1;
}

function distinct(sets: readonly Uint8Array[]): Uint8Array[] {
  return sets.filter((set, index) => sets.findIndex((other) => isSame(other, set)) === index);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
