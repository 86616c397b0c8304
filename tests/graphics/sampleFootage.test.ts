import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cancelled, run } from '#engine/process/run.ts';
import { makeSampleFootage } from '#engine/sample/makeFootage.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';

const SHIPPED = join(import.meta.dirname, '../../resources/sample');
const LENGTHS: Record<string, number> = {
  'lighthouse.mp4': 5,
  'sea.mp4': 5,
  'ink.mp4': 5,
  'reel.mp4': 5,
  'dawn.mp4': 6,
  'music.m4a': 26,
};

const probeSchema = z.object({
  format: z.object({ duration: z.coerce.number(), size: z.coerce.number() }),
  streams: z.array(
    z.object({
      codec_name: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
      avg_frame_rate: z.string(),
      color_space: z.string().optional(),
    }),
  ),
});

async function probe(path: string): Promise<z.infer<typeof probeSchema>> {
  const { ffprobe } = await findFfmpeg();
  const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', path];
  return probeSchema.parse(JSON.parse((await run(ffprobe, args)).stdout));
}

describe('the sample footage that ships', () => {
  it.each(Object.entries(LENGTHS))('has %s of %i seconds', async (file, seconds) => {
    const { format, streams } = await probe(join(SHIPPED, file));
    expect(format.duration).toBeCloseTo(seconds, 1);
    expect(streams.at(-1)).toMatchObject({ codec_name: 'aac' });
    if (file.endsWith('.mp4')) {
      expect(streams[0]).toMatchObject({
        codec_name: 'h264',
        width: 1280,
        height: 720,
        avg_frame_rate: '30/1',
        color_space: 'bt709',
      });
    }
  });

  it('stays small', async () => {
    const sizes = await Promise.all(Object.keys(LENGTHS).map((file) => probe(join(SHIPPED, file))));
    expect(sizes.reduce((sum, { format }) => sum + format.size, 0)).toBeLessThan(6_000_000);
  });
});

describe('making the sample footage', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkreel-test-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('stops at once when cancelled, and leaves no file behind', async () => {
    const { ffmpeg } = await findFfmpeg();
    const cancelling = new AbortController();
    const making = makeSampleFootage({
      ffmpeg,
      outDir: folder,
      signal: cancelling.signal,
      onProgress: (share) => {
        if (share > 0.01) cancelling.abort();
      },
    });
    await expect(making).rejects.toBeInstanceOf(Cancelled);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says so when the encoder fails, instead of waiting for it', async () => {
    const { ffprobe } = await findFfmpeg();
    await expect(makeSampleFootage({ ffmpeg: ffprobe, outDir: folder })).rejects.toThrow(
      /could not encode/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
