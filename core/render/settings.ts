import { z } from 'zod';
import {
  AUDIO_CODEC_IDS,
  AUDIO_CODECS,
  CONTAINER_IDS,
  CONTAINERS,
  type ContainerId,
  ENCODER_SPEEDS,
  VIDEO_CODEC_IDS,
  VIDEO_CODECS,
  VIDEO_PROFILE_IDS,
  type VideoCodecId,
  type VideoProfile,
} from './formats.ts';

export const DYNAMIC_RANGES = ['standard', 'hlg', 'pq'] as const;
export type DynamicRange = (typeof DYNAMIC_RANGES)[number];

const side = z.int().min(16).max(16_384).multipleOf(2);
const text = z.string().max(10_000);

/** What a film says about itself. */
const filmMetadataSchema = z.object({
  /** Default: the project’s name. */
  title: text.optional(),
  author: text.optional(),
  description: text.optional(),
  /** The spoken language (BCP 47). */
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)
    .optional(),
  /** Path of a PNG or JPEG file. */
  cover: z.string().min(1).max(32_767).optional(),
});
export type FilmMetadata = z.infer<typeof filmMetadataSchema>;

/**
 * How loud a film is to be (EBU R 128): integrated loudness in LUFS, and the highest true peak in dBTP. Usual targets
 * are −23 for broadcast, −16 for podcasts and −14 for the web.
 */
export const loudnessTargetSchema = z.object({
  targetLufs: z.number().min(-50).max(-5),
  truePeakDb: z.number().min(-9).max(-0.1).default(-1),
});
export type LoudnessTarget = z.infer<typeof loudnessTargetSchema>;

const fields = {
  container: z.enum(CONTAINER_IDS),
  /** `none` writes sound alone. */
  videoCodec: z.enum([...VIDEO_CODEC_IDS, 'none']),
  /** The variant of ProRes or DNxHR. */
  videoProfile: z.enum(VIDEO_PROFILE_IDS),
  /** Constant quality on the codec’s own scale (`quality` in formats.ts): lower is better and larger. */
  crf: z.int().min(0).max(63),
  /** An average bit rate in place of a constant quality. */
  videoBitrateKbps: z.int().min(50).max(800_000),
  /** What the bit rate never goes beyond for longer than two seconds, of H.264 and HEVC. */
  maxVideoBitrateKbps: z.int().min(50).max(800_000),
  encoderPreset: z.enum(ENCODER_SPEEDS),
  bitDepth: z.union([z.literal(8), z.literal(10)]),
  /** Whether packets of sources are copied where nothing changes them, or everything is encoded. */
  mode: z.enum(['auto', 'encode']),
  /** Where the encoder may run. `auto` and `hardware` fall back to software, with the reason in the result. */
  encoder: z.enum(['auto', 'software', 'hardware']),
  /** What lies behind everything. */
  background: z.enum(['black', 'clear']),
  /** For usual screens, or for those of high dynamic range: as HLG codes light, or as PQ does (HDR10). */
  dynamicRange: z.enum(DYNAMIC_RANGES),
  width: side,
  height: side,
  /** Frames a second, when not the timeline’s. */
  frameRate: z.object({ num: z.int().min(1).max(1_000_000), den: z.int().min(1).max(1_000_000) }),
  audioCodec: z.enum([...AUDIO_CODEC_IDS, 'none']),
  audioBitrateKbps: z.int().min(16).max(512),
  audioChannels: z.union([z.literal(1), z.literal(2)]),
  /** Absent: as loud as mixed. */
  loudness: loudnessTargetSchema,
  captions: z.enum(['burn', 'soft', 'none']),
  /** Whether the timeline’s chapter markers become chapters, where the container has them. */
  chapters: z.boolean(),
  metadata: filmMetadataSchema,
  /** What becomes of media whose files are missing: no film, or a slate in its place and silence. */
  offline: z.enum(['refuse', 'slate']),
  /** Frames of the timeline to write, `endFrame` exclusive. */
  range: z.object({ startFrame: z.int().min(0), endFrame: z.int().min(1) }),
};

/** Settings that differ from a preset's or the usual ones; the others are left out. */
export const exportOverridesSchema = z.object(fields).partial();
export type ExportOverrides = z.infer<typeof exportOverridesSchema>;

type Chosen = {
  [K in keyof ExportOverrides]?: Exclude<ExportOverrides[K], undefined>;
};

/**
 * How a film is written: what was said, and for the rest what is usual for the container and codec. Without sizes it
 * has the timeline's, without a range all of it.
 */
export type ExportSettings = Pick<
  Chosen,
  | 'videoProfile'
  | 'crf'
  | 'videoBitrateKbps'
  | 'maxVideoBitrateKbps'
  | 'width'
  | 'height'
  | 'frameRate'
  | 'audioBitrateKbps'
  | 'loudness'
  | 'range'
> &
  Required<
    Pick<
      Chosen,
      | 'container'
      | 'videoCodec'
      | 'encoderPreset'
      | 'bitDepth'
      | 'mode'
      | 'encoder'
      | 'background'
      | 'dynamicRange'
      | 'audioCodec'
      | 'audioChannels'
      | 'captions'
      | 'chapters'
      | 'metadata'
      | 'offline'
    >
  > & {
    /** The hardware encoder that a trial has shown to work, as ffmpeg names it; nobody chooses it by name. */
    hardwareEncoder?: string;
  };

/** Reads settings and completes them, see `ExportSettings`. */
export const exportSettingsSchema = exportOverridesSchema.transform((overrides): ExportSettings => {
  const said = withoutUndefined(overrides);
  const container = said.container ?? containerFor(said);
  const { video, audio } = CONTAINERS[container];
  const videoCodec = said.videoCodec ?? video[0] ?? 'none';
  const audioCodec = said.audioCodec ?? audio[0] ?? 'none';
  const audioBitrateKbps =
    said.audioBitrateKbps ??
    (audioCodec === 'none' ? undefined : AUDIO_CODECS[audioCodec].bitrate?.usual);
  return {
    encoderPreset: 'fast',
    mode: 'auto',
    encoder: 'software',
    background: 'black',
    dynamicRange: 'standard',
    audioChannels: 2,
    captions: 'burn',
    chapters: true,
    metadata: {},
    offline: 'refuse',
    bitDepth: 8,
    ...said,
    container,
    videoCodec,
    audioCodec,
    ...(audioBitrateKbps === undefined ? {} : { audioBitrateKbps }),
    ...(videoCodec === 'none' ? {} : usualPicture(videoCodec, said)),
  };
});

/** The variant of ProRes or DNxHR that settings ask for; undefined for codecs without variants, and for strange ones. */
export function videoProfileOf({
  videoCodec,
  videoProfile,
}: Pick<ExportSettings, 'videoCodec' | 'videoProfile'>): VideoProfile | undefined {
  if (videoCodec === 'none') return undefined;
  return VIDEO_CODECS[videoCodec].profiles.find(({ id }) => id === videoProfile);
}

function containerFor(said: Chosen): ContainerId {
  const { videoCodec, audioCodec } = said;
  if (videoCodec !== undefined && videoCodec !== 'none')
    return VIDEO_CODECS[videoCodec].usualContainer;
  if (videoCodec === undefined || audioCodec === 'none') return 'mp4';
  const alone = CONTAINER_IDS.find((id) => {
    const { video, audio } = CONTAINERS[id];
    return video.length === 0 && audio.some((codec) => codec === (audioCodec ?? 'aac'));
  });
  return alone ?? 'm4a';
}

function usualPicture(
  videoCodec: VideoCodecId,
  said: Chosen,
): Pick<ExportSettings, 'crf' | 'videoProfile' | 'bitDepth'> {
  const { quality, profiles } = VIDEO_CODECS[videoCodec];
  const crf = said.crf ?? (said.videoBitrateKbps === undefined ? quality?.high : undefined);
  const usual =
    said.background === 'clear' ? profiles.find(({ hasAlpha }) => hasAlpha) : profiles[0];
  const videoProfile = said.videoProfile ?? usual?.id;
  const variant = profiles.find(({ id }) => id === videoProfile);
  const isHigh = said.dynamicRange !== undefined && said.dynamicRange !== 'standard';
  return {
    bitDepth: said.bitDepth ?? variant?.bitDepth ?? (isHigh ? 10 : 8),
    ...(crf === undefined ? {} : { crf }),
    ...(videoProfile === undefined ? {} : { videoProfile }),
  };
}

function withoutUndefined(overrides: ExportOverrides): Chosen {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}
