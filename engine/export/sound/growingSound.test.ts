import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GrowingSound } from './growingSound.ts';
import { BYTES_PER_FRAME } from './rawSound.ts';

const FRAMES = 200_000;
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-growing-'));
  path = join(folder, 'sound.f32');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Sound whose every frame differs from the others. */
const sound = Buffer.from(Float64Array.from({ length: FRAMES }, (_, frame) => frame).buffer);

it('gives each sample once, in order, as they become ready', async () => {
  const growing = new GrowingSound(path, FRAMES);
  const pipe = new PassThrough();
  const heard = buffer(pipe);
  const fed = growing.feed(pipe, new AbortController().signal).then(() => pipe.end());
  // The file is not there before the first samples are.
  let written = 0;
  for (const ready of [1, 70_000, 70_000, 150_001, FRAMES]) {
    appendFileSync(path, sound.subarray(written * BYTES_PER_FRAME, ready * BYTES_PER_FRAME));
    written = ready;
    growing.tellReady(ready);
    await new Promise(setImmediate);
  }
  await fed;
  expect((await heard).equals(sound)).toBe(true);
});

it('ends when nobody takes it any more, and when the work is stopped', async () => {
  writeFileSync(path, sound);
  const closed = new PassThrough();
  const unread = new GrowingSound(path, FRAMES).feed(closed, new AbortController().signal);
  closed.destroy();
  await unread;

  const stop = new AbortController();
  const growing = new GrowingSound(path, FRAMES);
  const waiting = growing.feed(new PassThrough().resume(), stop.signal);
  growing.tellReady(10);
  stop.abort();
  await waiting;
});

it('says so when the sound is shorter than was told', async () => {
  writeFileSync(path, sound.subarray(0, 800));
  const growing = new GrowingSound(path, FRAMES);
  growing.tellReady(FRAMES);
  await expect(
    growing.feed(new PassThrough().resume(), new AbortController().signal),
  ).rejects.toThrow('ends before it should');
});
