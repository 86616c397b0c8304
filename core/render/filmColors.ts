import type { DynamicRange } from './settings.ts';

/** How the colours of a film are coded; its range is limited. */
export type FilmColors = {
  /** As ffmpeg names them. */
  matrix: string;
  primaries: string;
  transfer: string;
  /** As containers and bitstreams number them (ISO/IEC 23091-2): primaries, transfer, matrix. */
  codes: readonly [primaries: number, transfer: number, matrix: number];
};

/** BT.709 for usual screens; BT.2100 for high dynamic range. */
export const FILM_COLORS: Readonly<Record<DynamicRange, FilmColors>> = {
  standard: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', codes: [1, 1, 1] },
  hlg: { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'arib-std-b67', codes: [9, 18, 9] },
  pq: { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'smpte2084', codes: [9, 16, 9] },
};
