import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AUDIO_CODEC_IDS,
  CONTAINER_IDS,
  CONTAINERS,
  VIDEO_CODEC_IDS,
  VIDEO_CODECS,
} from '#core/render/formats.ts';
import { settle } from '#core/fault.ts';
import { EXPORT_PRESETS } from '#core/render/presets.ts';
import { refuseImpossibleOutput } from '#core/render/outputLimits.ts';
import { DYNAMIC_RANGES, type ExportOverrides } from '#core/render/settings.ts';
import { rate } from '#core/time/rate.ts';
import {
  CUSTOM,
  newDraft,
  presetGroups,
  readDraft,
  settingsOfDraft,
  specText,
  withSettings,
} from './filmDraft.ts';

const format = { frameRate: rate(30), width: 1920, height: 1080, sampleRateHz: 48_000 };
const changed = (...changes: ExportOverrides[]) =>
  settingsOfDraft(
    changes.reduce((draft, change) => withSettings(draft, format, change), newDraft()),
    format,
  );

describe('settings of one’s own', () => {
  it('begin with everything that the preset had', () => {
    const draft = withSettings({ ...newDraft(), presetId: 'draft' }, format, { crf: 20 });
    expect(draft.presetId).toBe(CUSTOM);
    expect(settingsOfDraft(draft, format)).toEqual({
      ...settingsOfDraft({ ...newDraft(), presetId: 'draft' }, format),
      crf: 20,
    });
  });

  it('change the container for a codec that it cannot hold, and the codecs for a container', () => {
    expect(changed({ videoCodec: 'prores' })).toMatchObject({
      container: 'mov',
      videoProfile: 'hq',
    });
    expect(changed({ container: 'webm' })).toMatchObject({ videoCodec: 'vp9', audioCodec: 'opus' });
    expect(changed({ container: 'wav' })).toMatchObject({
      videoCodec: 'none',
      audioCodec: 'pcm-s24',
    });
    expect(changed({ container: 'wav' }, { container: 'mp4' })).toMatchObject({
      videoCodec: 'h264',
      audioCodec: 'aac',
    });
    expect(changed({ container: 'gif' })).toMatchObject({ audioCodec: 'none' });
    expect(changed({ container: 'gif' }, { container: 'mp4' })).toMatchObject({
      audioCodec: 'aac',
    });
    expect(changed({ audioCodec: 'none' }, { container: 'mkv' })).toMatchObject({
      audioCodec: 'none',
    });
    expect(changed({ container: 'mkv' }, { videoCodec: 'hevc' })).toMatchObject({
      container: 'mkv',
    });
  });

  it('have a quality or a bit rate, never both', () => {
    const byRate = changed({ videoBitrateKbps: 8000 });
    expect(byRate.crf).toBeUndefined();
    const byQuality = changed({ videoBitrateKbps: 8000 }, { crf: 20 });
    expect(byQuality).toMatchObject({ crf: 20 });
    expect(byQuality.videoBitrateKbps).toBeUndefined();
  });

  it('are never impossible, whatever is changed after what', () => {
    const change = fc.oneof(
      fc.record({ container: fc.constantFrom(...CONTAINER_IDS) }),
      fc.record({ videoCodec: fc.constantFrom(...VIDEO_CODEC_IDS) }),
      fc.record({ audioCodec: fc.constantFrom(...AUDIO_CODEC_IDS, 'none' as const) }),
      fc.record({ background: fc.constantFrom('clear' as const, 'black' as const) }),
      fc.record({ dynamicRange: fc.constantFrom(...DYNAMIC_RANGES) }),
      fc.record({ bitDepth: fc.constantFrom(8 as const, 10 as const) }),
      fc.record({ crf: fc.integer({ min: 0, max: 51 }) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        const settings = changed(...changes);
        const { container, videoCodec, audioCodec, videoProfile } = settings;
        const { video, audio } = CONTAINERS[container];
        if (videoCodec === 'none') expect(video).toEqual([]);
        else expect(video).toContain(videoCodec);
        if (audioCodec !== 'none') expect(audio).toContain(audioCodec);
        if (videoCodec === 'none') expect(audioCodec).not.toBe('none');
        else if (VIDEO_CODECS[videoCodec].profiles.length > 0)
          expect(VIDEO_CODECS[videoCodec].profiles.map(({ id }) => id)).toContain(videoProfile);
        const written = settle(() => refuseImpossibleOutput(settings, format));
        const code = written.ok ? '' : written.error.code;
        expect(['export/no-clear-background', 'export/no-high-range']).not.toContain(code);
      }),
    );
  });
});

it('captions as a track are drawn where there can be no track', () => {
  const draft = { ...newDraft(), beside: { captions: 'soft' as const } };
  expect(settingsOfDraft(draft, format).captions).toBe('soft');
  expect(settingsOfDraft(withSettings(draft, format, { container: 'gif' }), format).captions).toBe(
    'burn',
  );
});

it('what was remembered comes back, and what is not understood counts as nothing', () => {
  const draft = withSettings(newDraft(), format, { container: 'webm' });
  expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  for (const text of ['', '{}', '{"presetId":"gone","custom":{},"beside":{}}', '[1]'])
    expect(readDraft(text)).toEqual(newDraft());
});

it('every preset is in a group, once', () => {
  const shown = presetGroups().flatMap(({ presets }) => presets.map(({ id }) => id));
  expect(shown.toSorted()).toEqual(EXPORT_PRESETS.map(({ id }) => id).toSorted());
});

it('says what settings make', () => {
  expect(specText(changed({ videoCodec: 'prores', audioBitrateKbps: 256 }), format)).toBe(
    '1920 × 1080 · ProRes 422 HQ · AAC 256 kb/s · MOV (QuickTime)',
  );
  expect(specText(changed({ container: 'wav' }), format)).toBe('PCM 24 bit · WAV');
});
