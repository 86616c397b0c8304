import {
  AUDIO_CODECS,
  type AudioCodecId,
  type QualityScale,
  VIDEO_CODECS,
  type VideoCodecId,
  type VideoProfileId,
} from './formats.ts';
import type { ExportSettings } from './settings.ts';

/** What is known of a film before it is made. */
type FilmMeasure = {
  width: number;
  height: number;
  frames: number;
  seconds: number;
  sampleRateHz: number;
  hasSound: boolean;
};

/** Bytes of a finished file: what is likely, and what it has at the very least. */
export type SizeEstimate = { likely: number; least: number };

/**
 * How large a film will be. With a bit rate it is exact but for a few per cent; a quality says little, since a still
 * picture takes a tenth of what rain on water takes, so there `least` is a third of what is likely.
 */
export function estimateSize(settings: ExportSettings, film: FilmMeasure): SizeEstimate {
  const sound = soundBytes(settings, film);
  const { videoCodec, videoBitrateKbps } = settings;
  if (videoCodec === 'none') return { likely: sound, least: sound * 0.9 };
  if (videoBitrateKbps !== undefined && VIDEO_CODECS[videoCodec].hasBitrate) {
    const picture = (videoBitrateKbps * 1000 * film.seconds) / 8;
    return { likely: picture + sound, least: (picture + sound) * 0.9 };
  }
  const pixels = film.width * film.height * film.frames;
  const picture = (pixels * bitsPerPixel(settings, videoCodec)) / 8;
  return { likely: picture + sound, least: picture / 3 + sound * 0.9 };
}

/** Bits of a pixel by H.264 at the named steps of a quality scale; estimates for ordinary footage of 1080p at 30 fps. */
const BITS_AT_STEP = { archive: 0.3, high: 0.15, medium: 0.075, small: 0.038 };

/** What a codec takes of that at steps of about the same look. */
const SHARE_OF_H264: Readonly<Partial<Record<VideoCodecId, number>>> = {
  h264: 1,
  hevc: 0.6,
  vp9: 0.65,
  av1: 0.5,
  jpeg: 14,
};

/** Bits of a pixel where a profile says it, from the makers’ tables for 1080p at 29.97 fps. */
const BITS_OF_PROFILE: Readonly<
  Partial<Record<VideoCodecId, Partial<Record<VideoProfileId, number>>>>
> = {
  prores: { hq: 3.5, standard: 2.4, lt: 1.65, proxy: 0.73, '4444': 5.3 },
  dnxhr: { hq: 3.5, hqx: 3.5, sq: 2.35, lb: 0.75, '444': 7.1 },
};

const BITS_OTHERWISE: Readonly<Partial<Record<VideoCodecId, number>>> = { png: 12, gif: 3 };

function bitsPerPixel(settings: ExportSettings, codec: VideoCodecId): number {
  const { videoProfile, crf } = settings;
  const ofProfile = videoProfile && BITS_OF_PROFILE[codec]?.[videoProfile];
  if (ofProfile !== undefined) return ofProfile;
  const { quality } = VIDEO_CODECS[codec];
  const share = SHARE_OF_H264[codec];
  if (quality === null || share === undefined) return BITS_OTHERWISE[codec] ?? 3;
  return share * bitsAt(quality, crf ?? quality.high);
}

/** Between the steps, and beyond them, the logarithm goes on as a straight line. */
function bitsAt(scale: QualityScale, crf: number): number {
  const steps = (['archive', 'high', 'medium', 'small'] as const).map((step) => ({
    crf: scale[step],
    log: Math.log(BITS_AT_STEP[step]),
  }));
  const next = steps.findIndex((step, index) => index > 0 && crf <= step.crf);
  const right = steps[next < 0 ? steps.length - 1 : next];
  const left = steps[(next < 0 ? steps.length - 1 : next) - 1];
  if (left === undefined || right === undefined) return BITS_AT_STEP.high;
  const slope = (right.log - left.log) / (right.crf - left.crf);
  return Math.exp(left.log + slope * (crf - left.crf));
}

const BITS_OF_SAMPLE: Readonly<Partial<Record<AudioCodecId, number>>> = {
  'pcm-s16': 16,
  'pcm-s24': 24,
  'pcm-f32': 32,
  // Lossless packing saves a good third of 24 bits.
  flac: 15,
};

function soundBytes(settings: ExportSettings, film: FilmMeasure): number {
  const { audioCodec, audioBitrateKbps, audioChannels } = settings;
  if (audioCodec === 'none' || !film.hasSound) return 0;
  const bits = BITS_OF_SAMPLE[audioCodec];
  if (bits !== undefined) return (film.seconds * film.sampleRateHz * audioChannels * bits) / 8;
  const kbps = audioBitrateKbps ?? AUDIO_CODECS[audioCodec].bitrate?.usual ?? 192;
  return (film.seconds * kbps * 1000) / 8;
}
