import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SourceRange, Speed } from '#core/model/sourceRange.ts';
import { sourceTimeAt } from '#core/model/sourceRange.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { frameDuration, frameStart, type Rate, rate } from '#core/time/rate.ts';
import { decodePictures } from '#engine/export/compose/decodePictures.ts';
import { footageFile } from '#engine/export/sources/footageFile.ts';
import { probeMedia } from '#engine/media/probe.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage, readNumbers } from '../support/numberedFootage.ts';
import { FilmBench } from './filmBench.ts';

const folder = testFolder('retime');
const bench = new FilmBench(folder);
const SECONDS = 8;

/** Sources and the rate of the timeline that shows them. */
const CASES = [
  { name: 'same rate, long groups', source: rate(25), timeline: rate(25), gop: 250 },
  { name: 'film on video', source: rate(24_000, 1_001), timeline: rate(30_000, 1_001), gop: 48 },
  { name: 'fast on slow', source: rate(60), timeline: rate(24), gop: 30 },
];

const SPEEDS: readonly Speed[] = [
  { num: 2, den: 1 },
  { num: 1, den: 2 },
  { num: 3, den: 2 },
  { num: 1, den: 4 },
  { num: 9, den: 2 },
  { num: -1, den: 1 },
  { num: -5, den: 2 },
  { num: -1, den: 3 },
  { num: 0, den: 1 },
];

const FRAMES = 36;
const middle = flicks(4 * FLICKS_PER_SECOND);

function rangeAt(speed: Speed, duration: Flicks): SourceRange {
  const length = flicks(Math.round((duration * Math.abs(speed.num)) / speed.den));
  const range =
    speed.num < 0 ? { in: flicks(middle - length), out: middle } : { in: ZERO, out: length };
  const held = { in: middle, out: middle };
  return { ...(speed.num === 0 ? held : range), retime: { kind: 'constant', duration, speed } };
}

/** The number of the last source frame that starts before a time: in whole numbers, frame k starts at k × den / num. */
function numberBefore(numerator: bigint, denominator: bigint, source: Rate): number {
  const top = numerator * BigInt(source.num) - 1n;
  return Math.max(0, Number(top / (denominator * BigInt(source.den))));
}

function expectedAt(speed: Speed, frame: number, source: Rate, timeline: Rate): number {
  // Middle of the frame: (2 × frame + 1) × den / (2 × num) seconds.
  const denominator = 2n * BigInt(timeline.num) * BigInt(speed.den);
  const gone = BigInt(2 * frame + 1) * BigInt(timeline.den) * BigInt(speed.num);
  const start = speed.num > 0 ? 0n : 4n * denominator;
  return numberBefore(start + gone, denominator, source);
}

describe.each(CASES)('$name', ({ source, timeline, gop }) => {
  let assetId = '';
  const path = join(folder, `numbers-${source.num}-${gop}.mp4`);

  beforeAll(async () => {
    await makeNumberedFootage({
      path,
      frames: Math.round((SECONDS * source.num) / source.den),
      rate: `${source.num}/${source.den}`,
      gop,
    });
    assetId = await bench.asset(path);
  });

  it('shows the last picture that starts before the middle of each frame at every speed', async () => {
    const timelineId = bench.timeline({ frameRate: timeline });
    const track = bench.track(timelineId, 'video');
    const duration = frameStart(FRAMES, timeline);
    SPEEDS.forEach((speed, index) => {
      const sourceRange = rangeAt(speed, duration);
      bench.clip(track, frameStart(index * FRAMES, timeline), { sourceRange, assetId });
    });
    const film = await bench.export(timelineId);
    const seen = await readNumbers(film);
    const expected = SPEEDS.flatMap((speed) =>
      Array.from({ length: FRAMES }, (_, frame) => expectedAt(speed, frame, source, timeline)),
    );
    expect(seen.map(({ number }) => number)).toEqual(expected);
  });

  it('follows a curve that speeds up, turns back and rests', async () => {
    const timelineId = bench.timeline({ frameRate: timeline });
    const duration = frameStart(90, timeline);
    const second = (value: number) => flicks(value * FLICKS_PER_SECOND);
    const sourceRange: SourceRange = {
      in: ZERO,
      out: second(6),
      retime: {
        kind: 'curve',
        duration,
        keys: [
          { time: ZERO, source: ZERO, easing: [0.42, 0, 0.58, 1] },
          { time: frameStart(40, timeline), source: second(6), easing: 'linear' },
          { time: frameStart(60, timeline), source: second(3), easing: 'linear' },
          { time: frameStart(80, timeline), source: second(3), easing: 'linear' },
          { time: frameStart(90, timeline), source: second(4), easing: 'linear' },
        ],
      },
    };
    bench.clip(bench.track(timelineId, 'video'), ZERO, { sourceRange, assetId });
    const seen = await readNumbers(await bench.export(timelineId));
    const half = frameDuration(timeline) / 2;
    const expected = Array.from({ length: 90 }, (_, frame) => {
      const limit = sourceTimeAt(sourceRange, flicks(frameStart(frame, timeline) + half));
      return numberBefore(BigInt(limit), BigInt(FLICKS_PER_SECOND), source);
    });
    expect(seen.map(({ number }) => number)).toEqual(expected);
  });
});

it('a long stretch backwards is read in pieces, whatever its length', async () => {
  const path = join(folder, 'long.mp4');
  const size = { width: 640, height: 360 };
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=640x360:rate=25:duration=40'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '250', '-pix_fmt', 'yuv420p', path],
  ]);
  const tools = await findFfmpeg();
  const facts = await probeMedia(tools, path);
  const [video] = facts.streams;
  if (video?.kind !== 'video') throw new Error('The test source has pictures alone');
  const file = footageFile(path, facts, video);
  const { signal } = new AbortController();
  const reading = { tools, file, ...size, filters: [], signal };
  const limits = Array.from({ length: 1_000 }, (_, frame) =>
    flicks(frameStart(1_000 - frame, rate(25)) - FLICKS_PER_SECOND / 50),
  );
  const before = process.memoryUsage().rss;
  let most = 0;
  let pictures = 0;
  for await (const _ of decodePictures(reading, limits)) {
    pictures += 1;
    most = Math.max(most, process.memoryUsage().rss - before);
  }
  expect(pictures).toBe(1_000);
  console.log(`1000 pictures of 0.9 MB backwards: ${Math.round(most / 1e6)} MB at most`);
  // All of them together are 922 MB.
  expect(most).toBeLessThan(600e6);
});
