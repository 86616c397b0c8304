import type { AudioBufferSink } from 'mediabunny';
import type { ObjectId } from '#core/model/entities.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { secondsFromFlicks } from '#core/time/flicks.ts';
import { joinBuffers, type TimedBuffer } from './joinBuffers.ts';
import { isCentred, levelPoints } from './levelPoints.ts';
import type { PlaybackClock } from './playbackClock.ts';
import { type RecordedSound, RetimedSound } from './retimedSound.ts';

/** The sound of an asset, with the second on the file's own count at which the media begins. */
export type OpenSound = { sink: AudioBufferSink; firstTimestamp: number } | null;

/** How far ahead of the ear sound is handed to the sound card. */
const AHEAD_SECONDS = 1.5;
const PUMP_MS = 150;
/** Longer buffers mean fewer seams. */
const CHUNK_SECONDS = 0.5;
/** Decoders need some sound before the place from which they are right. */
const RUN_UP_SECONDS = 0.1;

type Run = {
  clock: PlaybackClock;
  parts: readonly SoundPart[];
  begun: Set<SoundPart>;
  sources: Set<AudioBufferSourceNode>;
  timer: number;
  isOver: boolean;
};

/** Where the sound of a part goes in, and how far its volume is laid down. */
type LevelLine = { input: AudioNode; extend: (seconds: number) => void };

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
    const line = this.#lineOf(part, { begin, clock, sampleRateHz });
    const at = { run, line, begin, end };
    const isRetimed = part.retime !== undefined;
    // Seconds of the file at second 0 of the film.
    const offset = isRetimed ? 0 : secondsFromFlicks(part.sourceIn) + sound.firstTimestamp - start;
    const chunks = isRetimed
      ? this.#retimed(part, { sound, begin, end, sampleRateHz })
      : joinBuffers(sound.sink.buffers(begin + offset, end + offset), CHUNK_SECONDS, this.#context);
    for await (const chunk of chunks) {
      if (run.isOver) return;
      this.#schedule(chunk, { ...at, offset });
      await this.#roomFor(chunk.timestamp + chunk.duration - offset, run);
    }
  }

  /** Pieces of sound that does not run as recorded; their times are those of the film. */
  async *#retimed(
    part: SoundPart,
    at: { sound: NonNullable<OpenSound>; begin: number; end: number; sampleRateHz: number },
  ): AsyncGenerator<TimedBuffer, void> {
    const { sound, begin, end, sampleRateHz } = at;
    const retimed = new RetimedSound(part, Math.ceil(begin * sampleRateHz), sampleRateHz);
    const count = Math.round(CHUNK_SECONDS * sampleRateHz);
    while (retimed.next < end * sampleRateHz) {
      const timestamp = retimed.next / sampleRateHz;
      const recorded = await recordedSound(sound, retimed.needs(count));
      const channels = retimed.piece(count, recorded);
      const length = channels[0]?.length ?? 0;
      const buffer = this.#context.createBuffer(Math.max(1, channels.length), length, sampleRateHz);
      channels.forEach((samples, channel) => {
        buffer.getChannelData(channel).set(samples);
      });
      yield { buffer, timestamp, duration: length / sampleRateHz };
    }
  }

  #schedule(
    chunk: TimedBuffer,
    at: { run: Run; line: LevelLine; begin: number; end: number; offset: number },
  ): void {
    const { clock, sources } = at.run;
    const from = chunk.timestamp - at.offset;
    const now = this.#context.currentTime;
    const late = Math.max(0, (now - clock.sourceTimeOf(from)) * clock.speed);
    const skipped = Math.max(at.begin - from, late, 0);
    const length = Math.min(chunk.duration, at.end - from) - skipped;
    if (length <= 0) return;
    at.line.extend(from + skipped + length);
    const source = new AudioBufferSourceNode(this.#context, {
      buffer: chunk.buffer,
      playbackRate: clock.speed,
    });
    source.connect(at.line.input);
    source.onended = () => {
      sources.delete(source);
      source.disconnect();
    };
    sources.add(source);
    source.start(Math.max(now, clock.sourceTimeOf(from + skipped)), skipped, length);
  }

  /** Gains that follow the volume of a part and of both its sides from `begin` on. */
  #lineOf(
    part: SoundPart,
    at: { begin: number; clock: PlaybackClock; sampleRateHz: number },
  ): LevelLine {
    const { clock, sampleRateHz } = at;
    const { input, left, right } = isCentred(part) ? this.#centred() : this.#sided();
    let reached = at.begin * sampleRateHz;
    let isFirst = true;
    const moment = (sample: number) =>
      Math.max(this.#context.currentTime, clock.sourceTimeOf(sample / sampleRateHz));
    const extend = (seconds: number) => {
      const points = levelPoints(part, reached, seconds * sampleRateHz, sampleRateHz);
      for (const point of points) {
        const how = isFirst ? 'setValueAtTime' : 'linearRampToValueAtTime';
        left[how](point.left, moment(point.sample));
        right?.[how](point.right, moment(point.sample));
        isFirst = false;
      }
      reached = Math.max(reached, points.at(-1)?.sample ?? reached);
    };
    extend(at.begin + CHUNK_SECONDS);
    return { input, extend };
  }

  #centred(): { input: AudioNode; left: AudioParam; right: AudioParam | null } {
    const gain = this.#context.createGain();
    gain.connect(this.#output);
    return { input: gain, left: gain.gain, right: null };
  }

  /** Left and right with gains of their own: a balance, not a panner, as in the export. */
  #sided(): { input: AudioNode; left: AudioParam; right: AudioParam | null } {
    const input = new GainNode(this.#context, { channelCount: 2, channelCountMode: 'explicit' });
    const splitter = new ChannelSplitterNode(this.#context, { numberOfOutputs: 2 });
    const merger = new ChannelMergerNode(this.#context, { numberOfInputs: 2 });
    input.connect(splitter);
    const gainOf = (side: number) => {
      const gain = this.#context.createGain();
      splitter.connect(gain, side);
      gain.connect(merger, 0, side);
      return gain.gain;
    };
    merger.connect(this.#output);
    return { input, left: gainOf(0), right: gainOf(1) };
  }

  /** Waits until the film is near enough to `seconds` that more sound is wanted. */
  async #roomFor(seconds: number, run: Run): Promise<void> {
    while (!run.isOver && seconds > run.clock.now() + AHEAD_SECONDS * run.clock.speed) {
      await new Promise((resolve) => window.setTimeout(resolve, PUMP_MS));
    }
  }
}

/** Decoded sound between two seconds of the source, in one piece; silence where there is none. */
async function recordedSound(
  { sink, firstTimestamp }: NonNullable<OpenSound>,
  { from, to }: { from: number; to: number },
): Promise<RecordedSound> {
  const parts: TimedBuffer[] = [];
  const begin = Math.max(0, from - RUN_UP_SECONDS);
  for await (const part of sink.buffers(begin + firstTimestamp, to + firstTimestamp))
    parts.push(part);
  const sampleRateHz = parts[0]?.buffer.sampleRate ?? 48_000;
  const count = parts[0]?.buffer.numberOfChannels ?? 1;
  const length = Math.ceil((to - begin) * sampleRateHz);
  const channels = Array.from({ length: count }, () => new Float32Array(length));
  for (const { buffer, timestamp } of parts) {
    const at = Math.round((timestamp - firstTimestamp - begin) * sampleRateHz);
    channels.forEach((channel, index) => {
      if (index >= buffer.numberOfChannels) return;
      const samples = buffer.getChannelData(index).subarray(Math.max(0, -at));
      const place = Math.max(0, at);
      if (place < length) channel.set(samples.subarray(0, length - place), place);
    });
  }
  return { start: begin, sampleRateHz, channels };
}
