import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#core/fault.ts';
import { planExport } from '#core/render/planExport.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { ZERO } from '#core/time/flicks.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { composeFrames } from '#engine/export/compose/composeFrames.ts';
import { composeInThreads } from '#engine/export/compose/composeInThreads.ts';
import type { ComposeOrder } from '#engine/export/compose/composeWorker.ts';
import { overlaysByPath } from '#engine/export/compose/overlaysByPath.ts';
import { clearPicture } from '#engine/export/compose/picture.ts';
import { encodePng } from '#engine/export/compose/png.ts';
import { sourceFiles } from '#engine/export/sources/sourceFiles.ts';
import { Cancelled, run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

const folder = testFolder('compose-threads');
const bench = new FilmBench(folder);
const fps = rate(25);
const at = (frame: number) => frameStart(frame, fps);
const FRAMES = 14;
const { signal } = new AbortController();
let order: ComposeOrder;

async function footage(name: string, picture: string): Promise<string> {
  const path = join(folder, `${name}.mp4`);
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `${picture}=size=320x180:rate=25`, '-frames:v', '40'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path],
  ]);
  return bench.asset(path);
}

/** A film in which everything that is composed stands: looks, keyframes, blends, effects, a wipe, a nest, a title. */
beforeAll(async () => {
  const [one, other] = [await footage('one', 'testsrc2'), await footage('other', 'mandelbrot')];
  const inner = bench.timeline({ frameRate: rate(10), width: 160, height: 160 });
  const innerTrack = bench.track(inner, 'video');
  bench.clip(innerTrack, ZERO, {
    assetId: one,
    sourceRange: { in: ZERO, out: at(20) },
    scaleX: 0.7,
  });
  const outer = bench.timeline({ frameRate: fps });
  const lower = bench.track(outer, 'video');
  const clip = { sourceRange: { in: at(FRAMES), out: at(2 * FRAMES) } };
  const blur = { id: 'blur', effect: 'blur', parameters: { radius: 0.02 } };
  const outgoingId = bench.clip(lower, ZERO, { ...clip, assetId: one, effects: [blur] });
  const incomingId = bench.clip(lower, at(FRAMES), { ...clip, assetId: other });
  bench.put('wipe', {
    kind: 'transition',
    cut: { outgoingId, incomingId },
    transitionKind: 'wipe',
    reach: { before: at(FRAMES), after: ZERO },
  });
  const opacity = {
    keyframes: [
      { time: ZERO, value: 0.2, easing: 'linear' as const },
      { time: at(FRAMES), value: 1, easing: 'linear' as const },
    ],
  };
  const turned = { scaleX: 0.5, scaleY: 0.5, rotation: 20, opacity, blend: 'screen' as const };
  const range = { sourceRange: { in: ZERO, out: at(FRAMES) } };
  bench.clip(bench.track(outer, 'video'), ZERO, { ...range, ...turned, assetId: other });
  bench.clip(bench.track(outer, 'video'), ZERO, {
    ...range,
    nestedTimelineId: inner,
    positionX: 0.3,
  });
  bench.put('title', {
    kind: 'graphic',
    name: 'Title',
    placement: { trackId: bench.track(outer, 'graphics'), start: ZERO },
    duration: at(FRAMES),
    template: 'title',
    fields: { title: 'Over all' },
  });
  // Opaque, so it is kept to a strip at the top.
  const title = clearPicture(320, 20);
  for (let pixel = 0; pixel < 320 * 20; pixel++) title.data.set([0, 200, 0, 255], pixel * 4);
  const overlay = join(folder, 'title.png');
  writeFileSync(overlay, encodePng(title));

  const tools = await findFfmpeg();
  const settings = exportSettingsSchema.parse({ range: { startFrame: 0, endFrame: FRAMES } });
  const plan = planExport(bench.project, outer, settings);
  expect(plan.spans).toHaveLength(1);
  const film = { tools, projectPath: join(folder, 'film.inkreel'), cacheDir: folder };
  const { pictures: files } = await sourceFiles(bench.project, plan, film);
  const frames = Array.from({ length: FRAMES }, (_, frame) => frame);
  order = {
    tools,
    files,
    nests: new Map(plan.nests.map((nest) => [nest.timelineId, nest])),
    scene: { ...plan },
    frames,
    overlays: new Map([[outer, new Map(frames.map((frame) => [frame, overlay]))]]),
    threads: 1,
    framesUnderWay: 2,
  };
});

async function copied(pictures: AsyncIterable<Uint8Array>): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  for await (const data of pictures) frames.push(Buffer.from(data));
  return frames;
}

async function* direct(): AsyncGenerator<Uint8Array, void> {
  const composing = { ...order, overlayOf: overlaysByPath(order.overlays), signal };
  for await (const { data } of composeFrames(composing, order.scene, order.frames)) yield data;
}

/** Threads that were started from here and have not ended. */
function watchThreads(): Set<Worker> {
  const threads = new Set<Worker>();
  process.on('worker', (worker: Worker) => {
    threads.add(worker);
    worker.once('exit', () => threads.delete(worker));
  });
  return threads;
}
const threads = watchThreads();

describe('composing in threads', () => {
  it('gives the same bytes as composing here, for any number of threads, and leaves none', async () => {
    const here = await copied(direct());
    expect(here).toHaveLength(FRAMES);
    expect(new Set(here.map((frame) => frame.toString('latin1'))).size).toBe(FRAMES);
    for (const count of [1, 3]) {
      const more = { ...order, threads: count, framesUnderWay: count + 1 };
      const there = await copied(composeInThreads(more, signal));
      expect(there.map((frame, index) => here[index]?.equals(frame))).toEqual(here.map(() => true));
      expect(threads.size).toBe(0);
    }
  });

  it('stops when it is told to, and when nobody wants more', async () => {
    const cancel = new AbortController();
    const composed = composeInThreads(order, cancel.signal);
    expect((await composed.next()).done).toBe(false);
    expect(threads.size).toBeGreaterThan(0);
    cancel.abort();
    await expect(copied(composed)).rejects.toBeInstanceOf(Cancelled);
    expect(threads.size).toBe(0);
    for await (const _ of composeInThreads(order, signal)) break;
    expect(threads.size).toBe(0);
  });

  it('passes refusals on with their code and sentence', async () => {
    const path = join(folder, 'broken.mp4');
    writeFileSync(path, 'no film');
    const files = new Map([...order.files].map(([id, file]) => [id, { ...file, path }]));
    const failed = copied(composeInThreads({ ...order, files }, signal));
    const error: unknown = await failed.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({
      fault: {
        code: 'export/picture-failed',
        message: expect.stringContaining('“broken.mp4” could not be read') as string,
      },
    });
    expect(threads.size).toBe(0);
  });

  it('says so when a thread dies', async () => {
    const composed = composeInThreads(order, signal);
    await composed.next();
    for (const thread of threads) void thread.terminate();
    await expect(copied(composed)).rejects.toMatchObject({
      fault: {
        code: 'export/composing-stopped',
        message: expect.stringContaining('could not be drawn') as string,
      },
    });
    expect(threads.size).toBe(0);
    const scene = { ...order.scene, width: 2_000_000, height: 2_000_000 };
    await expect(copied(composeInThreads({ ...order, scene }, signal))).rejects.toMatchObject({
      fault: { code: 'export/composing-stopped' },
    });
    expect(threads.size).toBe(0);
  });
});
