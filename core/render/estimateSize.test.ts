import { expect, it } from 'vitest';
import { estimateSize } from './estimateSize.ts';
import { exportSettingsSchema, type ExportOverrides } from './settings.ts';

const minute = {
  width: 1920,
  height: 1080,
  frames: 1800,
  seconds: 60,
  sampleRateHz: 48_000,
  hasSound: true,
};
const size = (overrides: ExportOverrides) =>
  estimateSize(exportSettingsSchema.parse(overrides), minute);
const megabytes = (overrides: ExportOverrides) => size(overrides).likely / 1e6;

it('a bit rate is taken at its word', () => {
  expect(
    megabytes({ videoCodec: 'h264', videoBitrateKbps: 8000, audioBitrateKbps: 200 }),
  ).toBeCloseTo(61.5, 5);
});

it('a quality gives what its steps give, and less with every step down', () => {
  const sizes = [10, 14, 18, 23, 28, 40].map((crf) => megabytes({ videoCodec: 'h264', crf }));
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(sizes[3]).toBeGreaterThan(20);
  expect(sizes[3]).toBeLessThan(60);
  expect(size({ videoCodec: 'h264', crf: 23 }).least).toBeLessThan(
    size({ videoCodec: 'h264', crf: 23 }).likely / 2,
  );
});

it('masters are as large as their makers say', () => {
  // Apple: 220 Mb/s for ProRes 422 HQ of 1080p at 29.97 fps.
  expect(megabytes({ videoCodec: 'prores', audioCodec: 'none' })).toBeCloseTo(1633, -2);
});

it('sound alone has no picture to store', () => {
  expect(megabytes({ videoCodec: 'none', audioCodec: 'mp3', audioBitrateKbps: 192 })).toBeCloseTo(
    1.44,
  );
  expect(megabytes({ videoCodec: 'none', audioCodec: 'pcm-s24' })).toBeCloseTo(17.28);
});
