import type { MediaFacts, VideoStream } from '#core/media/facts.ts';
import { type SourceColor, sourceColor } from '#core/media/sourceColor.ts';
import { hasAlpha } from '#core/render/pictureLayers.ts';
import { type Flicks, ZERO } from '#core/time/flicks.ts';
import type { Rate } from '#core/time/rate.ts';
import { startLag } from './openSource.ts';

/** How the picture of an asset is opened. */
export type FootageFile = {
  path: string;
  isStill: boolean;
  streamIndex: number;
  /** Size as seen: pixel aspect and rotation applied. */
  width: number;
  height: number;
  /** Whether it may be clear in places. */
  hasAlpha: boolean;
  /** The decoder to ask for, where the usual one does not read all. */
  decoder: string | null;
  /** Whether its pictures are two fields, taken one after the other. */
  isInterlaced: boolean;
  pixelFormat: string;
  color: SourceColor;
  /** How much ffmpeg counts its times too low when it is opened at its beginning. */
  startLag: Flicks;
  /** No picture stands from here on. */
  end: Flicks;
  timeBase: Rate | null;
  /** Whether its pictures are known to stand equally long. */
  isSteady: boolean;
};

/** Decoders that see the alpha of a codec; the usual ones of ffmpeg do not. */
const ALPHA_DECODERS: Readonly<Record<string, string>> = { vp8: 'libvpx', vp9: 'libvpx-vp9' };

/** How a picture stream of a file is opened, from what probing said of it. */
export function footageFile(path: string, facts: MediaFacts, video: VideoStream): FootageFile {
  const isClear = hasAlpha(video.pixelFormat);
  return {
    path,
    isStill: facts.mediaKind === 'image',
    streamIndex: video.index,
    width: video.displayWidth,
    height: video.displayHeight,
    hasAlpha: isClear,
    decoder: isClear ? (ALPHA_DECODERS[video.codec] ?? null) : null,
    isInterlaced: video.fieldOrder !== undefined,
    pixelFormat: video.pixelFormat ?? '',
    color: sourceColor(video, facts.mediaKind),
    startLag: startLag(facts.container, video),
    end: video.end ?? facts.duration,
    timeBase: video.timeBase ?? null,
    isSteady: video.isSteady ?? false,
  };
}

/** How a still picture of ours is opened: RGB, opaque. */
export function stillFile(path: string, size: { width: number; height: number }): FootageFile {
  return {
    ...{ path, ...size, isStill: true, streamIndex: 0, hasAlpha: false, decoder: null },
    ...{ isInterlaced: false, pixelFormat: 'rgba', startLag: ZERO, end: ZERO, timeBase: null },
    isSteady: false,
    color: { matrix: 'rgb', range: 'full', transfer: 'sdr', primaries: 'bt709' },
  };
}
