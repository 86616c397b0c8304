import { describe, expect, it } from 'vitest';
import { sourceColor } from './sourceColor.ts';

const video = { codec: 'h264', height: 720, pixelFormat: 'yuv420p', color: {} };

describe('what nothing is said about', () => {
  it('is BT.709 from 720 lines on and BT.601 below, of limited range', () => {
    expect(sourceColor(video, 'video')).toEqual({
      ...{ matrix: 'bt709', range: 'limited', transfer: 'sdr', primaries: 'bt709' },
    });
    expect(sourceColor({ ...video, height: 719 }, 'video').matrix).toBe('bt601');
  });

  it('is BT.601 of any size in stills, and of full range in greys and JPEG', () => {
    const still = { ...video, codec: 'mjpeg', height: 4_000 };
    expect(sourceColor({ ...still, pixelFormat: 'yuvj420p' }, 'image')).toMatchObject({
      matrix: 'bt601',
      range: 'full',
    });
    expect(sourceColor({ ...still, codec: 'png', pixelFormat: 'gray16be' }, 'image').range).toBe(
      'full',
    );
    expect(sourceColor({ ...video, pixelFormat: 'gray' }, 'video').range).toBe('limited');
  });

  it('is BT.2020 where it is of high dynamic range', () => {
    const color = { transfer: 'smpte2084' };
    expect(sourceColor({ ...video, color }, 'video')).toMatchObject({
      ...{ matrix: 'bt2020', transfer: 'pq', primaries: 'bt2020' },
    });
  });
});

it('what a stream says is believed, but for what its pixels cannot be', () => {
  const color = { matrix: 'smpte170m', range: 'pc', primaries: 'bt709', transfer: 'bt709' };
  expect(sourceColor({ ...video, color }, 'video')).toEqual({
    ...{ matrix: 'bt601', range: 'full', transfer: 'sdr', primaries: 'bt709' },
  });
  expect(sourceColor({ ...video, color: { matrix: 'gbr' } }, 'video').matrix).toBe('bt709');
  const rgb = { ...video, pixelFormat: 'gbrp', color: { range: 'tv' } };
  expect(sourceColor(rgb, 'video')).toMatchObject({ matrix: 'rgb', range: 'full' });
});
