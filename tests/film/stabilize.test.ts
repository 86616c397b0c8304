import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Clip } from '#core/model/entities.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { run } from '#engine/process/run.ts';
import { runFfmpeg } from '#engine/process/runFfmpeg.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

const folder = testFolder('stabilize');
const bench = new FilmBench(folder);
const shaky = join(folder, 'shaky.mp4');
const FRAMES = 50;
const WIDTH = 320;
const HEIGHT = 180;

beforeAll(async () => {
  // A picture rich in detail, seen by a camera that shakes by up to 20 of 360 lines.
  const still = join(folder, 'still.png');
  const { ffmpeg } = await findFfmpeg();
  const picture = 'mandelbrot=size=720x420:rate=1:start_scale=0.3';
  await run(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', picture, '-frames:v', '1', still]);
  const shake = 'crop=640:360:40+20*sin(n/3):30+10*cos(n/2)';
  const failure = await runFfmpeg(
    await findFfmpeg(),
    [
      ...['-loop', '1', '-framerate', '25', '-i', still, '-vf', shake],
      ...['-frames:v', String(FRAMES), '-pix_fmt', 'yuv420p', '-crf', '12'],
    ],
    shaky,
  );
  expect(failure).toBeNull();
});

async function filmOf(effects: Clip['effects']): Promise<Uint8Array[]> {
  const timelineId = bench.timeline({ frameRate: rate(25), width: WIDTH, height: HEIGHT });
  const assetId = await bench.asset(shaky);
  const out = flicks((FRAMES * FLICKS_PER_SECOND) / 25);
  bench.clip(bench.track(timelineId, 'video'), ZERO, {
    assetId,
    sourceRange: { in: ZERO, out },
    ...(effects && { effects }),
  });
  const film = await bench.export(timelineId);
  const chunks: Buffer[] = [];
  const { ffmpeg } = await findFfmpeg();
  await run(ffmpeg, ['-v', 'error', '-i', film, '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'], {
    onStdoutData: (chunk) => chunks.push(chunk),
  });
  const bytes = Buffer.concat(chunks);
  const size = WIDTH * HEIGHT;
  return Array.from({ length: bytes.length / size }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
}

const stabilize = (parameters: Record<string, string | number>) =>
  [{ id: 'steady', effect: 'stabilize', parameters }] as NonNullable<Clip['effects']>;

/** The shift across and down, in whole pixels, that makes the middle of a picture most like that of the first one. */
function shiftOf(first: Uint8Array, other: Uint8Array): { x: number; y: number; apart: number } {
  let best = { x: 0, y: 0, apart: Number.POSITIVE_INFINITY };
  for (let y = -12; y <= 12; y++) {
    for (let x = -22; x <= 22; x++) {
      let apart = 0;
      for (let row = 50; row < HEIGHT - 50; row += 3) {
        for (let column = 80; column < WIDTH - 80; column += 3) {
          const own = first[row * WIDTH + column] ?? 0;
          apart += Math.abs(own - (other[(row + y) * WIDTH + column + x] ?? 0));
        }
      }
      if (apart < best.apart) best = { x, y, apart };
    }
  }
  return best;
}

function mostMoved(frames: readonly Uint8Array[]): number {
  const [first = new Uint8Array()] = frames;
  const shifts = frames.filter((_, at) => at % 4 === 3).map((frame) => shiftOf(first, frame));
  return Math.max(...shifts.map(({ x, y }) => Math.hypot(x, y)));
}

/** The share of the outermost pixels of a picture that are black. */
function blackEdge(frame: Uint8Array): number {
  const edge = [...frame].filter((_, index) => {
    const [row, column] = [Math.floor(index / WIDTH), index % WIDTH];
    return row === 0 || row === HEIGHT - 1 || column === 0 || column === WIDTH - 1;
  });
  return edge.filter((luma) => luma < 20).length / edge.length;
}

describe('a clip from a hand that shakes', () => {
  it('shakes without the effect', async () => {
    expect(mostMoved(await filmOf(undefined))).toBeGreaterThan(8);
  });

  it('stands still when the camera is to be still, and fills the frame', async () => {
    const frames = await filmOf(stabilize({ camera: 'still' }));
    expect(frames).toHaveLength(FRAMES);
    expect(mostMoved(frames)).toBeLessThan(1.5);
    expect(Math.max(...frames.map(blackEdge))).toBeLessThan(0.02);
  });

  it('shows its edges when they may be black', async () => {
    const frames = await filmOf(stabilize({ camera: 'still', borders: 'black' }));
    expect(mostMoved(frames)).toBeLessThan(1.5);
    expect(Math.max(...frames.map(blackEdge))).toBeGreaterThan(0.2);
  });
});
