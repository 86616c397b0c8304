import type { AudioBufferSink } from 'mediabunny';
import type { ObjectId } from '#core/model/entities.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { secondsFromFlicks } from '#core/time/flicks.ts';
import { joinBuffers, type TimedBuffer } from './joinBuffers.ts';
import { partGains } from './partGains.ts';
import type { PlaybackClock } from './playbackClock.ts';

/** The sound of an asset, with the second on the file's own count at which the media begins. */
export type OpenSound = { sink: AudioBufferSink; firstTimestamp: number } | null;

/** How far ahead of the ear sound is handed to the sound card. */
const AHEAD_SECONDS = 1.5;
const PUMP_MS = 150;
/** Longer buffers mean fewer seams. */
const CHUNK_SECONDS = 0.5;

type Run = {
  clock: PlaybackClock;
  parts: readonly SoundPart[];
  begun: Set<SoundPart>;
  sources: Set<AudioBufferSourceNode>;
  timer: number;
  isOver: boolean;
};

/** Plays the sound of a film ahead of time on the clock of the sound card. */
export class SoundMixer {
  readonly #context: AudioContext;
  readonly #output: GainNode;
  readonly #openSound: (assetId: ObjectId) => Promise<OpenSound>;
  #run: Run | null = null;

  constructor(context: AudioContext, openSound: (assetId: ObjectId) => Promise<OpenSound>) {
    this.#context = context;
    this.#openSound = openSound;
    this.#output = context.createGain();
    this.#output.connect(context.destination);
  }

  /** Plays `parts` as `clock` runs; what was playing stops. */
  start(parts: readonly SoundPart[], clock: PlaybackClock, sampleRateHz: number): void {
    this.stop();
    const run: Run = {
      clock,
      parts,
      begun: new Set(),
      sources: new Set(),
      timer: 0,
      isOver: false,
    };
    this.#run = run;
    const pump = () => {
      const horizon = clock.now() + AHEAD_SECONDS * clock.speed;
      for (const part of parts) {
        if (run.begun.has(part) || part.startSample / sampleRateHz > horizon) continue;
        run.begun.add(part);
        if (part.endSample / sampleRateHz <= clock.now()) continue;
        // A file that cannot be read stays silent; the picture says what is the matter with it.
        void this.#play(part, run, sampleRateHz).catch(() => undefined);
      }
      run.timer = window.setTimeout(pump, PUMP_MS);
    };
    pump();
  }

  stop(): void {
    const run = this.#run;
    if (run === null) return;
    this.#run = null;
    run.isOver = true;
    window.clearTimeout(run.timer);
    for (const source of run.sources) {
      source.stop();
      source.disconnect();
    }
  }

  set volume(factor: number) {
    this.#output.gain.setTargetAtTime(factor, this.#context.currentTime, 0.01);
  }

  async #play(part: SoundPart, run: Run, sampleRateHz: number): Promise<void> {
    const sound = await this.#openSound(part.assetId);
    if (sound === null || run.isOver) return;
    const { clock } = run;
    const start = part.startSample / sampleRateHz;
    const end = part.endSample / sampleRateHz;
    const begin = Math.max(start, clock.now());
    const gain = this.#gainOf(part, { begin, clock, sampleRateHz });
    // Seconds of the file at second 0 of the film.
    const offset = secondsFromFlicks(part.sourceIn) + sound.firstTimestamp - start;
    const buffers = sound.sink.buffers(begin + offset, end + offset);
    for await (const chunk of joinBuffers(buffers, CHUNK_SECONDS, this.#context)) {
      if (run.isOver) return;
      this.#schedule(chunk, { run, gain, begin, end, offset });
      await this.#roomFor(chunk.timestamp + chunk.duration - offset, run);
    }
  }

  #schedule(
    chunk: TimedBuffer,
    at: { run: Run; gain: GainNode; begin: number; end: number; offset: number },
  ): void {
    const { clock, sources } = at.run;
    const from = chunk.timestamp - at.offset;
    const now = this.#context.currentTime;
    const late = Math.max(0, (now - clock.sourceTimeOf(from)) * clock.speed);
    const skipped = Math.max(at.begin - from, late, 0);
    const length = Math.min(chunk.duration, at.end - from) - skipped;
    if (length <= 0) return;
    const source = new AudioBufferSourceNode(this.#context, {
      buffer: chunk.buffer,
      playbackRate: clock.speed,
    });
    source.connect(at.gain);
    source.onended = () => {
      sources.delete(source);
      source.disconnect();
    };
    sources.add(source);
    source.start(Math.max(now, clock.sourceTimeOf(from + skipped)), skipped, length);
  }

  /** A gain that follows the volume of a part and its fades from `begin` on. */
  #gainOf(
    part: SoundPart,
    at: { begin: number; clock: PlaybackClock; sampleRateHz: number },
  ): GainNode {
    const gain = this.#context.createGain();
    gain.connect(this.#output);
    const [first, ...rest] = partGains(part, at.begin * at.sampleRateHz);
    if (first === undefined) return gain;
    const moment = (sample: number) =>
      Math.max(this.#context.currentTime, at.clock.sourceTimeOf(sample / at.sampleRateHz));
    gain.gain.setValueAtTime(first.gain, moment(first.sample));
    for (const point of rest) gain.gain.linearRampToValueAtTime(point.gain, moment(point.sample));
    return gain;
  }

  /** Waits until the film is near enough to `seconds` that more sound is wanted. */
  async #roomFor(seconds: number, run: Run): Promise<void> {
    while (!run.isOver && seconds > run.clock.now() + AHEAD_SECONDS * run.clock.speed) {
      await new Promise((resolve) => window.setTimeout(resolve, PUMP_MS));
    }
  }
}
