import type { Rate } from '../../time/rate.ts';

/** Levels of VP9: samples of brightness a second and in a picture at most (“VP9 Levels”, webmproject.org). */
const LEVELS: readonly [level: number, samplesPerSecond: number, samples: number][] = [
  [10, 829_440, 36_864],
  [11, 2_764_800, 73_728],
  [20, 4_608_000, 122_880],
  [21, 9_216_000, 245_760],
  [30, 20_736_000, 552_960],
  [31, 36_864_000, 983_040],
  [40, 83_558_400, 2_228_224],
  [41, 160_432_128, 2_228_224],
  [50, 311_951_360, 8_912_896],
  [51, 588_251_136, 8_912_896],
  [52, 1_176_502_272, 8_912_896],
  [60, 1_176_502_272, 35_651_584],
  [61, 2_353_004_544, 35_651_584],
];
const HIGHEST = 62;
/** Colours lie where the first of their brightnesses does. */
const COLLOCATED = 1;

/**
 * What MP4 says of a track of VP9, `vpcC` (“VP Codec ISO Media File Format Binding”): 4:2:0, limited range, and the
 * numbers of its primaries, transfer and matrix.
 * Key frames bring all that decoding needs, so it follows from the film alone.
 */
export function vp9Configuration(
  film: { width: number; height: number; frameRate: Rate },
  bitDepth: 8 | 10,
  colors: readonly number[],
): Uint8Array {
  const samples = film.width * film.height;
  const perSecond = (samples * film.frameRate.num) / film.frameRate.den;
  const [level = HIGHEST] =
    LEVELS.find(([, second, picture]) => perSecond <= second && samples <= picture) ?? [];
  const profile = bitDepth === 8 ? 0 : 2;
  const depthAndFormat = (bitDepth << 4) | (COLLOCATED << 1);
  // Version 1 of the box, and nothing to initialise a decoder with.
  return Uint8Array.from([...[1, 0, 0, 0, profile, level, depthAndFormat, ...colors, 0, 0]]);
}
