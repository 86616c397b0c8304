import { z } from 'zod';
import type { TimelineFormat } from '#core/model/entities.ts';
import { AUDIO_CODECS, CONTAINERS, VIDEO_CODECS } from '#core/render/formats.ts';
import { hasHighRange } from '#core/render/outputLimits.ts';
import { EXPORT_PRESETS, type ExportPreset, settingsOfPreset } from '#core/render/presets.ts';
import {
  type ExportOverrides,
  exportOverridesSchema,
  type ExportSettings,
  exportSettingsSchema,
} from '#core/render/settings.ts';
import { durationText } from '../ui/words.ts';

/** Stands for settings of one’s own among the presets. */
export const CUSTOM = 'custom';

/** What somebody chose in the form. */
export type FilmDraft = {
  /** A preset, or `CUSTOM`. */
  presetId: string;
  /** Settings of one’s own; kept while a preset is chosen. */
  custom: ExportOverrides;
  /** What is chosen beside a preset without leaving it. */
  beside: Pick<ExportOverrides, 'captions' | 'offline'>;
};

const draftSchema = z.object({
  presetId: z.string(),
  custom: exportOverridesSchema,
  beside: exportOverridesSchema.pick({ captions: true, offline: true }),
});

const FIRST = 'youtube-1080p';

/** The first choices in a project, before there were any. */
export function newDraft(): FilmDraft {
  const presetId = EXPORT_PRESETS.find(({ id }) => id === FIRST)?.id ?? EXPORT_PRESETS[0]?.id;
  return { presetId: presetId ?? CUSTOM, custom: {}, beside: {} };
}

/** The choices that were remembered as text; what this version does not know counts as none. */
export function readDraft(text: string): FilmDraft {
  try {
    const parsed = draftSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return newDraft();
    const { presetId } = parsed.data;
    const isKnown = presetId === CUSTOM || EXPORT_PRESETS.some(({ id }) => id === presetId);
    return isKnown ? parsed.data : newDraft();
  } catch {
    return newDraft();
  }
}

/** What a draft comes to, every setting filled in. */
export function settingsOfDraft(draft: FilmDraft, format: TimelineFormat): ExportSettings {
  const settings =
    settingsOfPreset(draft.presetId, format, draft.beside) ??
    exportSettingsSchema.parse({ ...draft.custom, ...draft.beside });
  const cannotHoldTrack =
    settings.captions === 'soft' && CONTAINERS[settings.container].subtitles === null;
  return cannotHoldTrack ? { ...settings, captions: 'burn' } : settings;
}

/**
 * A draft with settings changed: it leaves its preset and takes along everything that it had from it. What the change
 * rules out gives way to what is usual, so that nothing impossible can be chosen.
 */
export function withSettings(
  draft: FilmDraft,
  format: TimelineFormat,
  change: ExportOverrides,
): FilmDraft {
  const { captions: _, offline: _offline, ...before } = settingsOfDraft(draft, format);
  return { ...draft, presetId: CUSTOM, custom: reconciled(before, change) };
}

function reconciled(before: ExportOverrides, change: ExportOverrides): ExportOverrides {
  const next = { ...before, ...change };
  // A codec that was asked for brings its container along; otherwise the codecs give way.
  if (change.videoCodec !== undefined && change.videoCodec !== 'none') {
    const { usualContainer } = VIDEO_CODECS[change.videoCodec];
    if (!holds(next.container, 'video', change.videoCodec)) next.container = usualContainer;
    delete next.crf;
    delete next.videoBitrateKbps;
    delete next.maxVideoBitrateKbps;
    delete next.videoProfile;
    delete next.bitDepth;
  }
  if (change.videoProfile !== undefined) delete next.bitDepth;
  // Not every variant and container has room for what is clear.
  if (change.background === 'clear') {
    if (next.videoCodec === 'vp9' && next.container === 'mp4') next.container = 'webm';
    delete next.videoProfile;
    delete next.bitDepth;
  }
  if (change.audioCodec !== undefined) delete next.audioBitrateKbps;
  if (change.crf !== undefined) delete next.videoBitrateKbps;
  if (change.videoBitrateKbps !== undefined) delete next.crf;
  const container = exportSettingsSchema.parse(next).container;
  if (!holds(container, 'video', next.videoCodec)) {
    delete next.videoCodec;
    delete next.crf;
    delete next.videoBitrateKbps;
    delete next.maxVideoBitrateKbps;
    delete next.videoProfile;
    delete next.bitDepth;
  }
  // Sound that was left out because there was no room for it comes back with the room.
  const hadNoRoom =
    before.container !== undefined && CONTAINERS[before.container].audio.length === 0;
  const isSilent =
    next.audioCodec === 'none' && (hadNoRoom || CONTAINERS[container].video.length === 0);
  if (isSilent || !holds(container, 'audio', next.audioCodec)) {
    delete next.audioCodec;
    delete next.audioBitrateKbps;
  }
  const { videoCodec = CONTAINERS[container].video[0] ?? 'none' } = next;
  if (!canBeClear(videoCodec) || (videoCodec === 'vp9' && container === 'mp4'))
    delete next.background;
  if (change.videoProfile !== undefined && change.videoProfile !== '4444') delete next.background;
  if (!hasHighRange(videoCodec)) delete next.dynamicRange;
  // What is written for bright screens is never of eight bits, nor clear.
  if (change.dynamicRange !== undefined && change.dynamicRange !== 'standard') {
    delete next.bitDepth;
    delete next.background;
  }
  if (change.bitDepth === 8 || change.background === 'clear') delete next.dynamicRange;
  return { ...next, container };
}

function holds(
  container: ExportSettings['container'] | undefined,
  what: 'video' | 'audio',
  codec: string | undefined,
): boolean {
  if (container === undefined || codec === undefined) return true;
  const codecs: readonly string[] = CONTAINERS[container][what];
  if (codec === 'none') return codecs.length === 0 || what === 'audio';
  return codecs.includes(codec);
}

/** Whether pictures of a codec can have a clear background. */
export function canBeClear(codec: ExportSettings['videoCodec']): boolean {
  return codec !== 'none' && VIDEO_CODECS[codec].alphaPixelFormat !== null;
}

export type PresetGroup = { name: string; presets: readonly ExportPreset[] };

/** The presets by what they make, in the order of the table. */
export function presetGroups(): PresetGroup[] {
  const groups = new Map<string, ExportPreset[]>(GROUPS.map((name) => [name, []]));
  for (const preset of EXPORT_PRESETS) groups.get(groupOf(preset))?.push(preset);
  return [...groups]
    .map(([name, presets]) => ({ name, presets }))
    .filter(({ presets }) => presets.length > 0);
}

const GROUPS = ['For platforms', 'Video', 'Master', 'Sound alone', 'Pictures'];

function groupOf(preset: ExportPreset): string {
  if (preset.limits !== undefined) return 'For platforms';
  const { videoCodec, container } = exportSettingsSchema.parse(preset.settings);
  if (videoCodec === 'none') return 'Sound alone';
  if (container === 'gif' || container === 'pictures') return 'Pictures';
  return VIDEO_CODECS[videoCodec].isIntraOnly || preset.id === 'master' ? 'Master' : 'Video';
}

/** What settings make, in a line: `1920 × 1080 · H.264 · AAC 256 kb/s · MP4`. */
export function specText(settings: ExportSettings, format: TimelineFormat): string {
  const { container, videoCodec, audioCodec } = settings;
  const parts: string[] = [];
  if (videoCodec !== 'none') {
    const codec = VIDEO_CODECS[videoCodec];
    const profile = codec.profiles.find(({ id }) => id === settings.videoProfile)?.name;
    parts.push(
      `${settings.width ?? format.width} × ${settings.height ?? format.height}`,
      profile === undefined ? codec.name : `${codec.name} ${profile}`,
    );
  }
  if (audioCodec !== 'none') {
    const kbps = settings.audioBitrateKbps;
    const { name } = AUDIO_CODECS[audioCodec];
    parts.push(kbps === undefined ? name : `${name} ${kbps} kb/s`);
  }
  const { name } = CONTAINERS[container];
  if (!parts.some((part) => part.startsWith(name))) parts.push(name);
  return parts.join(' · ');
}

/** What else is made of a film, in words: how loud it will be, and how long it may be. */
export function termsText(settings: ExportSettings, preset: ExportPreset | undefined): string {
  const { loudness, audioCodec, audioChannels } = settings;
  const longest = preset?.limits?.longest;
  return [
    ...(audioCodec !== 'none' && audioChannels === 1 ? ['mono'] : []),
    ...(loudness === undefined || audioCodec === 'none'
      ? []
      : [`loudness ${lufsText(loudness.targetLufs)}`]),
    ...(longest === undefined ? [] : [`up to ${durationText(longest.seconds * 1000)}`]),
  ].join(' · ');
}

/** `−14 LUFS`. */
export function lufsText(lufs: number): string {
  return `${lufs < 0 ? '−' : ''}${Math.abs(lufs)} LUFS`;
}
