import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import type { ExportOverrides } from '#core/render/settings.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { identify } from '#engine/media/identity.ts';
import { findFfmpeg, type Ffmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';
import { HZ, seconds, SoundBench } from './soundBench.ts';

const root = testFolder('kept-sound');
const LENGTH = 6;

let folder: string;
let bench: SoundBench;
let timelineId: string;
let track: string;
let assetId: string;
let clipId: string;
let tools: Ffmpeg;
/** Every call of ffmpeg, a line each. */
let calls: string;

beforeEach(async () => {
  folder = mkdtempSync(join(root, 'case-'));
  bench = new SoundBench(folder);
  assetId = await bench.formula('sweep', '0.3*sin(2*PI*(200+60*t)*t)', LENGTH);
  timelineId = bench.soundTimeline();
  track = bench.track(timelineId, 'audio');
  const sourceRange = { in: seconds(0), out: seconds(LENGTH) };
  clipId = bench.clip(track, seconds(0), { assetId, sourceRange });
  const found = await findFfmpeg();
  calls = join(folder, 'calls');
  const script = join(folder, 'ffmpeg');
  writeFileSync(script, `#!/bin/sh\necho "$@" >> '${calls}'\nexec '${found.ffmpeg}' "$@"\n`);
  chmodSync(script, 0o755);
  tools = { ...found, ffmpeg: script };
});

function make(overrides: ExportOverrides = {}, cacheDir = join(folder, 'cache')) {
  rmSync(calls, { force: true });
  const settings = exportSettingsSchema.parse({
    ...{ container: 'm4a', videoCodec: 'none' },
    ...overrides,
  });
  const output = join(mkdtempSync(join(folder, 'film-')), `film.${settings.container}`);
  return bench.make(timelineId, { settings, output, cacheDir, tools });
}

/** Another sound in the same file, which the project knows of. */
async function changeSource(): Promise<void> {
  await bench.formula('sweep', '0.3*sin(2*PI*(900-60*t)*t)', LENGTH);
  bench.put(assetId, { identity: await identify(join(folder, 'sweep.wav')) });
}

const callLines = () => (existsSync(calls) ? readFileSync(calls, 'utf8').split('\n') : []);
const encodings = () => callLines().filter((line) => line.includes('-c:a aac')).length;
/** How often more of a source was decoded for a mix than a check listens to at a time. */
const mixings = () =>
  callLines().filter((line) => {
    const [, start, end] = /start_sample=(\d+):end_sample=(\d+)/.exec(line) ?? [];
    return Number(end) - Number(start) > HZ;
  }).length;
const bytesOf = ({ output }: FilmResult) => readFileSync(output);
const checkOf = ({ checks }: FilmResult, name: string) =>
  checks.find((check) => check.name === name);

describe('the sound of an export', () => {
  it('is taken again for the same sound, without mixing it, and still compared with the timeline', async () => {
    const first = await make();
    expect([mixings(), encodings()]).toEqual([1, 1]);
    bench.put(timelineId, { name: 'Another name' });
    const second = await make();
    expect([mixings(), encodings()]).toEqual([0, 0]);
    expect(bytesOf(second).equals(bytesOf(first))).toBe(true);
    for (const film of [first, second])
      expect(checkOf(film, 'Sound in step')?.value).toMatch(
        /^at most 0\.\d ms apart at \d places$/,
      );
  });

  it('is made anew for another length, level, source, or quality, as if nothing were kept', async () => {
    await make();
    const changes: [string, () => unknown, ExportOverrides][] = [
      ['level', () => bench.put(clipId, { gainDb: -6 }), {}],
      ['place', () => bench.put(clipId, { placement: { trackId: track, start: seconds(1) } }), {}],
      ['range', () => undefined, { range: { startFrame: 25, endFrame: 100 } }],
      ['bit rate', () => undefined, { audioBitrateKbps: 96 }],
      ['channels', () => undefined, { audioChannels: 1 }],
      ['source', changeSource, {}],
    ];
    for (const [name, change, overrides] of changes) {
      await change();
      const made = await make(overrides);
      expect(encodings(), name).toBeGreaterThan(0);
      const clean = await make(overrides, join(folder, `clean ${name}`));
      expect(bytesOf(made).equals(bytesOf(clean)), name).toBe(true);
    }
  });

  it('is taken into another container, in time there too', async () => {
    const picture = { videoCodec: 'h264', encoderPreset: 'ultrafast' } as const;
    await make();
    await make({ ...picture, container: 'mp4' });
    expect(encodings()).toBe(0);
    const film = await make({ ...picture, container: 'mkv' });
    expect(checkOf(film, 'Sound in step')).toMatchObject({ ok: true });
    const clean = await make({ ...picture, container: 'mkv' }, join(folder, 'clean'));
    expect(bytesOf(film).equals(bytesOf(clean))).toBe(true);
  });

  it('is taken again when only pictures are added, of a file that could be heard', async () => {
    const picture = { videoCodec: 'h264', encoderPreset: 'ultrafast', container: 'mp4' } as const;
    await make(picture);
    const path = join(folder, 'numbers.mp4');
    await makeNumberedFootage({ path, frames: 25, rate: '25', size: '160x90' });
    const sourceRange = { in: seconds(0), out: seconds(1) };
    const shown = { assetId: await bench.asset(path), sourceRange };
    bench.clip(bench.track(timelineId, 'video'), seconds(0), shown);
    const film = await make(picture);
    expect(mixings()).toBe(0);
    expect(checkOf(film, 'Sound in step')).toMatchObject({ ok: true });
  });

  it('is taken again at its loudness, which is measured each time', async () => {
    const loudness = { loudness: { targetLufs: -16, truePeakDb: -1 } };
    const first = await make(loudness);
    const second = await make(loudness);
    expect([mixings(), encodings()]).toEqual([0, 0]);
    expect(bytesOf(second).equals(bytesOf(first))).toBe(true);
    for (const film of [first, second])
      expect(checkOf(film, 'Loudness target')).toMatchObject({ ok: true });
    expect(checkOf(second, 'Sound in step')).toMatchObject({ ok: true });
    await make({ loudness: { targetLufs: -23, truePeakDb: -1 } });
    expect(encodings()).toBeGreaterThan(0);
  });

  it('that is too quiet for its loudness is told to be so each time', async () => {
    bench.put(clipId, { gainDb: -90 });
    const loudness = { loudness: { targetLufs: -16, truePeakDb: -1 } };
    for (const film of [await make(loudness), await make(loudness)])
      expect(checkOf(film, 'Loudness target')).toMatchObject({ ok: false });
  });
});
