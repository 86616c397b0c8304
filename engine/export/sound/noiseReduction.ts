import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { refuse } from '#core/fault.ts';
import type { Effect } from '#core/model/effects.ts';
import {
  type EffectValues,
  effectValues,
  numberOf,
} from '#core/render/pixelEffects/effectValues.ts';
import { isAnimated } from '#core/render/soundEffects/effectControls.ts';
import { silentBlock } from '#core/render/soundEffects/soundProcessor.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks } from '#core/time/flicks.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { rawFormat, readRaw, toRaw } from './rawSound.ts';
import type { EffectStage, SoundStage } from './soundStage.ts';

type Options = {
  tools: Ffmpeg;
  sampleRateHz: number;
  /** Time of the mix at which the clip’s own time is 0. */
  start: Flicks;
  /** The sample of the mix that comes first. */
  first: number;
  scratch: string;
  signal: AbortSignal;
};

/** Keyframes are followed in steps of this length. */
const STEPS_A_SECOND = 100;
/** Filter commands are written for so long at most; beyond it, the last values stay. */
const LONGEST_SECONDS = 6 * 3_600;

/** The filter `afftdn` as a stage, keyframes of its numbers included. Refuses `export/sound-failed`. */
export async function noiseReduction(
  effect: Effect,
  options: Options,
): Promise<EffectStage | null> {
  const { tools, sampleRateHz, start, first, signal } = options;
  const timeAt = (seconds: number) =>
    flicks(Math.round((first / sampleRateHz + seconds) * FLICKS_PER_SECOND) - start);
  const values = effectValues(effect, timeAt(0));
  if (values === null) return null;
  const latency = await latencyOf(tools, sampleRateHz, signal);
  const filter = filterOf(values);
  const commands = `${options.scratch}.${effect.id}.commands`;
  if (!isAnimated(effect))
    return { latency, before: (next) => filterStage([filter], options, next) };
  await writeFile(commands, commandsOf(effect, timeAt));
  const step = Math.round(sampleRateHz / STEPS_A_SECOND);
  const filters = [`asetnsamples=n=${step}:p=0`, `asendcmd=f=${escaped(commands)}`, filter];
  return {
    latency,
    before(next) {
      const stage = filterStage(filters, options, next);
      return { ...stage, end: () => stage.end().finally(() => rm(commands, { force: true })) };
    },
  };
}

function filterOf(values: EffectValues): string {
  const follows = values.texts['follow'] === 'off' ? 0 : 1;
  return `afftdn=nr=${numberOf(values, 'reduction')}:nf=${numberOf(values, 'floor')}:tn=${follows}`;
}

/** A line for each step in which a number is another than before. */
function commandsOf(effect: Effect, timeAt: (seconds: number) => Flicks): string {
  const lines: string[] = [];
  const last = lastKeyframe(effect);
  let before = '';
  for (let step = 0; step < LONGEST_SECONDS * STEPS_A_SECOND; step++) {
    const time = timeAt(step / STEPS_A_SECOND);
    const values = effectValues(effect, time);
    if (values === null) break;
    const reduction = numberOf(values, 'reduction').toFixed(3);
    const floor = numberOf(values, 'floor').toFixed(3);
    const commands = `afftdn nr ${reduction}, afftdn nf ${floor}`;
    if (commands !== before) lines.push(`${(step / STEPS_A_SECOND).toFixed(2)} ${commands};`);
    before = commands;
    if (time > last) break;
  }
  return `${lines.join('\n')}\n`;
}

function lastKeyframe({ parameters }: Effect): number {
  return Math.max(
    ...Object.values(parameters).flatMap((value) =>
      typeof value === 'object' ? value.keyframes.map(({ time }) => time) : [],
    ),
  );
}

/** A stage that ffmpeg does. */
function filterStage(
  filters: readonly string[],
  { tools, sampleRateHz, signal }: Options,
  next: SoundStage,
): SoundStage {
  const pipe = new PassThrough();
  const done = runFfmpeg(
    tools,
    [
      ...rawFormat(sampleRateHz),
      ...['-i', 'pipe:0', '-af', filters.join(',')],
      ...['-c:a', 'pcm_f32le', ...rawFormat(sampleRateHz)],
    ],
    'pipe:1',
    {
      signal,
      readStdout: (stdout) => readRaw(stdout, next),
      writeStdin: async (stdin) => {
        for await (const bytes of pipe as AsyncIterable<Buffer>) {
          if (!stdin.writable) return;
          if (!stdin.write(bytes)) {
            const waiting = new AbortController();
            const either = [once(stdin, 'drain', waiting), once(stdin, 'close', waiting)];
            await Promise.race(either);
            waiting.abort();
            await Promise.allSettled(either);
          }
        }
      },
    },
  );
  // Whoever writes hears of a failure; until then it must not count as nobody’s.
  const ended = done.then(refuseFailure);
  ended.catch(() => pipe.destroy());
  return {
    async write(block) {
      if (pipe.write(toRaw(block))) return;
      const waiting = new AbortController();
      const drained = once(pipe, 'drain', waiting).catch(() => undefined);
      await Promise.race([drained, ended]);
      waiting.abort();
    },
    async end() {
      pipe.end();
      await ended;
      await next.end();
    },
  };
}

function refuseFailure(failure: string | null): void {
  if (failure === null) return;
  refuse(
    'export/sound-failed',
    'The noise of a clip could not be reduced. The project is unchanged; the details say what ffmpeg reported.',
    { reason: failure },
  );
}

const latencies = new Map<string, Promise<number>>();

/** By how many samples the filter of this ffmpeg is late at a sample rate: versions differ, so it is measured. */
function latencyOf(tools: Ffmpeg, sampleRateHz: number, signal: AbortSignal): Promise<number> {
  const key = `${tools.ffmpeg} ${sampleRateHz}`;
  const known = latencies.get(key);
  if (known !== undefined) return known;
  const measured = measureLatency(tools, sampleRateHz, signal);
  latencies.set(key, measured);
  measured.catch(() => latencies.delete(key));
  return measured;
}

async function measureLatency(
  tools: Ffmpeg,
  sampleRateHz: number,
  signal: AbortSignal,
): Promise<number> {
  let [heard, loudest, position] = [0, 0, 0];
  const options = { tools, sampleRateHz, start: flicks(0), first: 0, scratch: '', signal };
  const stage = filterStage(['afftdn=nr=0.01:nf=-80'], options, {
    write({ left }) {
      left.forEach((value, index) => {
        if (Math.abs(value) <= loudest) return;
        [loudest, position] = [Math.abs(value), heard + index];
      });
      heard += left.length;
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  });
  const click = silentBlock(sampleRateHz);
  const at = Math.floor(sampleRateHz / 4);
  click.left[at] = 0.9;
  click.right[at] = 0.9;
  await stage.write(click);
  await stage.end();
  return position - at;
}

/** A path as the value of a filter’s option: escaped for the option, then for the graph. */
function escaped(path: string): string {
  return path.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');
}
