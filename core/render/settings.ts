import { z } from 'zod';
import type { TimelineFormat } from '../model/entities.ts';

const fields = {
  videoCodec: z.enum(['h264']),
  /** Constant rate factor of x264: 0 (lossless) to 51 (worst); 18 is hard to tell from the source. */
  crf: z.int().min(0).max(51),
  encoderPreset: z.enum([
    'ultrafast',
    'superfast',
    'veryfast',
    'faster',
    'fast',
    'medium',
    'slow',
    'slower',
  ]),
  width: z.int().min(16).max(16_384).multipleOf(2),
  height: z.int().min(16).max(16_384).multipleOf(2),
  audioBitrateKbps: z.int().min(32).max(512),
  captions: z.enum(['burn', 'soft', 'none']),
  /** What becomes of media whose files are missing: no film, or a slate in its place and silence. */
  offline: z.enum(['refuse', 'slate']),
  /** Frames of the timeline to write, `endFrame` exclusive. */
  range: z.object({ startFrame: z.int().min(0), endFrame: z.int().min(1) }),
};

/** How a film is written. Without sizes it has the timeline's, without a range all of it. */
export const exportSettingsSchema = z.object({
  videoCodec: fields.videoCodec.default('h264'),
  crf: fields.crf.default(18),
  encoderPreset: fields.encoderPreset.default('fast'),
  width: fields.width.optional(),
  height: fields.height.optional(),
  audioBitrateKbps: fields.audioBitrateKbps.default(192),
  captions: fields.captions.default('burn'),
  offline: fields.offline.default('refuse'),
  range: fields.range.optional(),
});
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

/** Settings that differ from a preset's or the usual ones; the others are left out. */
export const exportOverridesSchema = z.object(fields).partial();
export type ExportOverrides = z.infer<typeof exportOverridesSchema>;

/** A named set of export settings. */
export type ExportPreset = {
  id: string;
  name: string;
  /** What it is for, in one sentence. */
  description: string;
  settings: ExportOverrides;
  /** The longer side of the picture is brought to this many pixels; absent keeps the timeline's size. */
  longSide?: number;
};

export const EXPORT_PRESETS: readonly ExportPreset[] = [
  {
    id: 'master',
    name: 'Master',
    description: 'The timeline’s own size at high quality, for archives and further editing.',
    settings: { crf: 14, encoderPreset: 'medium', audioBitrateKbps: 320 },
  },
  {
    id: 'youtube-1080p',
    name: 'YouTube 1080p',
    description: 'H.264 and AAC as YouTube recommends for full HD.',
    settings: { crf: 18, encoderPreset: 'fast', audioBitrateKbps: 256 },
    longSide: 1920,
  },
  {
    id: 'web-720p',
    name: 'Web 720p',
    description: 'A smaller file for websites and messages.',
    settings: { crf: 23, encoderPreset: 'fast', audioBitrateKbps: 160 },
    longSide: 1280,
  },
  {
    id: 'draft',
    name: 'Draft',
    description: 'Quick and small, to show someone the cut.',
    settings: { crf: 28, encoderPreset: 'ultrafast', audioBitrateKbps: 128 },
    longSide: 960,
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
  return exportSettingsSchema.parse({ ...preset.settings, ...size, ...overrides });
}

/** The timeline's shape with its longer side brought to `longSide`, both sides even. */
function scaledSize(format: TimelineFormat, longSide: number): { width: number; height: number } {
  const scale = longSide / Math.max(format.width, format.height);
  const even = (side: number) => Math.max(16, Math.round((side * scale) / 2) * 2);
  return { width: even(format.width), height: even(format.height) };
}
