import { refuse } from '../fault.ts';
import { formatRate, type Rate, sameRate } from '../time/rate.ts';
import {
  AUDIO_CODECS,
  CONTAINER_IDS,
  CONTAINERS,
  type Container,
  VIDEO_CODECS,
  type VideoCodec,
} from './formats.ts';
import { type ExportSettings, videoProfileOf } from './settings.ts';

/** What is known of a film before it is planned. */
export type OutputShape = { width: number; height: number; frameRate: Rate };

/**
 * Refuses settings that nothing can write, each with what to choose instead: `export/nothing-to-write`,
 * `export/video-not-in-container`, `export/audio-not-in-container`, `export/container-needs-picture`,
 * `export/captions-not-in-container`, `export/no-clear-background`, `export/no-high-range`, `export/unknown-profile`, `export/no-such-depth`,
 * `export/quality-not-taken`,
 * `export/quality-out-of-range`, `export/bitrate-not-taken`, `export/bitrate-out-of-range`, `export/size-not-taken`,
 * `export/frame-rate-too-high` and `export/other-frame-rate`.
 */
export function refuseImpossibleOutput(settings: ExportSettings, shape: OutputShape): void {
  const container = CONTAINERS[settings.container];
  if (settings.videoCodec === 'none' && settings.audioCodec === 'none') {
    refuse(
      'export/nothing-to-write',
      'Neither picture nor sound was chosen. Choose at least one of them.',
    );
  }
  refuseSound(settings, container);
  if (settings.captions === 'soft' && container.subtitles === null) {
    refuse(
      'export/captions-not-in-container',
      `${container.name} has no caption tracks. Choose ${orList(CONTAINER_IDS.filter((id) => CONTAINERS[id].subtitles !== null).map(nameOf))}, or burn the captions into the picture.`,
      { container: container.id },
    );
  }
  if (settings.videoCodec === 'none') {
    const [first] = container.video;
    if (first !== undefined && container.audio.length === 0) {
      refuse(
        'export/container-needs-picture',
        `${container.name} holds pictures only. Choose a container for sound, such as M4A, MP3 or WAV.`,
        { container: container.id },
      );
    }
    return;
  }
  const codec = VIDEO_CODECS[settings.videoCodec];
  refusePicture(settings, container, codec);
  refuseShape(settings, codec, shape);
}

function refuseSound(settings: ExportSettings, container: Container): void {
  if (settings.audioCodec === 'none') return;
  const codec = AUDIO_CODECS[settings.audioCodec];
  if (!container.audio.includes(codec.id)) {
    const others = CONTAINER_IDS.filter((id) => takes(id, settings));
    const own = container.audio.map((id) => AUDIO_CODECS[id].name);
    const ways = [
      ...(others.length > 0 ? [`the container ${orList(others.map(nameOf))}`] : []),
      ...(own.length > 0 ? [`the sound ${orList(own)}`] : ['no sound']),
    ];
    refuse(
      'export/audio-not-in-container',
      `${codec.name} sound cannot be put into ${container.name}. Choose ${ways.join(', or ')}.`,
      { container: container.id, audioCodec: codec.id },
    );
  }
  const { bitrate } = codec;
  const asked = settings.audioBitrateKbps;
  if (bitrate !== null && asked !== undefined && (asked < bitrate.min || asked > bitrate.max)) {
    refuse(
      'export/bitrate-out-of-range',
      `${codec.name} takes ${bitrate.min} to ${bitrate.max} kbit/s. Choose a bit rate of the sound in between.`,
      { audioCodec: codec.id, audioBitrateKbps: asked },
    );
  }
}

function refusePicture(settings: ExportSettings, container: Container, codec: VideoCodec): void {
  const { crf, videoBitrateKbps, videoProfile, bitDepth } = settings;
  if (!container.video.includes(codec.id)) {
    const others = CONTAINER_IDS.filter((id) => CONTAINERS[id].video.includes(codec.id));
    const own = container.video.map((id) => VIDEO_CODECS[id].name);
    refuse(
      'export/video-not-in-container',
      `${codec.name} cannot be put into ${container.name}. Choose ${orList(others.map(nameOf))}${own.length > 0 ? `, or the codec ${orList(own)}` : ', or no picture'}.`,
      { container: container.id, videoCodec: codec.id },
    );
  }
  const profile = videoProfileOf(settings);
  if (profile === undefined && videoProfile !== undefined) {
    refuse(
      'export/unknown-profile',
      codec.profiles.length > 0
        ? `${codec.name} has no variant “${videoProfile}”. Choose ${orList(codec.profiles.map(({ id }) => id))}.`
        : `${codec.name} has no variants to choose from. Leave the variant out.`,
      { videoCodec: codec.id, videoProfile },
    );
  }
  const depths = profile ? [profile.bitDepth] : [8, 10].filter((one) => one in codec.pixelFormats);
  if (!depths.includes(bitDepth)) {
    refuse(
      'export/no-such-depth',
      `${codec.name}${profile ? ` ${profile.name}` : ''} is written with ${orList(depths.map(String))} bits. Choose that depth, or another codec.`,
      { videoCodec: codec.id, bitDepth },
    );
  }
  const { quality } = codec;
  if (crf !== undefined && quality === null) {
    refuse(
      'export/quality-not-taken',
      `${codec.name} has no scale of quality. Leave the quality out${codec.profiles.length > 0 ? ', and choose a variant' : ''}.`,
      { videoCodec: codec.id, crf },
    );
  }
  if (crf !== undefined && quality !== null && (crf < quality.min || crf > quality.max)) {
    refuse(
      'export/quality-out-of-range',
      `The quality of ${codec.name} goes from ${quality.min} (best) to ${quality.max}. Choose one in between, such as ${quality.high}.`,
      { videoCodec: codec.id, crf },
    );
  }
  if (videoBitrateKbps !== undefined && (!codec.hasBitrate || crf !== undefined)) {
    refuse(
      'export/bitrate-not-taken',
      codec.hasBitrate
        ? 'A quality and a bit rate were both asked for. Choose one of them.'
        : `The size of ${codec.name} follows from its quality. Leave the bit rate out.`,
      { videoCodec: codec.id, videoBitrateKbps },
    );
  }
  if (settings.maxVideoBitrateKbps !== undefined && !['h264', 'hevc'].includes(codec.id)) {
    refuse(
      'export/bitrate-not-taken',
      `The highest bit rate of ${codec.name} cannot be limited. Leave the limit out, or choose H.264 or HEVC.`,
      { videoCodec: codec.id },
    );
  }
  refuseGround(settings, codec);
}

/** A clear background needs alpha, high dynamic range ten bits of colours that say what they mean. */
function refuseGround(settings: ExportSettings, codec: VideoCodec): void {
  const { background, dynamicRange, bitDepth, container } = settings;
  const profile = videoProfileOf(settings);
  const hasAlpha = profile ? profile.hasAlpha : codec.alphaPixelFormat !== null;
  if (background === 'clear' && (!hasAlpha || (codec.id === 'vp9' && container === 'mp4'))) {
    refuse(
      'export/no-clear-background',
      `${codec.name}${profile ? ` ${profile.name}` : ''} in ${CONTAINERS[container].name} has no clear background. Choose ProRes 4444, VP9 in WebM, GIF or PNG, or a black background.`,
      { videoCodec: codec.id, container },
    );
  }
  if (background === 'clear' && settings.encoder === 'hardware') {
    refuse(
      'export/no-clear-background',
      'Hardware writes no clear background. Choose software, or a black background.',
      { videoCodec: codec.id },
    );
  }
  if (dynamicRange === 'standard') return;
  if (!hasHighRange(codec.id) || bitDepth !== 10) {
    refuse(
      'export/no-high-range',
      `High dynamic range needs ten bits of HEVC, AV1, VP9 or ProRes; this film is ${codec.name} with ${bitDepth} bits. Choose one of those, or the standard range.`,
      { videoCodec: codec.id, bitDepth, dynamicRange },
    );
  }
  if (background === 'clear') {
    refuse(
      'export/no-high-range',
      'A film of high dynamic range has no clear background. Choose a black background, or the standard range.',
      { dynamicRange },
    );
  }
}

/** Whether streams and containers of a codec say that their colours are of high dynamic range. */
export function hasHighRange(codec: VideoCodec['id'] | 'none'): boolean {
  return ['hevc', 'av1', 'vp9', 'prores'].includes(codec);
}

function refuseShape(settings: ExportSettings, codec: VideoCodec, shape: OutputShape): void {
  if (settings.frameRate !== undefined && !sameRate(settings.frameRate, shape.frameRate)) {
    refuse(
      'export/other-frame-rate',
      `Films are written at the frame rate of their timeline, here ${formatRate(shape.frameRate)}. Leave the frame rate out, or export a timeline of the rate that is wanted which shows this one as a clip.`,
      { timeline: shape.frameRate, wanted: settings.frameRate },
    );
  }
  const width = settings.width ?? shape.width;
  const height = settings.height ?? shape.height;
  const isBetween = (side: number, { min, max }: { min: number; max: number }) =>
    side >= min && side <= max;
  if (!isBetween(width, codec.width) || !isBetween(height, codec.height)) {
    refuse(
      'export/size-not-taken',
      `${codec.name} takes pictures from ${codec.width.min} × ${codec.height.min} to ${codec.width.max} × ${codec.height.max}; this film has ${width} × ${height}. Choose another size, or another codec.`,
      { videoCodec: codec.id, width, height },
    );
  }
  const { num, den } = shape.frameRate;
  if (num > codec.maxFrameRate * den) {
    refuse(
      'export/frame-rate-too-high',
      `${codec.name} shows ${codec.maxFrameRate} frames a second at most; this film has ${formatRate({ num, den })}. Export a timeline of a lower frame rate that shows this one as a clip, or choose another codec.`,
      { videoCodec: codec.id },
    );
  }
}

/** Whether a container takes the sound of settings, and their picture too if they have one. */
function takes(id: (typeof CONTAINER_IDS)[number], settings: ExportSettings): boolean {
  const { video, audio } = CONTAINERS[id];
  const { videoCodec, audioCodec } = settings;
  const takesPicture = videoCodec === 'none' || video.includes(videoCodec);
  return takesPicture && audio.some((one) => one === audioCodec);
}

function nameOf(id: (typeof CONTAINER_IDS)[number]): string {
  return CONTAINERS[id].name;
}

/** `A, B or C`. */
function orList(words: readonly string[]): string {
  const [last, ...others] = [...words].reverse();
  if (last === undefined) return 'nothing';
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}
