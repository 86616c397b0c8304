import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { NarrationPart } from '#core/narration/narrationScript.ts';
import { NARRATION_HZ, timePart } from '#core/narration/narrationTimeline.ts';
import { smilDocument } from '#core/narration/smil.ts';
import { encodeSound } from '#engine/narration/encodeNarration.ts';
import { run } from '#engine/process/run.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { testFolder } from '../support/folder.ts';
import { clipsOf } from './narratedBook.ts';

const folder = testFolder('ten-hours');
const isWanted = process.env['INKREEL_LONG_TESTS'] === '1';
if (!isWanted) console.warn('Skipping ten hours of read-along; INKREEL_LONG_TESTS=1 runs them.');

const CLICK_SAMPLES = 200;
const CLICK = Float32Array.from(
  { length: CLICK_SAMPLES },
  (_, index) => 0.6 * Math.sin((2 * Math.PI * 1_000 * (index + 11)) / NARRATION_HZ),
);

it.skipIf(!isWanted)(
  'the last sentence of ten hours is heard where its clip begins',
  async () => {
    const tools = await findFfmpeg();
    const { signal } = new AbortController();
    // Sentences of 3 to 5 s, none of them a whole number of milliseconds long.
    const lengths = Array.from(
      { length: 8_400 },
      (_, index) => 132_301 + ((index * 7_919) % 88_007),
    );
    const part: NarrationPart = {
      kind: 'chapter',
      title: 'Ten hours',
      chapterIndex: 0,
      utterances: lengths.map((_, index) => ({
        id: `b.${index}`,
        text: '',
        spoken: '',
        voice: 'test/a',
        pauseMs: 320,
      })),
    };
    const timed = timePart(part, lengths);
    expect(timed.length / NARRATION_HZ).toBeGreaterThan(36_000);
    async function* clicks(): AsyncGenerator<Float32Array, void> {
      for (const { begin, soundStart, end } of timed.clips) {
        const block = new Float32Array(end - begin);
        block.set(CLICK, soundStart - begin);
        yield await Promise.resolve(block);
      }
    }
    const path = join(folder, 'ten-hours.m4a');
    await encodeSound(clicks(), path, { tools, kind: 'm4a', signal });

    const clips = clipsOf(smilDocument(timed, { page: 'a.xhtml', audio: 'a.m4a' }));
    const heard: number[] = [];
    let [at, loudAt] = [0, Number.NEGATIVE_INFINITY];
    await run(
      tools.ffmpeg,
      ['-v', 'error', '-i', path, '-ac', '1', '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:1'],
      {
        readStdout: async (stdout) => {
          let rest: Buffer = Buffer.alloc(0);
          for await (const chunk of stdout as AsyncIterable<Buffer>) {
            const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
            const count = bytes.length >> 1;
            rest = Buffer.from(bytes.subarray(2 * count));
            const aligned = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 2 * count);
            for (const sample of new Int16Array(aligned)) {
              if (sample > 8_000 || sample < -8_000) {
                if (at - loudAt > NARRATION_HZ) heard.push(at);
                loudAt = at;
              }
              at += 1;
            }
          }
        },
      },
    );
    expect(heard).toHaveLength(clips.length);
    const off = clips.slice(1).map(({ begin }, index) => (heard[index + 1] ?? 0) - begin);
    const [least, most] = [Math.min(...off), Math.max(...off)];
    console.info(
      `${(timed.length / NARRATION_HZ / 3_600).toFixed(2)} h, ${clips.length} clips: sounds begin ${least} to ${most} samples after their clips.`,
    );
    expect(Math.max(-least, most)).toBeLessThanOrEqual(0.02 * NARRATION_HZ);
  },
  3_600_000,
);
