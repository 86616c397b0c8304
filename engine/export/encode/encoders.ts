import { FILM_COLORS } from '#core/render/filmColors.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import {
  AUDIO_CODECS,
  type AudioCodecId,
  type BitDepth,
  ENCODER_SPEEDS,
  type EncoderSpeed,
  VIDEO_CODECS,
  type VideoCodecId,
  writtenSampleRate,
} from '#core/render/formats.ts';
import { type ExportSettings, videoProfileOf } from '#core/render/settings.ts';
import { hardwareArguments } from './hardwareEncoders.ts';

/**
 * Encoders whose bytes follow from their number of threads get a fixed one, so that the film is the same on every
 * machine and for any number of workers.
 */
const ENCODER_THREADS = 4;

/** How the picture of a film is coded, piece by piece. */
export type PictureEncoding = {
  /** Of the file of a piece. Its times are exact: MP4 and MOV count in ticks of the frame rate. */
  extension: 'mp4' | 'mov' | 'mkv';
  /** Filters that bring the composed picture, in limited range, to the encoder’s pixel format. */
  filter: string;
  /** ffmpeg’s options for the encoder and the piece, after the inputs. */
  arguments: readonly string[];
  /** How many frames ahead of its place in the film a packet may stand in the file. */
  reorderFrames: number;
};

type Encoder = {
  name: string;
  options: (
    settings: ExportSettings,
    depth: BitDepth,
    plan: Pick<ExportPlan, 'reorderDepth'>,
  ) => string[];
  reorderFrames: number;
};

/** SVT-AV1’s presets, 13 (fastest) to 0, and libvpx’s `cpu-used`, 8 to 0, by speed: ultrafast first. */
const SVT_PRESETS = [12, 11, 10, 9, 8, 6, 5, 4] as const;
const VPX_SPEEDS = [8, 7, 6, 5, 4, 3, 2, 1] as const;

function stepOf(scale: readonly number[], speed: EncoderSpeed): string {
  return String(scale[ENCODER_SPEEDS.indexOf(speed)] ?? scale[0]);
}

/** The ProRes profiles as prores_ks numbers them. */
const PRORES_PROFILES = { proxy: 0, lt: 1, standard: 2, hq: 3, '4444': 4 };

/** How x265 is kept from reordering pictures, or from doing it more than once. */
const REORDERING: readonly string[] = [':bframes=0', ':b-pyramid=0', ''];

const ENCODERS: Readonly<Record<VideoCodecId, Encoder>> = {
  h264: {
    name: 'libx264',
    options: (settings, depth) => [
      ...['-preset', settings.encoderPreset, ...amount(settings)],
      // Lossless coding needs a profile that x264 chooses itself.
      ...(settings.crf === 0 ? [] : ['-profile:v', depth === 10 ? 'high10' : 'high']),
      ...['-threads:v', String(ENCODER_THREADS)],
    ],
    reorderFrames: 2,
  },
  hevc: {
    name: 'libx265',
    options: (settings, depth, { reorderDepth = 2 }) => [
      ...['-preset', settings.encoderPreset, ...amount(settings)],
      ...['-profile:v', depth === 10 ? 'main10' : 'main'],
      // Without a pool the bytes depend on the number of frame threads alone; `info` would name the processor. Open
      // groups of pictures, x265’s default, could not be joined.
      '-x265-params',
      `pools=none:wpp=0:lookahead-slices=0:frame-threads=${ENCODER_THREADS}:open-gop=0:info=0:log-level=error${REORDERING[Math.min(2, reorderDepth)] ?? ''}`,
      ...['-tag:v', 'hvc1'],
    ],
    reorderFrames: 2,
  },
  vp9: {
    name: 'libvpx-vp9',
    options: (settings) => [
      ...['-deadline', 'good', '-cpu-used', stepOf(VPX_SPEEDS, settings.encoderPreset)],
      ...amount(settings),
      ...(settings.videoBitrateKbps === undefined ? ['-b:v', '0'] : []),
      ...['-row-mt', '1', '-threads:v', String(ENCODER_THREADS)],
      // Hidden frames and alpha do not go together in libvpx.
      ...(settings.background === 'clear' ? ['-auto-alt-ref', '0'] : []),
    ],
    reorderFrames: 0,
  },
  av1: {
    name: 'libsvtav1',
    options: (settings) => [
      ...['-preset', stepOf(SVT_PRESETS, settings.encoderPreset), ...amount(settings)],
      ...['-svtav1-params', `lp=${ENCODER_THREADS}:irefresh-type=2`],
    ],
    reorderFrames: 0,
  },
  prores: {
    name: 'prores_ks',
    options: ({ videoProfile, background }) => [
      '-profile:v',
      String(Object.entries(PRORES_PROFILES).find(([id]) => id === videoProfile)?.[1] ?? 3),
      ...['-vendor', 'apl0', '-alpha_bits', background === 'clear' ? '16' : '0'],
    ],
    reorderFrames: 0,
  },
  dnxhr: {
    name: 'dnxhd',
    options: ({ videoProfile }) => ['-profile:v', `dnxhr_${videoProfile ?? 'hq'}`],
    reorderFrames: 0,
  },
  // The palette of a GIF is chosen from the whole film, so its pieces keep every colour.
  gif: {
    name: 'png',
    options: () => ['-compression_level', '1', '-pred', 'up'],
    reorderFrames: 0,
  },
  png: { name: 'png', options: () => ['-pred', 'mixed'], reorderFrames: 0 },
  jpeg: {
    name: 'mjpeg',
    options: ({ crf }) => ['-q:v', String(crf ?? 2), '-threads:v', '1'],
    reorderFrames: 0,
  },
};

/** The software encoder of a codec, as ffmpeg names it. */
export function softwareEncoder(codec: VideoCodecId): string {
  return ENCODERS[codec].name;
}

/** Quality, or bit rate where that is what was asked for. */
function amount({ crf, videoBitrateKbps, maxVideoBitrateKbps: most }: ExportSettings): string[] {
  return [
    ...(crf === undefined ? [] : ['-crf', String(crf)]),
    ...(videoBitrateKbps === undefined ? [] : ['-b:v', `${videoBitrateKbps}k`]),
    ...(most === undefined ? [] : ['-maxrate', `${most}k`, '-bufsize', `${2 * most}k`]),
  ];
}

/** How the pieces of a film with these settings are coded; null for sound alone. */
export function pictureEncoding(
  plan: Pick<ExportPlan, 'frameRate' | 'parameterSetId' | 'reorderDepth'>,
  settings: ExportSettings,
): PictureEncoding | null {
  const { videoCodec } = settings;
  if (videoCodec === 'none') return null;
  const codec = VIDEO_CODECS[videoCodec];
  const encoder = ENCODERS[videoCodec];
  const hardware =
    settings.hardwareEncoder === undefined
      ? null
      : hardwareArguments(settings.hardwareEncoder, settings);
  const hasPalette = videoCodec === 'gif';
  const isRgb = hasPalette || videoCodec === 'png';
  const clearRgb = settings.background === 'clear' ? 'rgba' : 'rgb24';
  const pixelFormat = hasPalette ? clearRgb : pixelFormatOf(settings);
  const { matrix, primaries, transfer } = FILM_COLORS[settings.dynamicRange];
  const colour = ['-colorspace', matrix, '-color_primaries', primaries, '-color_trc', transfer];
  const extension = pieceExtension(settings);
  return {
    extension,
    filter: hardware?.filter ?? encoderFilter(videoCodec, pixelFormat),
    arguments: [
      ...(hardware?.arguments ?? [
        ...['-c:v', encoder.name, ...encoder.options(settings, settings.bitDepth, plan)],
        ...(plan.parameterSetId === undefined || videoCodec !== 'h264'
          ? []
          : ['-x264-params', `sps-id=${plan.parameterSetId}`]),
        ...['-pix_fmt', pixelFormat],
      ]),
      ...(codec.isIntraOnly ? [] : ['-g', String(syncFrameInterval(plan))]),
      ...(isRgb || videoCodec === 'jpeg' ? [] : [...colour, '-color_range', 'tv']),
      ...(extension === 'mkv' ? [] : ['-video_track_timescale', String(plan.frameRate.num)]),
      ...['-f', extension === 'mkv' ? 'matroska' : extension],
    ],
    reorderFrames: hardware === null ? encoder.reorderFrames : 0,
  };
}

/** MP4 cannot hold the alpha of VP9, nor masters and pictures, which are at home in MOV. */
function pieceExtension({ videoCodec, background }: ExportSettings): PictureEncoding['extension'] {
  if (videoCodec === 'vp9' && background === 'clear') return 'mkv';
  return videoCodec !== 'none' && VIDEO_CODECS[videoCodec].isIntraOnly ? 'mov' : 'mp4';
}

/** The pixel format that settings come to, as ffmpeg names it. */
function pixelFormatOf(settings: ExportSettings): string {
  const { videoCodec, bitDepth, background } = settings;
  if (videoCodec === 'none') throw new Error('Sound has no pixels');
  const { pixelFormats, alphaPixelFormat } = VIDEO_CODECS[videoCodec];
  if (background === 'clear' && alphaPixelFormat !== null) return alphaPixelFormat;
  const found = videoProfileOf(settings)?.pixelFormat ?? pixelFormats[bitDepth];
  if (found === undefined) throw new Error(`${videoCodec} has no pixel format of ${bitDepth} bits`);
  return found;
}

function encoderFilter(codec: VideoCodecId, pixelFormat: string): string {
  const from = 'in_color_matrix=bt709:in_range=tv';
  const exact = 'flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp';
  // RGB and JPEG use the full range; JPEG’s matrix is that of BT.601 (JFIF).
  if (codec === 'png' || codec === 'gif')
    return `scale=${from}:out_range=pc:${exact},format=${pixelFormat}`;
  if (codec === 'jpeg') {
    return `scale=${from}:out_color_matrix=bt601:out_range=pc:${exact},format=${pixelFormat}`;
  }
  return `format=${pixelFormat}`;
}

/** Two seconds between sync frames: seeking stays quick, the cost stays small. */
function syncFrameInterval({ frameRate }: Pick<ExportPlan, 'frameRate'>): number {
  return Math.max(1, Math.round((2 * frameRate.num) / frameRate.den));
}

const AUDIO_ENCODERS: Readonly<Record<AudioCodecId, readonly string[]>> = {
  aac: ['aac'],
  opus: ['libopus', '-vbr', 'on'],
  mp3: ['libmp3lame'],
  // FLAC keeps 24 of the 32 bits.
  flac: ['flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24', '-strict', '-2'],
  'pcm-s16': ['pcm_s16le'],
  'pcm-s24': ['pcm_s24le'],
  'pcm-f32': ['pcm_f32le'],
};

/** ffmpeg’s options for the sound of a film, mixed in stereo at the timeline’s sample rate. */
export function soundArguments(
  plan: Pick<ExportPlan, 'sampleRateHz'>,
  settings: ExportSettings,
): string[] {
  const { audioCodec, audioBitrateKbps, audioChannels } = settings;
  if (audioCodec === 'none') return [];
  const { bitrate } = AUDIO_CODECS[audioCodec];
  return [
    // The mean of both sides never clips.
    ...(audioChannels === 1 ? ['-af', 'pan=mono|c0=0.5*c0+0.5*c1'] : []),
    ...['-c:a', ...AUDIO_ENCODERS[audioCodec]],
    ...(bitrate === null ? [] : ['-b:a', `${audioBitrateKbps ?? bitrate.usual}k`]),
    ...['-ar', String(writtenSampleRate(audioCodec, plan.sampleRateHz))],
  ];
}
