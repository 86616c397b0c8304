import { ENCODER_SPEEDS, type VideoCodecId } from '#core/render/formats.ts';
import type { ExportSettings } from '#core/render/settings.ts';

type Family = 'nvenc' | 'qsv' | 'vaapi' | 'videotoolbox' | 'amf';

/** The codecs that each family of hardware may encode; which it does, a trial shows. Source: ffmpeg-codecs(1). */
const FAMILIES: Readonly<Record<Family, readonly VideoCodecId[]>> = {
  nvenc: ['h264', 'hevc', 'av1'],
  qsv: ['h264', 'hevc', 'vp9', 'av1'],
  videotoolbox: ['h264', 'hevc', 'prores'],
  amf: ['h264', 'hevc', 'av1'],
  vaapi: ['h264', 'hevc', 'vp9', 'av1'],
};

/** The hardware encoders that might make a film, as ffmpeg names them, in the order in which they are tried. */
export function hardwareEncoders(codec: VideoCodecId, settings: ExportSettings): string[] {
  // Ten bits and variants differ so much between devices that software is the safe choice.
  if (settings.bitDepth !== 8) return [];
  return Object.entries(FAMILIES).flatMap(([family, codecs]) =>
    codecs.includes(codec) ? [`${codec}_${family}`] : [],
  );
}

/**
 * ffmpeg’s options of a hardware encoder, and the filter before it. Frames are never reordered, so that all devices
 * time their packets alike.
 */
export function hardwareArguments(
  name: string,
  settings: ExportSettings,
): { filter: string; arguments: string[] } {
  const { crf, videoBitrateKbps: kbps } = settings;
  const quality = String(crf ?? 23);
  const isSlow = ENCODER_SPEEDS.indexOf(settings.encoderPreset) >= ENCODER_SPEEDS.indexOf('medium');
  const amount = (constant: readonly string[]) =>
    kbps === undefined ? [...constant] : ['-b:v', `${kbps}k`];
  const common = ['-c:v', name, '-bf', '0'];
  switch (familyOf(name)) {
    case 'nvenc':
      return {
        filter: 'format=yuv420p',
        arguments: [
          ...[...common, '-preset', isSlow ? 'p6' : 'p4', '-rc', 'vbr'],
          ...amount(['-cq', quality, '-b:v', '0']),
        ],
      };
    case 'qsv':
      return {
        filter: 'format=nv12',
        arguments: [
          ...[...common, '-preset', isSlow ? 'slow' : 'fast'],
          ...amount(['-global_quality', quality]),
        ],
      };
    case 'amf':
      return {
        filter: 'format=nv12',
        arguments: [
          ...[...common, '-quality', isSlow ? 'quality' : 'balanced'],
          ...amount(['-rc', 'cqp', '-qp_i', quality, '-qp_p', quality]),
        ],
      };
    case 'videotoolbox':
      return {
        filter: 'format=nv12',
        // A scale of 1 to 100, the higher the better.
        arguments: [...common, ...amount(['-q:v', String(Math.max(1, 100 - 2 * (crf ?? 23)))])],
      };
    case 'vaapi':
      return {
        filter: 'format=nv12,hwupload',
        arguments: [
          ...['-vaapi_device', '/dev/dri/renderD128', ...common],
          ...amount(['-rc_mode', 'CQP', '-qp', quality]),
        ],
      };
  }
}

function familyOf(name: string): Family {
  const family = name.slice(name.lastIndexOf('_') + 1);
  const known = (Object.keys(FAMILIES) as Family[]).find((one) => one === family);
  if (known === undefined) throw new Error(`${name} is no hardware encoder`);
  return known;
}
