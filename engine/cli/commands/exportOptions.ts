import {
  AUDIO_CODEC_IDS,
  CONTAINER_IDS,
  ENCODER_SPEEDS,
  VIDEO_CODEC_IDS,
  VIDEO_PROFILE_IDS,
} from '#core/render/formats.ts';
import { DYNAMIC_RANGES, type ExportOverrides, type FilmMetadata } from '#core/render/settings.ts';
import { parseRate } from '#core/time/rate.ts';
import {
  choiceOption,
  type Command,
  type CommandContext,
  numberOption,
  textOption,
  wrongUsage,
} from '../command.ts';

const METADATA = ['title', 'author', 'description', 'language', 'cover'] as const;

/** The options of `export` that say how the film is written. */
export const EXPORT_OPTIONS: NonNullable<Command['options']> = {
  container: { type: 'string' },
  codec: { type: 'string' },
  profile: { type: 'string' },
  crf: { type: 'string' },
  bitrate: { type: 'string' },
  'max-bitrate': { type: 'string' },
  'encoder-preset': { type: 'string' },
  depth: { type: 'string' },
  encoder: { type: 'string' },
  background: { type: 'string' },
  'dynamic-range': { type: 'string' },
  size: { type: 'string' },
  fps: { type: 'string' },
  mode: { type: 'string' },
  range: { type: 'string' },
  'audio-codec': { type: 'string' },
  'audio-bitrate': { type: 'string' },
  channels: { type: 'string' },
  loudness: { type: 'string' },
  captions: { type: 'string' },
  chapters: { type: 'string' },
  offline: { type: 'string' },
  ...Object.fromEntries(METADATA.map((name) => [name, { type: 'string' }])),
};

/** What the options say of the film; what they do not is left out. */
export function exportOverrides(context: CommandContext): ExportOverrides {
  const targetLufs = numberOption(context, 'loudness', { min: -50, max: -5 });
  const chapters = choiceOption(context, 'chapters', ['yes', 'no']);
  const kbps = { min: 16, max: 800_000 };
  const depth = choiceOption(context, 'depth', ['8', '10']);
  const channels = choiceOption(context, 'channels', ['mono', 'stereo']);
  const metadata = metadataOf(context);
  return withoutUndefined({
    container: choiceOption(context, 'container', CONTAINER_IDS),
    videoCodec: choiceOption(context, 'codec', [...VIDEO_CODEC_IDS, 'none'] as const),
    videoProfile: choiceOption(context, 'profile', VIDEO_PROFILE_IDS),
    crf: numberOption(context, 'crf', { min: 0, max: 63 }),
    videoBitrateKbps: numberOption(context, 'bitrate', { ...kbps, min: 50 }),
    maxVideoBitrateKbps: numberOption(context, 'max-bitrate', { ...kbps, min: 50 }),
    encoderPreset: choiceOption(context, 'encoder-preset', ENCODER_SPEEDS),
    bitDepth: depth === undefined ? undefined : depth === '10' ? 10 : 8,
    encoder: choiceOption(context, 'encoder', ['auto', 'software', 'hardware'] as const),
    background: choiceOption(context, 'background', ['black', 'clear'] as const),
    dynamicRange: choiceOption(context, 'dynamic-range', DYNAMIC_RANGES),
    ...sizeOf(context),
    frameRate: frameRateOf(context),
    mode: choiceOption(context, 'mode', ['auto', 'encode'] as const),
    range: rangeOf(context),
    audioCodec: choiceOption(context, 'audio-codec', [...AUDIO_CODEC_IDS, 'none'] as const),
    audioBitrateKbps: numberOption(context, 'audio-bitrate', { ...kbps, max: 512 }),
    audioChannels: channels === undefined ? undefined : channels === 'mono' ? 1 : 2,
    loudness: targetLufs === undefined ? undefined : { targetLufs, truePeakDb: -1 },
    captions: choiceOption(context, 'captions', ['burn', 'soft', 'none'] as const),
    chapters: chapters === undefined ? undefined : chapters === 'yes',
    metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
    offline: choiceOption(context, 'offline', ['refuse', 'slate'] as const),
  });
}

function sizeOf(context: CommandContext): Pick<ExportOverrides, 'width' | 'height'> {
  const size = textOption(context, 'size');
  if (size === undefined) return {};
  const sides = /^(\d{2,5})x(\d{2,5})$/.exec(size);
  if (sides === null) wrongUsage('--size takes WIDTHxHEIGHT, such as 1280x720.');
  const [width, height] = [Number(sides[1]), Number(sides[2])];
  if (width % 2 !== 0 || height % 2 !== 0)
    wrongUsage('--size takes even numbers, such as 1280x720.');
  return { width, height };
}

function frameRateOf(context: CommandContext): ExportOverrides['frameRate'] {
  const text = textOption(context, 'fps');
  if (text === undefined) return undefined;
  return parseRate(text) ?? wrongUsage('--fps takes frames a second, such as 25 or 30000/1001.');
}

function rangeOf(context: CommandContext): ExportOverrides['range'] {
  const text = textOption(context, 'range');
  if (text === undefined) return undefined;
  const range = /^(\d+)-(\d+)$/.exec(text);
  if (range === null) wrongUsage('--range takes FIRST-END in frames, such as 0-120.');
  return { startFrame: Number(range[1]), endFrame: Number(range[2]) };
}

function metadataOf(context: CommandContext): FilmMetadata {
  return Object.fromEntries(
    METADATA.flatMap((name) => {
      const value = textOption(context, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function withoutUndefined(
  overrides: { [K in keyof ExportOverrides]: ExportOverrides[K] | undefined },
): ExportOverrides {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}
