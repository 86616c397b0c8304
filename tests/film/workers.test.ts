import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Clip } from '#core/model/entities.ts';
import type { SourceRange, Speed } from '#core/model/sourceRange.ts';
import { sourceTimeAt } from '#core/model/sourceRange.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { frameStart, type Rate, rate } from '#core/time/rate.ts';
import { clearPicture } from '#engine/export/compose/picture.ts';
import { encodePng } from '#engine/export/compose/png.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage, readNumbers } from '../support/numberedFootage.ts';
import { FilmBench } from './filmBench.ts';
import { flatGraphics } from './flatGraphics.ts';

const folder = testFolder('pieces');
const bench = new FilmBench(folder);
const SIZE = { width: 160, height: 90 };
const slow = rate(10);
const at = (frame: number, frameRate = slow) => frameStart(frame, frameRate);
const settings = exportSettingsSchema.parse({
  mode: 'encode',
  encoderPreset: 'ultrafast',
  crf: 10,
});

/** The number of the last source frame that starts before the middle of each frame of a clip. */
function numbersOf(range: SourceRange, frames: number, timeline: Rate, source: Rate): number[] {
  return Array.from({ length: frames }, (_, frame) => {
    // Twice a time stays whole where half a frame is not.
    const middle = frameStart(2 * frame + 1, { num: timeline.num * 2, den: timeline.den });
    const top = BigInt(sourceTimeAt(range, middle)) * BigInt(source.num) - 1n;
    return Math.max(0, Number(top / (BigInt(FLICKS_PER_SECOND) * BigInt(source.den))));
  });
}

function atSpeed(start: number, frames: number, speed: Speed): SourceRange {
  const duration = at(frames);
  const length = flicks((duration * Math.abs(speed.num)) / speed.den);
  const range = { in: at(start), out: flicks(at(start) + length) };
  return speed.num === speed.den
    ? range
    : { ...range, retime: { kind: 'constant', duration, speed } };
}

/** The middle pixel of every frame as RGB. */
async function colorsOf(film: string): Promise<number[][]> {
  const chunks: Buffer[] = [];
  const filter =
    'crop=2:2:80:44,scale=in_color_matrix=bt709:flags=accurate_rnd+full_chroma_int,format=rgb24';
  await run('ffmpeg', ['-v', 'error', '-i', film, '-vf', filter, '-f', 'rawvideo', 'pipe:1'], {
    onStdoutData: (chunk) => chunks.push(chunk),
  });
  const all = Buffer.concat(chunks);
  return Array.from({ length: all.length / 12 }, (_, index) => [
    ...all.subarray(index * 12, index * 12 + 3),
  ]);
}

function expectColors(found: readonly number[][], wanted: readonly (readonly number[])[]): void {
  expect(found).toHaveLength(wanted.length);
  const wrong = wanted.flatMap((color, frame) => {
    const worst = Math.max(
      ...color.map((value, i) => Math.abs(value - (found[frame]?.[i] ?? 999))),
    );
    return worst > 6 ? [{ frame, found: found[frame], wanted: color }] : [];
  });
  expect(wrong).toEqual([]);
}

async function still(name: string, color: readonly number[]): Promise<string> {
  const picture = clearPicture(SIZE.width, SIZE.height);
  for (let pixel = 0; pixel < SIZE.width * SIZE.height; pixel++)
    picture.data.set([...color, 255], pixel * 4);
  const path = join(folder, `${name}.png`);
  writeFileSync(path, encodePng(picture));
  return bench.asset(path);
}

describe('numbered footage over many pieces', () => {
  const FRAMES = 400;
  const source = rate(20);
  const clips: (Partial<Clip> & { sourceRange: SourceRange })[] = [
    // Every other source frame starts exactly at the middle of a frame.
    { sourceRange: atSpeed(3, FRAMES, { num: 1, den: 1 }) },
    { sourceRange: atSpeed(0, FRAMES, { num: 5, den: 3 }) },
    { sourceRange: atSpeed(5, FRAMES, { num: -1, den: 1 }) },
    { sourceRange: atSpeed(1, FRAMES, { num: 1, den: 1 }), opacity: 0.95 },
  ];
  let timelineId: string;

  beforeAll(async () => {
    const path = join(folder, 'numbers.mp4');
    await makeNumberedFootage({ path, frames: 1400, rate: '20', size: '160x90' });
    const assetId = await bench.asset(path);
    timelineId = bench.timeline({ frameRate: slow, ...SIZE });
    const track = bench.track(timelineId, 'video');
    clips.forEach((clip, index) => {
      bench.clip(track, at(index * FRAMES), { assetId, ...clip });
    });
  });

  it('has no wrong frame at any cut, played on, retimed, backwards and composed', async () => {
    const film = await bench.make(timelineId, { settings });
    expect(film.spans.map(({ startFrame, endFrame }) => endFrame - startFrame)).toEqual(
      clips.flatMap(() => [150, 150, 100]),
    );
    const seen = await readNumbers(film.output);
    expect(seen.map(({ number }) => number)).toEqual(
      clips.flatMap(({ sourceRange }) => numbersOf(sourceRange, FRAMES, slow, source)),
    );
  });

  it('is the same bytes made by one worker, two or four', async () => {
    const films: Buffer[] = [];
    for (const workers of [1, 2, 4]) {
      const cacheDir = join(folder, `cache-of-${workers}`);
      const { output, spans } = await bench.make(timelineId, { settings, workers, cacheDir });
      expect(spans.some(({ cached }) => cached)).toBe(false);
      films.push(readFileSync(output));
    }
    expect(films.map((film) => film.equals(films[0] ?? Buffer.alloc(0)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('has none at NTSC rates', async () => {
    const [from, to] = [rate(24_000, 1001), rate(30_000, 1001)];
    const path = join(folder, 'ntsc.mp4');
    await makeNumberedFootage({ path, frames: 1100, rate: '24000/1001', size: '160x90' });
    const ntsc = bench.timeline({ frameRate: to, ...SIZE });
    const sourceRange = { in: at(7, to), out: at(1207, to) };
    bench.clip(bench.track(ntsc, 'video'), at(11, to), {
      sourceRange,
      assetId: await bench.asset(path),
    });
    const film = await bench.make(ntsc, { settings });
    expect(film.spans.map(({ startFrame }) => startFrame)).toEqual([0, 11, 461, 911]);
    const seen = await readNumbers(film.output);
    expect(seen.slice(11).map(({ number }) => number)).toEqual(
      numbersOf(sourceRange, 1200, to, from),
    );
  });
});

describe('what lasts longer than a piece', () => {
  const [red, blue] = [
    [220, 40, 40],
    [40, 60, 200],
  ] as const;
  const mixed = (share: number) => red.map((value, i) => value + ((blue[i] ?? 0) - value) * share);

  it.each(['dissolve', 'dip'] as const)('a %s goes on evenly over its pieces', async (kind) => {
    const timelineId = bench.timeline({ frameRate: slow, ...SIZE });
    const track = bench.track(timelineId, 'video');
    const sourceRange = { in: ZERO, out: at(250) };
    const outgoingId = bench.clip(track, ZERO, { sourceRange, assetId: await still('red', red) });
    const incomingId = bench.clip(track, at(250), {
      sourceRange,
      assetId: await still('blue', blue),
    });
    bench.put(`transition-${kind}`, {
      kind: 'transition',
      transitionKind: kind,
      cut: { outgoingId, incomingId },
      reach: { before: at(200), after: at(200) },
    });
    const film = await bench.make(timelineId, { settings });
    expect(film.spans.length).toBe(5);
    const wanted = Array.from({ length: 500 }, (_, frame) => {
      const share = Math.min(1, Math.max(0, (frame - 50 + 1) / 401));
      if (kind === 'dissolve') return mixed(share);
      const shown = share < 0.5 ? red : blue;
      return shown.map((value) => value * Math.abs(1 - 2 * share));
    });
    expectColors(await colorsOf(film.output), wanted);
  });

  it.each([rate(24_000, 1001), rate(60_000, 1001), rate(120)])(
    'each picture of a title stands on its frames, at $num/$den frames a second',
    async (frameRate) => {
      const timelineId = bench.timeline({ frameRate, ...SIZE });
      const track = bench.track(timelineId, 'graphics');
      const starts = [7, 52, 53, 90];
      starts.forEach((start, index) => {
        bench.put(`brief-${frameRate.num}-${index}`, {
          kind: 'graphic',
          name: 'Title',
          placement: { trackId: track, start: frameStart(start, frameRate) },
          duration: frameStart(index === 1 ? 1 : 37, frameRate),
          template: 'title',
          fields: { title: `${index}` },
        });
      });
      const graphics = flatGraphics();
      const film = await bench.make(timelineId, { settings, overlays: graphics.overlays });
      const wanted = Array.from({ length: 127 }, (_, frame) => {
        const index = starts.findLastIndex((start) => start <= frame);
        const length = index === 1 ? 1 : 37;
        const inside = frame - (starts[index] ?? 0);
        return index < 0 || inside >= length
          ? [0, 0, 0]
          : graphics.colorAt(`${index}`, inside, length, frameRate);
      });
      expect(new Set(wanted.map(String)).size).toBeGreaterThan(20);
      expectColors(await colorsOf(film.output), wanted);
    },
  );

  it('a title rests on the same picture and leaves when it should', async () => {
    const timelineId = bench.timeline({ frameRate: slow, ...SIZE });
    const placement = { trackId: bench.track(timelineId, 'graphics'), start: at(20) };
    bench.put('long-title', {
      kind: 'graphic',
      name: 'Title',
      placement,
      duration: at(430),
      template: 'title',
      fields: { title: 'Long' },
    });
    const graphics = flatGraphics();
    const film = await bench.make(timelineId, { settings, overlays: graphics.overlays });
    expect(film.spans.map(({ kind, startFrame }) => [kind, startFrame])).toEqual([
      ['footage', 0],
      ['graphics', 20],
      ['graphics', 170],
      ['graphics', 320],
    ]);
    const wanted = Array.from({ length: 450 }, (_, frame) =>
      frame < 20 ? [0, 0, 0] : graphics.colorAt('Long', frame - 20, 430, slow),
    );
    expect(new Set(wanted.map(String)).size).toBeGreaterThan(4);
    expectColors(await colorsOf(film.output), wanted);
  });
});
