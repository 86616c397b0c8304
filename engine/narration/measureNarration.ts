import { refuse } from '#core/fault.ts';
import { decibelsOf, type NarrationFacts } from '#core/narration/acx.ts';
import { NARRATION_HZ } from '#core/narration/narrationTimeline.ts';
import { TruePeakMeter } from '#core/render/loudness/truePeak.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

const BYTES = 4;
const WINDOW_SAMPLES = NARRATION_HZ / 2;
/** Nothing at all is told as the least that 24 bits can say. */
const LEAST_DB = -144;

/** Levels of a finished file as players decode it. Refuses `narration/unreadable`. */
export async function measureNarration(
  tools: Ffmpeg,
  path: string,
  signal: AbortSignal,
): Promise<NarrationFacts> {
  const meter = new NarrationMeter();
  let rest: Buffer = Buffer.alloc(0);
  const failure = await runFfmpeg(
    tools,
    ['-i', path, '-map', '0:a:0', '-c:a', 'pcm_f32le', '-f', 'f32le', '-ac', '1'],
    'pipe:1',
    {
      signal,
      readStdout: async (stdout) => {
        for await (const chunk of stdout as AsyncIterable<Buffer>) {
          const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
          const whole = bytes.length - (bytes.length % BYTES);
          rest = Buffer.from(bytes.subarray(whole));
          meter.add(fromFloats(bytes.subarray(0, whole)));
        }
      },
    },
  );
  if (failure !== null) {
    refuse(
      'narration/unreadable',
      'The finished narration could not be read back, so it was not kept. The book is unchanged; the details say what ffmpeg reported.',
      { reason: failure },
    );
  }
  return meter.facts();
}

function fromFloats(bytes: Buffer): Float32Array {
  const samples = new Float32Array(bytes.length / BYTES);
  new Uint8Array(samples.buffer).set(bytes);
  return samples;
}

class NarrationMeter {
  readonly #peaks = new TruePeakMeter(NARRATION_HZ);
  #samples = 0;
  #energy = 0;
  #window = 0;
  #quietest = Number.POSITIVE_INFINITY;

  add(samples: Float32Array): void {
    this.#peaks.add({ left: samples, right: new Float32Array(samples.length) });
    for (const sample of samples) {
      const square = sample * sample;
      this.#energy += square;
      this.#window += square;
      this.#samples += 1;
      if (this.#samples % WINDOW_SAMPLES === 0) {
        this.#quietest = Math.min(this.#quietest, this.#window / WINDOW_SAMPLES);
        this.#window = 0;
      }
    }
  }

  facts(): NarrationFacts {
    const level = (energy: number) => Math.max(LEAST_DB, decibelsOf(energy));
    const mean = this.#energy / Math.max(1, this.#samples);
    return {
      rmsDb: level(mean),
      truePeakDb: Math.max(LEAST_DB, 20 * Math.log10(this.#peaks.peak())),
      noiseFloorDb: level(Math.min(this.#quietest, mean)),
      samples: this.#samples,
    };
  }
}
