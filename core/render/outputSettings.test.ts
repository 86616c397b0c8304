import { describe, expect, it } from 'vitest';
import { Refusal } from '../fault.ts';
import type { TimelineFormat } from '../model/entities.ts';
import { refuseImpossibleOutput } from './outputLimits.ts';
import { outputSettings } from './outputSettings.ts';
import { EXPORT_PRESETS, presetFaults, settingsOfPreset } from './presets.ts';
import { type ExportOverrides, exportSettingsSchema } from './settings.ts';

const format: TimelineFormat = {
  width: 1920,
  height: 1080,
  frameRate: { num: 25, den: 1 },
  sampleRateHz: 48_000,
};

function refusalOf(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.fault;
    throw error;
  }
  return { code: 'none', message: '' };
}

const impossible = (overrides: ExportOverrides, shape = format) =>
  refusalOf(() => refuseImpossibleOutput(exportSettingsSchema.parse(overrides), shape));

describe('the name of the output', () => {
  const container = (output: string, overrides: ExportOverrides = {}, preset?: string) =>
    outputSettings(format, { output, overrides, preset });

  it('says the container, and the container its usual codecs', () => {
    expect(container('/a/film.mp4')).toMatchObject({
      videoCodec: 'h264',
      audioCodec: 'aac',
      crf: 18,
    });
    expect(container('film.MOV', { videoCodec: 'prores' })).toMatchObject({
      container: 'mov',
      videoProfile: 'hq',
      bitDepth: 10,
    });
    expect(container('film.webm')).toMatchObject({ videoCodec: 'vp9', audioCodec: 'opus' });
    expect(container('film.gif')).toMatchObject({ videoCodec: 'gif', audioCodec: 'none' });
    expect(container('film.wav')).toMatchObject({ videoCodec: 'none', audioCodec: 'pcm-s24' });
    expect(container('frames', { videoCodec: 'png' })).toMatchObject({ container: 'pictures' });
    expect(container('film')).toMatchObject({ container: 'mp4' });
  });

  it('may differ from a preset’s, as long as it holds the same', () => {
    expect(container('film.mkv', {}, 'master')).toMatchObject({
      container: 'mkv',
      videoCodec: 'h264',
      crf: 14,
    });
    expect(refusalOf(() => container('film.wav', {}, 'master')).code).toBe(
      'export/extension-mismatch',
    );
  });

  it('is refused where it means another container or none', () => {
    expect(refusalOf(() => container('film.mp4', { container: 'mkv' }))).toMatchObject({
      code: 'export/extension-mismatch',
      message: expect.stringContaining('.mkv') as string,
    });
    expect(refusalOf(() => container('film.avi')).code).toBe('export/unknown-extension');
    expect(refusalOf(() => container('film.png', { videoCodec: 'png' })).message).toContain(
      'folder',
    );
    expect(refusalOf(() => container('film.mp4', {}, 'cinema')).code).toBe('export/no-such-preset');
  });
});

describe('what nothing can write', () => {
  it.each<[ExportOverrides, string, string]>([
    [{ container: 'mp4', videoCodec: 'prores' }, 'export/video-not-in-container', 'Choose MOV'],
    [{ container: 'mp4', audioCodec: 'pcm-s16' }, 'export/audio-not-in-container', 'MOV'],
    [{ container: 'webm', audioCodec: 'aac' }, 'export/audio-not-in-container', 'the sound Opus'],
    [{ container: 'gif', audioCodec: 'aac' }, 'export/audio-not-in-container', 'no sound'],
    [{ videoCodec: 'none', audioCodec: 'none' }, 'export/nothing-to-write', 'Choose at least one'],
    [{ container: 'gif', captions: 'soft' }, 'export/captions-not-in-container', 'burn'],
    [{ videoCodec: 'h264', videoProfile: 'hq' }, 'export/unknown-profile', 'no variants'],
    [{ videoCodec: 'prores', videoProfile: 'lb' }, 'export/unknown-profile', 'proxy'],
    [{ videoCodec: 'prores', bitDepth: 8 }, 'export/no-such-depth', '10 bits'],
    [{ videoCodec: 'prores', crf: 10 }, 'export/quality-not-taken', 'choose a variant'],
    [{ videoCodec: 'h264', crf: 60 }, 'export/quality-out-of-range', 'such as 18'],
    [{ crf: 20, videoBitrateKbps: 2000 }, 'export/bitrate-not-taken', 'one of them'],
    [{ videoCodec: 'dnxhr', videoBitrateKbps: 2000 }, 'export/bitrate-not-taken', 'Leave'],
    [{ audioCodec: 'opus', audioBitrateKbps: 512 }, 'export/bitrate-out-of-range', '510'],
    [{ videoCodec: 'dnxhr', width: 160, height: 90 }, 'export/size-not-taken', '256 × 120'],
    [{ frameRate: { num: 30, den: 1 } }, 'export/other-frame-rate', 'here 25'],
    [{ background: 'clear' }, 'export/no-clear-background', 'black'],
  ])('%j is refused with %s', (overrides, code, way) => {
    const fault = impossible(overrides);
    expect(fault.code).toBe(code);
    expect(fault.message).toContain(way);
  });

  it('is a GIF of sixty frames a second, but not one of fifty', () => {
    const at = (num: number) =>
      impossible({ videoCodec: 'gif' }, { ...format, frameRate: { num, den: 1 } });
    expect([at(60).code, at(50).code]).toEqual(['export/frame-rate-too-high', 'none']);
  });
});

describe('presets', () => {
  it('can all be written, and all of their limits hold for a film that fits', () => {
    const upright = { ...format, width: 1080, height: 1920 };
    for (const { id } of EXPORT_PRESETS) {
      const settings = settingsOfPreset(id, upright);
      if (settings === null) throw new Error(id);
      expect(refusalOf(() => refuseImpossibleOutput(settings, upright))).toMatchObject({
        code: 'none',
      });
      const plan = { ...upright, startFrame: 0, endFrame: 25 * 60 };
      expect([id, presetFaults(id, plan)]).toEqual([id, { stops: [], warnings: [] }]);
    }
  });

  it('warn of what a platform shows otherwise, and stop at what it rejects', () => {
    const codes = (id: string, plan: Partial<Parameters<typeof presetFaults>[1]>) => {
      const { stops, warnings } = presetFaults(id, {
        ...format,
        startFrame: 0,
        endFrame: 2500,
        ...plan,
      });
      return { stops: stops.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
    };
    expect(codes('youtube-shorts', { endFrame: 25 * 181 })).toEqual({
      stops: [],
      warnings: ['export/too-long-for-platform', 'export/shape-for-platform'],
    });
    const upright = { width: 1080, height: 1920 };
    expect(codes('tiktok', { ...upright, endFrame: 25 * 601 }).stops).toEqual([
      'export/too-long-for-platform',
    ]);
    expect(codes('instagram-reels', { ...upright, endFrame: 50 }).stops).toEqual([
      'export/too-short-for-platform',
    ]);
    expect(codes('tiktok', { ...upright, frameRate: { num: 15, den: 1 } }).stops).toEqual([
      'export/frame-rate-for-platform',
    ]);
    expect(codes('master', { endFrame: 1 })).toEqual({ stops: [], warnings: [] });
  });

  it('leave their quality behind for another codec', () => {
    expect(settingsOfPreset('master', format, { videoCodec: 'av1' })?.crf).toBe(24);
    const bitrate = settingsOfPreset('master', format, { videoBitrateKbps: 9000 });
    expect([bitrate?.crf, bitrate?.videoBitrateKbps]).toEqual([undefined, 9000]);
  });
});
