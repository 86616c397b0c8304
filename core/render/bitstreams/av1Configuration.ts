/**
 * What a container keeps for decoders of AV1: `av1C` (“AV1 Codec ISO Media File Format Binding”, 2.3). Key frames bring
 * their sequence headers themselves, so those of several streams go together.
 */
export type Av1Configuration = {
  profile: number;
  level: number;
  tier: number;
  /** Depth, monochrome, subsampling and where colours are sampled, as the third byte has them, without the tier. */
  format: number;
  /** The sequence header, and metadata, as units. */
  units: Uint8Array;
};

const FIXED_BYTES = 4;
const VERSION = 0x81;
/** The two bits that say where colours are sampled. */
const POSITION = 3;

/** What an `av1C` says; null for anything that is none. */
export function readAv1Configuration(bytes: Uint8Array): Av1Configuration | null {
  const [version, profile = 0, format = 0] = bytes;
  if (version !== VERSION || bytes.length < FIXED_BYTES) return null;
  return {
    profile: profile >> 5,
    level: profile & 0x1f,
    tier: format >> 7,
    format: format & 0x7f,
    units: bytes.slice(FIXED_BYTES),
  };
}

/** One configuration for all. It repeats a sequence header only if all have the same. */
export function joinAv1Configurations(all: readonly Av1Configuration[]): Uint8Array {
  const [first] = all;
  if (first === undefined) throw new Error('A film has at least one stretch');
  const level = Math.max(...all.map((one) => one.level));
  const tier = Math.max(...all.map((one) => one.tier));
  const isSamePosition = all.every(({ format }) => format === first.format);
  const format = isSamePosition ? first.format : first.format & ~POSITION;
  const isSame = all.every(
    ({ units }) =>
      units.length === first.units.length &&
      units.every((byte, index) => byte === first.units[index]),
  );
  return Uint8Array.from([
    ...[VERSION, (first.profile << 5) | level, (tier << 7) | format, 0],
    ...(isSame ? first.units : []),
  ]);
}

/** Whether streams differ in what one entry of a container has to say of all: profile, depth and subsampling. */
export function doAv1Clash(a: Av1Configuration, b: Av1Configuration): boolean {
  return a.profile !== b.profile || (a.format & ~POSITION) !== (b.format & ~POSITION);
}
