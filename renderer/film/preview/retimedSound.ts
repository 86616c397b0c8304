import { soundTimeAt } from '#core/render/soundLevel.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { secondsFromFlicks } from '#core/time/flicks.ts';

/** Sound as recorded: channels of samples from a second of the source on. */
export type RecordedSound = { start: number; sampleRateHz: number; channels: Float32Array[] };

/** Samples of a grain: long enough for low voices, short enough to follow speech. */
const GRAIN_SECONDS = 0.06;
/** How far a grain may be moved to go on where the one before left off. */
const SEARCH_SECONDS = 0.012;
/** Steps in which the place of a grain is looked for, and in which waves are compared. */
const SEARCH_STEP = 4;
const COMPARE_STEP = 4;

/**
 * Sound of a part that does not run as recorded, a piece after the other. Constant speeds from a quarter to four times
 * keep the pitch (grains that overlap, each moved to where its wave goes on); all others sound like tape.
 */
export class RetimedSound {
  readonly #part: SoundPart;
  readonly #rate: number;
  readonly #hop: number;
  #next: number;
  /** Of the grain before: its second half, faded out, and where in the source it would go on. */
  #tail: Float32Array[] | null = null;
  #goesOn: number | null = null;

  constructor(part: SoundPart, fromSample: number, sampleRateHz: number) {
    this.#part = part;
    this.#rate = sampleRateHz;
    this.#next = fromSample;
    this.#hop = Math.round((GRAIN_SECONDS / 2) * sampleRateHz);
  }

  /** The sample of the mix at which the next piece begins. */
  get next(): number {
    return this.#next;
  }

  /** Seconds of the source that a piece of `count` samples needs. */
  needs(count: number): { from: number; to: number } {
    const margin = 2 * GRAIN_SECONDS + SEARCH_SECONDS;
    const step = Math.max(1, Math.floor(count / 64));
    const times: number[] = [];
    for (let sample = -this.#hop; sample <= count + this.#hop; sample += step)
      times.push(this.#timeAt(this.#next + sample));
    return { from: Math.max(0, Math.min(...times) - margin), to: Math.max(...times) + margin };
  }

  /** The next piece of about `count` samples, as many channels as were recorded. */
  piece(count: number, recorded: RecordedSound): Float32Array[] {
    return keepsPitch(this.#part) ? this.#grains(count, recorded) : this.#tape(count, recorded);
  }

  #timeAt(sample: number): number {
    return secondsFromFlicks(soundTimeAt(this.#part, Math.round(sample), this.#rate));
  }

  #tape(count: number, recorded: RecordedSound): Float32Array[] {
    const { channels, start, sampleRateHz } = recorded;
    const places = Float64Array.from(
      { length: count },
      (_, index) => (this.#timeAt(this.#next + index) - start) * sampleRateHz,
    );
    this.#next += count;
    return channels.map((channel) => Float32Array.from(places, (place) => valueAt(channel, place)));
  }

  #grains(count: number, recorded: RecordedSound): Float32Array[] {
    const hop = this.#hop;
    const grains = Math.max(1, Math.round(count / hop));
    const out = recorded.channels.map(() => new Float32Array(grains * hop));
    for (let index = 0; index < grains; index++) {
      const grain = this.#grainAt(this.#next + index * hop, recorded);
      const tail = this.#tail;
      out.forEach((channel, at) => {
        const [now, before] = [grain[at], tail?.[at]];
        for (let sample = 0; sample < hop; sample++) {
          // The first grain begins at once, without a fade.
          const share = tail === null ? 1 : (sample + 0.5) / hop;
          const faded = before?.[sample] ?? 0;
          channel[index * hop + sample] = (now?.[sample] ?? 0) * share + faded;
        }
      });
      this.#tail = grain.map((channel) =>
        channel.subarray(hop).map((value, sample) => value * (1 - (sample + 0.5) / hop)),
      );
    }
    this.#next += grains * hop;
    return out;
  }

  /** Two hops of sound from where the mix is at `sample`, moved a little so that its wave goes on. */
  #grainAt(sample: number, recorded: RecordedSound): Float32Array[] {
    const { start, sampleRateHz, channels } = recorded;
    const direction = isBackwards(this.#part) ? -1 : 1;
    const step = (direction * sampleRateHz) / this.#rate;
    const wanted = (this.#timeAt(sample) - start) * sampleRateHz;
    const [first] = channels;
    const place =
      this.#goesOn === null || first === undefined
        ? wanted
        : this.#bestPlace(first, wanted, { goesOn: (this.#goesOn - start) * sampleRateHz, step });
    this.#goesOn = start + (place + this.#hop * step) / sampleRateHz;
    return channels.map((channel) =>
      Float32Array.from({ length: 2 * this.#hop }, (_, index) =>
        valueAt(channel, place + index * step),
      ),
    );
  }

  /** Near `wanted`, the place whose wave is most like the one at `goesOn`. */
  #bestPlace(
    channel: Float32Array,
    wanted: number,
    { goesOn, step }: { goesOn: number; step: number },
  ): number {
    const reach = Math.round(SEARCH_SECONDS * this.#rate);
    let best = { place: wanted, likeness: Number.NEGATIVE_INFINITY };
    for (let move = -reach; move <= reach; move += SEARCH_STEP) {
      const place = wanted + move;
      let product = 0;
      let energy = 1e-9;
      for (let index = 0; index < this.#hop; index += COMPARE_STEP) {
        const value = nearest(channel, place + index * step);
        product += value * nearest(channel, goesOn + index * step);
        energy += value * value;
      }
      const likeness = product / Math.sqrt(energy);
      if (likeness > best.likeness) best = { place, likeness };
    }
    return best.place;
  }
}

function keepsPitch({ retime }: SoundPart): boolean {
  const how = retime?.range.retime;
  if (how?.kind !== 'constant') return false;
  const speed = Math.abs(how.speed.num / how.speed.den);
  return speed >= 0.25 && speed <= 4 && speed !== 1;
}

function isBackwards({ retime }: SoundPart): boolean {
  const how = retime?.range.retime;
  return how?.kind === 'constant' && how.speed.num < 0;
}

function nearest(channel: Float32Array, place: number): number {
  return channel[Math.round(place)] ?? 0;
}

/** The value between two samples; silence outside the recording. */
function valueAt(channel: Float32Array, place: number): number {
  const before = Math.floor(place);
  const share = place - before;
  return (channel[before] ?? 0) * (1 - share) + (channel[before + 1] ?? 0) * share;
}
