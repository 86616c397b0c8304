import type { TimelineFormat } from '../model/entities.ts';
import type { ExportPlan } from './planExport.ts';
import { limitFaults, type PresetLimits } from './presetLimits.ts';
import { type ExportOverrides, type ExportSettings, exportSettingsSchema } from './settings.ts';

/** A named set of export settings. */
export type ExportPreset = {
  id: string;
  name: string;
  /** What it is for, in one sentence. */
  description: string;
  settings: ExportOverrides;
  /** The longer side of the picture is brought to this many pixels; absent keeps the timeline's size. */
  longSide?: number;
  /** What the platform that it is for takes. */
  limits?: PresetLimits;
};

const WEB: ExportOverrides = {
  container: 'mp4',
  videoCodec: 'h264',
  encoderPreset: 'fast',
  audioCodec: 'aac',
};

/** What most platforms play at: louder sound is turned down (−14 LUFS), peaks leave room for their encoders. */
const AS_PLAYED = { targetLufs: -14, truePeakDb: -1 };
/** Apple, “Audio requirements” for podcasts: −16 dB LKFS ± 1 dB, true peak at most −1 dB FS. */
const PODCAST = { targetLufs: -16, truePeakDb: -1 };

/**
 * Google, “Recommended upload encoding settings” (support.google.com/youtube/answer/1722171): MP4, H.264 High, AAC-LC at
 * 48 kHz with 384 kbit/s, no limit to the bit rate; “Upload videos longer than 15 minutes”: 12 hours or 256 GB.
 */
const YOUTUBE: PresetLimits = {
  platform: 'YouTube',
  longest: { seconds: 12 * 3600, isRejected: true },
};

export const EXPORT_PRESETS: readonly ExportPreset[] = [
  {
    id: 'master',
    name: 'Master',
    description: 'The timeline’s own size at high quality, for archives and further editing.',
    settings: { ...WEB, crf: 14, encoderPreset: 'medium', audioBitrateKbps: 320 },
  },
  {
    id: 'master-prores',
    name: 'Master, ProRes 422 HQ',
    description:
      'Every frame by itself, nearly without loss, with uncompressed sound: for other editors.',
    settings: {
      container: 'mov',
      videoCodec: 'prores',
      videoProfile: 'hq',
      audioCodec: 'pcm-s24',
    },
  },
  {
    id: 'youtube-1080p',
    name: 'YouTube 1080p',
    description: 'H.264 and AAC as YouTube recommends for full HD.',
    settings: { ...WEB, crf: 18, audioBitrateKbps: 384, loudness: AS_PLAYED },
    longSide: 1920,
    limits: YOUTUBE,
  },
  {
    id: 'youtube-4k',
    name: 'YouTube 4K',
    description: 'H.264 and AAC as YouTube recommends for 2160p.',
    settings: { ...WEB, crf: 18, audioBitrateKbps: 384, loudness: AS_PLAYED },
    longSide: 3840,
    limits: YOUTUBE,
  },
  {
    id: 'youtube-shorts',
    name: 'YouTube Shorts',
    description: 'Upright or square, up to three minutes.',
    settings: { ...WEB, crf: 18, audioBitrateKbps: 384, loudness: AS_PLAYED },
    longSide: 1920,
    // Google, “Understand three-minute YouTube Shorts” (since 15 October 2024): square or taller, up to 3 minutes; what
    // is longer or wider becomes an ordinary video.
    limits: {
      platform: 'YouTube Shorts',
      longest: { seconds: 180, isRejected: false },
      shape: 'square-or-taller',
    },
  },
  {
    id: 'tiktok',
    name: 'TikTok',
    description: 'Upright 1080 × 1920, three seconds to ten minutes.',
    settings: { ...WEB, crf: 18, audioBitrateKbps: 192, loudness: AS_PLAYED },
    longSide: 1920,
    // TikTok, “Media Transfer Guide” (developers.tiktok.com): H.264 in MP4, 23 to 60 frames a second, sides of 360 to
    // 4096 pixels, at most 4 GB and 10 minutes; the shortest is 3 seconds.
    limits: {
      platform: 'TikTok',
      longest: { seconds: 600, isRejected: true },
      shortestSeconds: 3,
      shape: '9:16',
      frameRates: { min: 23, max: 60 },
      sides: { min: 360, max: 4096 },
    },
  },
  {
    id: 'instagram-reels',
    name: 'Instagram Reels',
    description: 'Upright 1080 × 1920, three seconds to fifteen minutes.',
    settings: {
      ...WEB,
      crf: 18,
      maxVideoBitrateKbps: 25_000,
      audioBitrateKbps: 128,
      loudness: AS_PLAYED,
    },
    longSide: 1920,
    // Meta, “IG User Media” of the Instagram platform, Reel specifications: closed groups of pictures, 4:2:0, 23 to 60
    // frames a second, at most 1920 columns and 25 Mbit/s, AAC of 128 kbit/s, 3 seconds to 15 minutes, 9:16 advised.
    limits: {
      platform: 'Instagram Reels',
      longest: { seconds: 900, isRejected: true },
      shortestSeconds: 3,
      shape: '9:16',
      frameRates: { min: 23, max: 60 },
      sides: { min: 16, max: 1920 },
    },
  },
  {
    id: 'web-720p',
    name: 'Web 720p',
    description: 'A smaller file for websites and messages.',
    settings: { ...WEB, crf: 23, audioBitrateKbps: 160 },
    longSide: 1280,
  },
  {
    id: 'draft',
    name: 'Draft',
    description: 'Quick and small, to show someone the cut.',
    settings: { ...WEB, crf: 28, encoderPreset: 'ultrafast', audioBitrateKbps: 128 },
    longSide: 960,
  },
  {
    id: 'podcast-mp3',
    name: 'Podcast, MP3',
    description: 'The sound alone, in stereo, as loud as podcasts are.',
    // Apple, “Audio requirements”: MP3 in stereo with 128 to 256 kbit/s, in mono with 96 to 128.
    settings: {
      videoCodec: 'none',
      container: 'mp3',
      audioCodec: 'mp3',
      audioBitrateKbps: 192,
      loudness: PODCAST,
    },
  },
  {
    id: 'podcast-mp3-mono',
    name: 'Podcast, MP3 mono',
    description: 'The sound alone, in mono: the smallest file for speech.',
    settings: {
      videoCodec: 'none',
      container: 'mp3',
      audioCodec: 'mp3',
      audioChannels: 1,
      audioBitrateKbps: 128,
      loudness: PODCAST,
    },
  },
  {
    id: 'podcast-m4a',
    name: 'Podcast, M4A',
    description: 'The sound alone as AAC, with chapters and cover.',
    settings: {
      videoCodec: 'none',
      container: 'm4a',
      audioCodec: 'aac',
      audioBitrateKbps: 128,
      loudness: PODCAST,
    },
  },
  {
    id: 'audio-wav',
    name: 'Audio, WAV',
    description: 'The sound alone, uncompressed in 24 bits.',
    settings: { videoCodec: 'none', container: 'wav', audioCodec: 'pcm-s24' },
  },
];

/** Settings of a preset for a timeline, with `overrides` on top; unknown names give null. */
export function settingsOfPreset(
  presetId: string,
  format: TimelineFormat,
  overrides: ExportOverrides = {},
): ExportSettings | null {
  const preset = EXPORT_PRESETS.find((candidate) => candidate.id === presetId);
  if (preset === undefined) return null;
  const size = preset.longSide === undefined ? {} : scaledSize(format, preset.longSide);
  return exportSettingsSchema.parse({
    ...fitting(preset.settings, overrides),
    ...size,
    ...overrides,
  });
}

/** What of a planned film lies outside the limits of the platform that a preset is for, see `limitFaults`. */
export function presetFaults(
  presetId: string | undefined,
  plan: Pick<ExportPlan, 'width' | 'height' | 'frameRate' | 'startFrame' | 'endFrame'>,
): ReturnType<typeof limitFaults> {
  const limits = EXPORT_PRESETS.find(({ id }) => id === presetId)?.limits;
  if (limits === undefined) return { stops: [], warnings: [] };
  const { width, height, frameRate, startFrame, endFrame } = plan;
  const seconds = ((endFrame - startFrame) * frameRate.den) / frameRate.num;
  return limitFaults(limits, { width, height, frameRate, seconds });
}

/** What of a preset goes with changes: qualities and bit rates mean other things for another codec. */
function fitting(preset: ExportOverrides, overrides: ExportOverrides): ExportOverrides {
  const kept = { ...preset };
  const { videoCodec = preset.videoCodec, audioCodec = preset.audioCodec } = overrides;
  if (videoCodec !== preset.videoCodec) {
    for (const name of ['crf', 'videoProfile', 'maxVideoBitrateKbps', 'bitDepth'] as const)
      delete kept[name];
  }
  if (audioCodec !== preset.audioCodec) delete kept.audioBitrateKbps;
  if (overrides.videoBitrateKbps !== undefined) delete kept.crf;
  if (overrides.crf !== undefined) delete kept.videoBitrateKbps;
  return kept;
}

/** The timeline's shape with its longer side brought to `longSide`, both sides even. */
function scaledSize(format: TimelineFormat, longSide: number): { width: number; height: number } {
  const scale = longSide / Math.max(format.width, format.height);
  const even = (side: number) => Math.max(16, Math.round((side * scale) / 2) * 2);
  return { width: even(format.width), height: even(format.height) };
}
