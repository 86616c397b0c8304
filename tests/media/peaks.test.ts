import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePeaks } from '#engine/media/makePeaks.ts';
import { probeMedia } from '#engine/media/probe.ts';
import { readWaveSamples } from '#engine/media/waveSamples.ts';
import { Cancelled, run } from '#engine/process/run.ts';
import { type Ffmpeg, findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';

/** Longer than a block that is read at once; no whole number of peaks. */
const SECONDS = 6.123;
const folder = testFolder('peaks');
let tools: Ffmpeg;

beforeAll(async () => {
  tools = await findFfmpeg();
});

async function sound(name: string, output: readonly string[], gain = 1): Promise<string> {
  const path = join(folder, name);
  const noise = `aevalsrc='${gain}*(random(0)*2-1)*sin(t)|${gain}*(random(1)-0.4)':sample_rate=48000`;
  const { exitCode, stderr } = await run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', noise, '-t', String(SECONDS), ...output, path],
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return path;
}

/** The peaks of a file, and what a decoder makes of it, with whether the file itself was read. */
async function peaksOf(path: string) {
  const facts = await probeMedia(tools, path);
  const output = join(folder, 'peaks.bin');
  const made = async (container: string) => {
    const { count } = await makePeaks({ tools, path, output, facts: { ...facts, container } });
    return { count, peaks: await readFile(output) };
  };
  const signal = new AbortController().signal;
  const isRead = await readWaveSamples({ path, facts, signal, onSamples: () => undefined });
  const own = await made(facts.container);
  // In a container of another name no samples are looked for.
  return { isRead, own, decoded: await made('unknown') };
}

async function changed(from: string, name: string, change: (bytes: Buffer) => Buffer) {
  const path = join(folder, name);
  await writeFile(path, change(await readFile(from)));
  return path;
}

/** Where the header of the samples’ chunk begins. */
const dataAt = (bytes: Buffer) => bytes.indexOf('data', 12, 'latin1');

function chunk(id: string, content: Buffer): Buffer {
  const header = Buffer.from(`${id}\0\0\0\0`, 'latin1');
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)]);
}

describe('peaks of a WAV', () => {
  it.each([
    ['16 bits', ['-c:a', 'pcm_s16le'], 1],
    ['16 bits, one channel', ['-ac', '1', '-c:a', 'pcm_s16le'], 1],
    ['24 bits', ['-c:a', 'pcm_s24le'], 1],
    ['32 bits', ['-c:a', 'pcm_s32le'], 1],
    ['floats', ['-c:a', 'pcm_f32le'], 1],
    ['floats that are too loud', ['-c:a', 'pcm_f32le'], 3],
    ['44.1 kHz', ['-ar', '44100', '-c:a', 'pcm_s16le'], 1],
    ['96 kHz', ['-ar', '96000', '-c:a', 'pcm_s24le'], 1],
  ])('are read from the file and are those of a decoder: %s', async (name, output, gain) => {
    const found = await peaksOf(await sound(`${name}.wav`, output, gain));
    expect(found.isRead).toBe(true);
    expect(found.own).toEqual(found.decoded);
    expect(found.own.count).toBe(613);
  });

  it.each([
    ['8 bits', ['-c:a', 'pcm_u8']],
    ['floats of 64 bits', ['-c:a', 'pcm_f64le']],
    ['A-law', ['-c:a', 'pcm_alaw']],
    ['six channels', ['-ac', '6', '-c:a', 'pcm_s24le']],
    ['RF64', ['-rf64', 'always', '-c:a', 'pcm_s16le']],
    ['Wave64', ['-f', 'w64', '-c:a', 'pcm_s16le']],
  ])('are left to a decoder: %s', async (name, output) => {
    const found = await peaksOf(await sound(`${name}.wav`, output));
    expect(found.isRead).toBe(false);
    expect(found.own).toEqual(found.decoded);
  });

  it.each([
    [
      'a chunk of odd length before the samples',
      true,
      (bytes: Buffer) =>
        Buffer.concat([
          bytes.subarray(0, dataAt(bytes)),
          chunk('note', Buffer.from('odd')),
          bytes.subarray(dataAt(bytes)),
        ]),
    ],
    [
      'a chunk behind the samples',
      true,
      (bytes: Buffer) => Buffer.concat([bytes, chunk('note', Buffer.alloc(500))]),
    ],
    [
      'more samples behind the samples',
      false,
      (bytes: Buffer) => Buffer.concat([bytes, chunk('data', Buffer.alloc(4_000, 0x7f))]),
    ],
    [
      'samples whose length was never written',
      false,
      (bytes: Buffer) => {
        bytes.writeUInt32LE(0xff_ff_ff_ff, dataAt(bytes) + 4);
        return bytes;
      },
    ],
    [
      'samples of no length',
      false,
      (bytes: Buffer) => {
        bytes.writeUInt32LE(0, dataAt(bytes) + 4);
        return bytes;
      },
    ],
    [
      'a little less than it says',
      false,
      (bytes: Buffer) => bytes.subarray(0, bytes.length - 4_001),
    ],
    [
      'half a sample at the end',
      false,
      (bytes: Buffer) => {
        bytes.writeUInt32LE(bytes.length - dataAt(bytes) - 11, dataAt(bytes) + 4);
        return bytes;
      },
    ],
  ])('with %s are those of a decoder', async (name, isRead, change) => {
    const whole = await sound('whole.wav', ['-c:a', 'pcm_s16le']);
    const found = await peaksOf(await changed(whole, `${name}.wav`, change));
    expect(found.isRead).toBe(isRead);
    expect(found.own).toEqual(found.decoded);
  });

  it('are not made on when nobody wants them any more', async () => {
    const path = await sound('stopped.wav', ['-c:a', 'pcm_s16le']);
    const facts = await probeMedia(tools, path);
    const stop = new AbortController();
    const output = join(folder, 'peaks.bin');
    const onProgress = () => stop.abort();
    const made = makePeaks({ tools, path, facts, output, signal: stop.signal, onProgress });
    await expect(made).rejects.toThrow(Cancelled);
  });
});
