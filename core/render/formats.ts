/**
 * What a film can be written as: codecs of pictures and sound, containers, and which of them go together.
 *
 * Sources: the codecs’ own documentation (x264, x265, libvpx, SVT-AV1, libopus, LAME; ffmpeg-codecs(1) for their options
 * and ranges), Apple’s “ProRes White Paper” and Avid’s “DNxHR Codec Bandwidth Specifications” for profiles, RFC 6716 for
 * Opus (48 kHz), ISO/IEC 11172-3 for MP3 (32, 44.1, 48 kHz), the WebM container guidelines (VP8, VP9, AV1; Vorbis, Opus),
 * the registered MP4 codes at mp4ra.org, GIF89a for delays in hundredths of a second.
 */

export const VIDEO_CODEC_IDS = [
  'h264',
  'hevc',
  'vp9',
  'av1',
  'prores',
  'dnxhr',
  'gif',
  'png',
  'jpeg',
] as const;
export type VideoCodecId = (typeof VIDEO_CODEC_IDS)[number];

export const AUDIO_CODEC_IDS = [
  'aac',
  'opus',
  'mp3',
  'flac',
  'pcm-s16',
  'pcm-s24',
  'pcm-f32',
] as const;
export type AudioCodecId = (typeof AUDIO_CODEC_IDS)[number];

export const CONTAINER_IDS = [
  'mp4',
  'mov',
  'mkv',
  'webm',
  'gif',
  'pictures',
  'wav',
  'flac',
  'mp3',
  'm4a',
  'ogg',
] as const;
export type ContainerId = (typeof CONTAINER_IDS)[number];

/** Variants of ProRes and DNxHR. */
export const VIDEO_PROFILE_IDS = [
  'proxy',
  'lt',
  'standard',
  'hq',
  '4444',
  'lb',
  'sq',
  'hqx',
  '444',
] as const;
export type VideoProfileId = (typeof VIDEO_PROFILE_IDS)[number];

/** How much time an encoder may take, in the words of x264; other encoders’ scales are mapped onto it. */
export const ENCODER_SPEEDS = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
] as const;
export type EncoderSpeed = (typeof ENCODER_SPEEDS)[number];

export type BitDepth = 8 | 10;

/** A scale of constant quality; lower is better and larger. */
export type QualityScale = {
  min: number;
  max: number;
  /** Steps to choose from, of about the same look in every codec. */
  archive: number;
  high: number;
  medium: number;
  small: number;
};

export type VideoProfile = {
  id: VideoProfileId;
  name: string;
  bitDepth: BitDepth;
  /** As ffmpeg names it. */
  pixelFormat: string;
  hasAlpha: boolean;
};

export type VideoCodec = {
  id: VideoCodecId;
  name: string;
  /** Null where a profile says all there is to say, and for lossless pictures. */
  quality: QualityScale | null;
  /** Whether a bit rate can be asked for instead of a quality. */
  hasBitrate: boolean;
  hasSpeed: boolean;
  /** The first is the usual one; empty where the codec has none to choose. */
  profiles: readonly VideoProfile[];
  /** Pixel formats by depth where no profile says it, as ffmpeg names them. */
  pixelFormats: Readonly<Partial<Record<BitDepth, string>>>;
  /** The pixel format with a clear background; null where there is none. A profile may have alpha too. */
  alphaPixelFormat: string | null;
  /** Smallest and largest sides in pixels; all have even sides. */
  width: { min: number; max: number };
  height: { min: number; max: number };
  /** Frames per second at most. */
  maxFrameRate: number;
  /** Whether every frame is a sync frame; others have one every two seconds and at every piece. */
  isIntraOnly: boolean;
  /** The container when nobody says one. */
  usualContainer: ContainerId;
};

const sides = (min: number, max: number) => ({ min, max });

const DELIVERY = {
  hasBitrate: true,
  hasSpeed: true,
  profiles: [],
  maxFrameRate: 300,
  isIntraOnly: false,
  usualContainer: 'mp4',
} as const;

const MASTER = {
  quality: null,
  hasBitrate: false,
  hasSpeed: false,
  pixelFormats: {},
  alphaPixelFormat: null,
  maxFrameRate: 300,
  isIntraOnly: true,
  usualContainer: 'mov',
} as const;

const PICTURES = {
  hasBitrate: false,
  hasSpeed: false,
  profiles: [],
  width: sides(16, 16_384),
  height: sides(16, 16_384),
  maxFrameRate: 300,
  isIntraOnly: true,
  usualContainer: 'pictures',
} as const;

export const VIDEO_CODECS: Readonly<Record<VideoCodecId, VideoCodec>> = {
  h264: {
    ...DELIVERY,
    id: 'h264',
    name: 'H.264',
    // 0 is lossless, 51 worst; x264’s documentation calls 17 or 18 visually lossless, 23 is its default.
    quality: { min: 0, max: 51, archive: 14, high: 18, medium: 23, small: 28 },
    pixelFormats: { 8: 'yuv420p', 10: 'yuv420p10le' },
    alphaPixelFormat: null,
    width: sides(16, 16_384),
    height: sides(16, 16_384),
  },
  hevc: {
    ...DELIVERY,
    id: 'hevc',
    name: 'HEVC (H.265)',
    // x265’s default of 28 looks like 23 of x264.
    quality: { min: 0, max: 51, archive: 18, high: 22, medium: 28, small: 32 },
    pixelFormats: { 8: 'yuv420p', 10: 'yuv420p10le' },
    alphaPixelFormat: null,
    width: sides(32, 8192),
    height: sides(32, 8192),
  },
  vp9: {
    ...DELIVERY,
    id: 'vp9',
    name: 'VP9',
    // Google’s “Recommended settings for VOD”: 31 for 1080p, 15 for 2160p.
    quality: { min: 0, max: 63, archive: 15, high: 24, medium: 31, small: 38 },
    pixelFormats: { 8: 'yuv420p', 10: 'yuv420p10le' },
    alphaPixelFormat: 'yuva420p',
    width: sides(16, 16_384),
    height: sides(16, 16_384),
    usualContainer: 'webm',
  },
  av1: {
    ...DELIVERY,
    id: 'av1',
    name: 'AV1',
    // SVT-AV1’s default is 35.
    quality: { min: 1, max: 63, archive: 16, high: 24, medium: 32, small: 42 },
    pixelFormats: { 8: 'yuv420p', 10: 'yuv420p10le' },
    alphaPixelFormat: null,
    // SVT-AV1 1.x takes 64 × 64 to 16384 × 8704, at up to 240 frames a second.
    width: sides(64, 16_384),
    height: sides(64, 8704),
    maxFrameRate: 240,
  },
  prores: {
    ...MASTER,
    id: 'prores',
    name: 'ProRes',
    profiles: [
      profile('hq', '422 HQ', 10, 'yuv422p10le'),
      profile('standard', '422', 10, 'yuv422p10le'),
      profile('lt', '422 LT', 10, 'yuv422p10le'),
      profile('proxy', '422 Proxy', 10, 'yuv422p10le'),
      { ...profile('4444', '4444', 10, 'yuv444p10le'), hasAlpha: true },
    ],
    alphaPixelFormat: 'yuva444p10le',
    width: sides(16, 16_384),
    height: sides(16, 16_384),
  },
  dnxhr: {
    ...MASTER,
    id: 'dnxhr',
    name: 'DNxHR',
    profiles: [
      profile('hq', 'HQ', 8, 'yuv422p'),
      profile('hqx', 'HQX', 10, 'yuv422p10le'),
      profile('sq', 'SQ', 8, 'yuv422p'),
      profile('lb', 'LB', 8, 'yuv422p'),
      profile('444', '444', 10, 'yuv444p10le'),
    ],
    // The resolution-independent form begins at 256 × 120 (SMPTE ST 2019-1).
    width: sides(256, 16_384),
    height: sides(120, 16_384),
  },
  gif: {
    ...PICTURES,
    id: 'gif',
    name: 'GIF',
    quality: null,
    pixelFormats: { 8: 'pal8' },
    alphaPixelFormat: 'pal8',
    // Delays are hundredths of a second, and browsers slow down what is shown for less than two of them.
    maxFrameRate: 50,
    usualContainer: 'gif',
  },
  png: {
    ...PICTURES,
    id: 'png',
    name: 'PNG',
    quality: null,
    pixelFormats: { 8: 'rgb24' },
    alphaPixelFormat: 'rgba',
  },
  jpeg: {
    ...PICTURES,
    id: 'jpeg',
    name: 'JPEG',
    // The quantiser scale of ffmpeg’s encoder.
    quality: { min: 1, max: 31, archive: 1, high: 2, medium: 5, small: 10 },
    pixelFormats: { 8: 'yuvj420p' },
    alphaPixelFormat: null,
  },
};

function profile(
  id: VideoProfileId,
  name: string,
  bitDepth: BitDepth,
  pixelFormat: string,
): VideoProfile {
  return { id, name, bitDepth, pixelFormat, hasAlpha: false };
}

export type AudioCodec = {
  id: AudioCodecId;
  name: string;
  /** Kilobits a second, of stereo; null where nothing is thrown away. */
  bitrate: { min: number; max: number; usual: number } | null;
  /** The rates it can hold; null: any. */
  sampleRatesHz: readonly number[] | null;
  /** Samples in one of its blocks: how far sound may reach past the picture. */
  blockSamples: number;
};

const AAC_RATES = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] as const;
const uncompressed = { bitrate: null, sampleRatesHz: null, blockSamples: 1 } as const;

export const AUDIO_CODECS: Readonly<Record<AudioCodecId, AudioCodec>> = {
  aac: {
    id: 'aac',
    name: 'AAC',
    bitrate: { min: 32, max: 512, usual: 192 },
    sampleRatesHz: [...AAC_RATES, 64_000, 88_200, 96_000],
    blockSamples: 1024,
  },
  opus: {
    id: 'opus',
    name: 'Opus',
    bitrate: { min: 16, max: 510, usual: 160 },
    sampleRatesHz: [48_000],
    blockSamples: 960,
  },
  mp3: {
    id: 'mp3',
    name: 'MP3',
    bitrate: { min: 32, max: 320, usual: 192 },
    sampleRatesHz: [32_000, 44_100, 48_000],
    blockSamples: 1152,
  },
  flac: {
    id: 'flac',
    name: 'FLAC',
    bitrate: null,
    sampleRatesHz: null,
    blockSamples: 4608,
  },
  'pcm-s16': { ...uncompressed, id: 'pcm-s16', name: 'PCM 16 bit' },
  'pcm-s24': { ...uncompressed, id: 'pcm-s24', name: 'PCM 24 bit' },
  'pcm-f32': { ...uncompressed, id: 'pcm-f32', name: 'PCM 32 bit float' },
};

/** The sample rate sound is written at: the timeline’s where the codec can hold it, else the next that it can. */
export function writtenSampleRate(codec: AudioCodecId, timelineHz: number): number {
  const rates = AUDIO_CODECS[codec].sampleRatesHz;
  if (rates === null || rates.includes(timelineHz)) return timelineHz;
  return rates.find((rate) => rate >= timelineHz) ?? Math.max(...rates);
}

export type SubtitleCodec = 'mov_text' | 'srt' | 'webvtt';

export type Container = {
  id: ContainerId;
  name: string;
  /** Of its files, without the dot; null where it is a folder. Others that mean the same follow. */
  extension: string | null;
  otherExtensions: readonly string[];
  /** Pictures and sound it may hold; the first of each is the usual one. */
  video: readonly VideoCodecId[];
  audio: readonly AudioCodecId[];
  /** Of captions as tracks; null where it has none. */
  subtitles: SubtitleCodec | null;
  hasChapters: boolean;
  hasCover: boolean;
  /** Title, author, description. */
  hasMetadata: boolean;
};

const FILM = { hasChapters: true, hasMetadata: true, otherExtensions: [] } as const;
const SOUND = { ...FILM, video: [], subtitles: null } as const;
const PLAIN = {
  audio: [],
  otherExtensions: [],
  subtitles: null,
  hasChapters: false,
  hasCover: false,
  hasMetadata: false,
} as const;

export const CONTAINERS: Readonly<Record<ContainerId, Container>> = {
  mp4: {
    ...FILM,
    id: 'mp4',
    name: 'MP4',
    extension: 'mp4',
    otherExtensions: ['m4v'],
    video: ['h264', 'hevc', 'av1', 'vp9'],
    audio: ['aac', 'opus', 'mp3', 'flac'],
    subtitles: 'mov_text',
    hasCover: true,
  },
  mov: {
    ...FILM,
    id: 'mov',
    name: 'MOV (QuickTime)',
    extension: 'mov',
    otherExtensions: ['qt'],
    video: ['h264', 'hevc', 'prores', 'dnxhr'],
    audio: ['aac', 'pcm-s16', 'pcm-s24', 'pcm-f32'],
    subtitles: 'mov_text',
    hasCover: false,
  },
  mkv: {
    ...FILM,
    id: 'mkv',
    name: 'MKV (Matroska)',
    extension: 'mkv',
    video: ['h264', 'hevc', 'vp9', 'av1', 'prores', 'dnxhr'],
    // MP3 is left out: players ignore what Matroska says of its delay, which would put the sound 23 ms late.
    audio: ['aac', 'opus', 'flac', 'pcm-s16', 'pcm-s24', 'pcm-f32'],
    subtitles: 'srt',
    hasCover: true,
  },
  webm: {
    ...FILM,
    id: 'webm',
    name: 'WebM',
    extension: 'webm',
    video: ['vp9', 'av1'],
    audio: ['opus'],
    subtitles: 'webvtt',
    hasCover: false,
  },
  gif: { ...PLAIN, id: 'gif', name: 'GIF', extension: 'gif', video: ['gif'] },
  pictures: {
    ...PLAIN,
    id: 'pictures',
    name: 'Folder of pictures',
    extension: null,
    video: ['png', 'jpeg'],
  },
  wav: {
    ...SOUND,
    id: 'wav',
    name: 'WAV',
    extension: 'wav',
    otherExtensions: ['wave'],
    audio: ['pcm-s24', 'pcm-s16', 'pcm-f32'],
    hasChapters: false,
    hasCover: false,
  },
  flac: {
    ...SOUND,
    id: 'flac',
    name: 'FLAC',
    extension: 'flac',
    audio: ['flac'],
    hasChapters: false,
    hasCover: true,
  },
  mp3: { ...SOUND, id: 'mp3', name: 'MP3', extension: 'mp3', audio: ['mp3'], hasCover: true },
  m4a: { ...SOUND, id: 'm4a', name: 'M4A', extension: 'm4a', audio: ['aac'], hasCover: true },
  ogg: {
    ...SOUND,
    id: 'ogg',
    name: 'Ogg Opus',
    extension: 'opus',
    otherExtensions: ['ogg', 'oga'],
    audio: ['opus'],
    hasCover: false,
  },
};

/** The container that an extension (with or without its dot, any case) means; null where none of ours does. */
export function containerOfExtension(extension: string): ContainerId | null {
  const wanted = extension.replace(/^\./, '').toLowerCase();
  return (
    CONTAINER_IDS.find((id) => {
      const { extension: usual, otherExtensions } = CONTAINERS[id];
      return usual === wanted || otherExtensions.includes(wanted);
    }) ?? null
  );
}
