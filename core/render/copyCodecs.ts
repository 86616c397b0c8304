import {
  doAv1Clash,
  joinAv1Configurations,
  readAv1Configuration,
} from './bitstreams/av1Configuration.ts';
import {
  doHevcSetsClash,
  freeHevcId,
  joinHevcConfigurations,
  readHevcConfiguration,
} from './bitstreams/hevcConfiguration.ts';
import { vp9Configuration } from './bitstreams/vp9Configuration.ts';
import { hevcReorderDepth } from './bitstreams/hevcSlice.ts';
import type { BitDepth, VideoCodecId } from './formats.ts';
import {
  doSetsClash,
  freeSetId,
  joinAvcConfigurations,
  readAvcConfiguration,
} from './parameterSets.ts';
import type { Rate } from '../time/rate.ts';
import { FILM_COLORS } from './filmColors.ts';
import type { DynamicRange } from './settings.ts';

/** Codecs whose packets can be copied. */
export const COPY_CODEC_IDS = ['h264', 'hevc', 'vp9', 'av1'] as const satisfies VideoCodecId[];
export type CopyCodecId = (typeof COPY_CODEC_IDS)[number];

type FilmFormat = {
  width: number;
  height: number;
  frameRate: Rate;
  bitDepth: BitDepth;
  dynamicRange: DynamicRange;
};

/** What copying needs to know of a codec. Configurations are the content of the box that MP4 has for decoders. */
export type CopyCodec = {
  /** The sample entry of MP4 and the box in it, by their four letters. */
  entry: string;
  box: string;
  /** A brand that files with it name besides the usual ones. */
  brand: string | null;
  /** Profiles that decoders of a film of ours decode, as ffmpeg names them, by depth. */
  profiles: Readonly<Partial<Record<BitDepth, readonly string[]>>>;
  /** Whether a configuration can be read; one that cannot is of a source that is encoded. */
  isKnown: (configuration: Uint8Array) => boolean;
  /** Bytes of the length before each unit of a packet; null where packets have none. */
  lengthBytes: (configuration: Uint8Array) => number | null;
  /** Why streams cannot stand in one track, said of the second; null where they can. */
  whyApart: (a: Uint8Array, b: Uint8Array) => string | null;
  /**
   * How far pictures of copied streams are reordered, which what is encoded beside them must keep to; null where it need
   * not. Decoders of HEVC are told at the beginning how many pictures to wait for.
   */
  reorderDepth: (all: readonly Uint8Array[]) => number | null;
  /** An id that no parameter sets have; null where all are taken, 0 where the codec has none. */
  freeId: (all: readonly Uint8Array[]) => number | null;
  /** One configuration for all stretches of a film. */
  join: (all: readonly Uint8Array[], film: FilmFormat) => Uint8Array;
};

/** `avcC` counts its sequence sets in five bits; one is left for what is encoded. */
const MOST_AVC_SETS = 30;

const SAME_NUMBERS =
  'Its parameter sets have the same numbers as those of another source that is used more.';
const OTHER_ORDER =
  'It reorders its pictures further, or less far, than another source that is used more.';
const OTHER_FORMAT =
  'Its profile or colour format differs from that of another source that is used more.';

export const COPY_CODECS: Readonly<Record<CopyCodecId, CopyCodec>> = {
  h264: {
    entry: 'avc1',
    box: 'avcC',
    brand: 'avc1',
    profiles: { 8: ['Constrained Baseline', 'Main', 'High'] },
    isKnown: (bytes) => readAvcConfiguration(bytes) !== null,
    lengthBytes: (bytes) => avc(bytes).lengthBytes,
    whyApart: (a, b) => (doSetsClash(avc(a), avc(b)) ? SAME_NUMBERS : null),
    reorderDepth: () => null,
    freeId: (all) => {
      const sets = all.map(avc);
      const count = sets.reduce((sum, { sequenceSets }) => sum + sequenceSets.length, 0);
      return count > MOST_AVC_SETS ? null : freeSetId(sets);
    },
    join: (all) => joinAvcConfigurations(all.map(avc)),
  },
  hevc: {
    entry: 'hvc1',
    box: 'hvcC',
    brand: null,
    profiles: { 8: ['Main'], 10: ['Main 10'] },
    isKnown: (bytes) => readHevcConfiguration(bytes) !== null,
    lengthBytes: (bytes) => hevc(bytes).lengthBytes,
    whyApart: (a, b) => {
      if (doHevcSetsClash(hevc(a), hevc(b))) return SAME_NUMBERS;
      return hevcReorderDepth(hevc(a)) === hevcReorderDepth(hevc(b)) ? null : OTHER_ORDER;
    },
    reorderDepth: (all) => {
      const depths = all.flatMap((one) => hevcReorderDepth(hevc(one)) ?? []);
      return depths.length === 0 ? null : Math.max(...depths);
    },
    freeId: (all) => freeHevcId(all.map(hevc)),
    join: (all) => joinHevcConfigurations(all.map(hevc)),
  },
  vp9: {
    entry: 'vp09',
    box: 'vpcC',
    brand: null,
    profiles: { 8: ['Profile 0'], 10: ['Profile 2'] },
    isKnown: () => true,
    lengthBytes: () => null,
    whyApart: () => null,
    reorderDepth: () => null,
    freeId: () => 0,
    join: (_, film) => vp9Configuration(film, film.bitDepth, FILM_COLORS[film.dynamicRange].codes),
  },
  av1: {
    entry: 'av01',
    box: 'av1C',
    brand: 'av01',
    profiles: { 8: ['Main'], 10: ['Main'] },
    isKnown: (bytes) => readAv1Configuration(bytes) !== null,
    lengthBytes: () => null,
    whyApart: (a, b) => (doAv1Clash(av1(a), av1(b)) ? OTHER_FORMAT : null),
    reorderDepth: () => null,
    freeId: () => 0,
    join: (all) => joinAv1Configurations(all.map(av1)),
  },
};

/** The codec of that name, if its packets can be copied. */
export function copyCodecOf(id: string): CopyCodecId | null {
  return COPY_CODEC_IDS.find((known) => known === id) ?? null;
}

const avc = (bytes: Uint8Array) => need(readAvcConfiguration(bytes));
const hevc = (bytes: Uint8Array) => need(readHevcConfiguration(bytes));
const av1 = (bytes: Uint8Array) => need(readAv1Configuration(bytes));

function need<T>(configuration: T | null): T {
  if (configuration === null) throw new Error('A stretch of film has no configuration');
  return configuration;
}
