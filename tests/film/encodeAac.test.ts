import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, it } from 'vitest';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { PieceStore } from '#engine/export/cache/pieceStore.ts';
import { readMovie } from '#engine/mp4/readMovie.ts';
import { toRaw } from '#engine/export/sound/rawSound.ts';
import { testFolder } from '../support/folder.ts';
import { type AacOptions, encodeAac } from '#engine/export/aac/encodeAac.ts';

const RATE = 48_000;
const SAMPLES = 600_001;
/** Stretches of so few packets that there are six of them. */
const SHORT = { stretchPackets: 100 };
const root = testFolder('encode-aac');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
});

/** Two tones, with a knock every seventh of a second, for which an encoder changes its windows. */
function knocking(): { left: Float32Array; right: Float32Array } {
  const tone = (hz: number) =>
    Float32Array.from({ length: SAMPLES }, (_, sample) => {
      const sinceKnock = sample % Math.floor(RATE / 7);
      const knock = 0.5 * Math.exp(-sinceKnock / 60) * Math.sin((2 * Math.PI * sinceKnock) / 16);
      return 0.2 * Math.sin((2 * Math.PI * hz * sample) / RATE) + knock;
    });
  return { left: tone(440), right: tone(523) };
}

async function encode(
  sound: ReturnType<typeof knocking>,
  more: Partial<AacOptions> & { container?: 'mp4' | 'mkv' } = {},
): Promise<string> {
  const { container = 'mp4', ...options } = more;
  // Signs that mean something in addresses mean nothing in the name of a folder.
  const work = mkdtempSync(join(folder, "a, b's,,: %d-"));
  const mix = join(work, 'mix.f32');
  writeFileSync(mix, toRaw(sound));
  const settings = exportSettingsSchema.parse({ container, audioCodec: 'aac' });
  return encodeAac({
    ...{ tools: await findFfmpeg(), plan: { sampleRateHz: RATE }, settings, mix },
    ...{ samples: SAMPLES, folder: work, store: await PieceStore.open(folder), workers: 2 },
    ...{ signal: new AbortController().signal, ...SHORT },
    ...options,
  });
}

async function decoded(path: string): Promise<Float32Array> {
  const { stdout } = await promisify(execFile)(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-map', '0:a', '-f', 'f32le', '-'],
    { encoding: 'buffer', maxBuffer: 1e9 },
  );
  return new Float32Array(new Uint8Array(stdout).buffer);
}

/** How far sound is from what it should be, for each 512 samples: root of the mean square. */
function errors(found: Float32Array, sound: ReturnType<typeof knocking>): number[] {
  const wanted = new Float32Array(new Uint8Array(toRaw(sound)).buffer);
  return Array.from({ length: Math.floor(SAMPLES / 512) }, (_, block) => {
    let sum = 0;
    for (let at = block * 1_024; at < (block + 1) * 1_024; at++)
      sum += ((found[at] ?? 0) - (wanted[at] ?? 0)) ** 2;
    return Math.sqrt(sum / 1_024);
  });
}

it('stretches make one sound that is no worse anywhere than if it had been encoded in one go', async () => {
  const sound = knocking();
  const whole = await decoded(await encode(sound, { stretchPackets: 100_000 }));
  const path = await encode(sound);
  const joined = await decoded(path);
  const [track] = (await readMovie(path)).tracks;
  expect(track?.edits).toEqual([{ mediaTime: 1_024, duration: SAMPLES }]);
  expect(track?.samples.reduce((sum, { duration }) => sum + duration, 0)).toBe(SAMPLES + 1_024);
  expect(joined.length).toBe(whole.length);
  const worst = Math.max(...errors(whole, sound));
  expect(worst).toBeLessThan(0.02);
  // Where halves did not fit each other, the error would be about as loud as the sound.
  expect(Math.max(...errors(joined, sound))).toBeLessThan(1.5 * worst);
});

it('the bytes are the same for any number of workers, and from the cache, which needs no encoder', async () => {
  const sound = knocking();
  const first = readFileSync(await encode(sound, { workers: 1 }));
  expect(readdirSync(join(folder, 'pieces'))).toHaveLength(6);
  const tools = { ...(await findFfmpeg()), ffmpeg: join(folder, 'none') };
  expect(readFileSync(await encode(sound, { tools })).equals(first)).toBe(true);
  const nothing = join(folder, 'empty');
  mkdirSync(nothing);
  const store = await PieceStore.open(nothing);
  expect(readFileSync(await encode(sound, { store, workers: 4 })).equals(first)).toBe(true);
});

it('one changed sample has its own stretch encoded again', async () => {
  const sound = knocking();
  await encode(sound);
  sound.left[350 * 1_024] = 0;
  await encode(sound);
  expect(readdirSync(join(folder, 'pieces'))).toHaveLength(7);
});

it('for Matroska the silence in front of the sound is left out, and the sound is in time', async () => {
  const sound = knocking();
  const found = await decoded(await encode(sound, { container: 'mkv' }));
  // The half of the first packet that the one in front of it had is missing.
  const after = errors(found, sound).slice(2);
  expect(Math.max(...after)).toBeLessThan(0.05);
});

it('sound in which no stretch may follow another is encoded in one go', async () => {
  // Knocks on one side alone, in every packet: the sides never share their windows.
  const right = Float32Array.from({ length: SAMPLES }, (_, at) => 0.2 * Math.sin(at / 18));
  const left = Float32Array.from({ length: SAMPLES }, (_, at) =>
    at % 811 < 60 ? 0.8 * Math.sin((at % 811) / 2) : 0,
  );
  const apart = readFileSync(await encode({ left, right }));
  expect(readdirSync(join(folder, 'pieces'))).toHaveLength(7);
  const whole = readFileSync(await encode({ left, right }, { stretchPackets: 100_000 }));
  expect(apart.equals(whole)).toBe(true);
});

it('says what hindered the encoder', async () => {
  const settings = exportSettingsSchema.parse({ audioBitrateKbps: 128 });
  const plan = { sampleRateHz: RATE };
  const mix = join(folder, 'mix.f32');
  writeFileSync(mix, toRaw(knocking()));
  const tools = { ...(await findFfmpeg()), ffmpeg: '/bin/false' };
  const store = await PieceStore.open(folder);
  const { signal } = new AbortController();
  await expect(
    encodeAac({
      ...{ tools, plan, settings, mix, samples: SAMPLES, folder, store, workers: 1, signal },
    }),
  ).rejects.toMatchObject({ fault: { code: 'export/sound-failed' } });
});
