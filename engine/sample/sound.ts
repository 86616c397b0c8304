import { chance } from './chance.ts';

export const SAMPLE_RATE_HZ = 48_000;
const TURN = Math.PI * 2;

/** A stereo sound being made, as amplitudes. */
export type Sound = { left: Float32Array; right: Float32Array };

/** A stretch of a sound in seconds and how loud it is; `pan` from −1 (left) to 1 (right). */
export type Placement = { at: number; lasts: number; gain: number; pan?: number };

export function silence(seconds: number): Sound {
  const length = Math.round(seconds * SAMPLE_RATE_HZ);
  return { left: new Float32Array(length), right: new Float32Array(length) };
}

/** Frequency of a note in hertz; 69 is the A of 440 Hz (MIDI numbers, equal temperament). */
function pitch(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

/** A soft chord that swells and fades: three slightly detuned voices to a note, breathing slowly. */
export function addPad(sound: Sound, notes: readonly number[], placement: Placement): void {
  const swell = Math.min(1.4, placement.lasts * 0.3);
  for (const [index, note] of notes.entries()) {
    for (const [voice, cents] of [-5, 0, 6].entries()) {
      const step = (pitch(note + cents / 100) * TURN) / SAMPLE_RATE_HZ;
      const breath = 0.11 + index * 0.03 + voice * 0.02;
      add(sound, { ...placement, pan: (voice - 1) * 0.7 }, (sample, seconds) => {
        const envelope = smooth(seconds / swell) * smooth((placement.lasts - seconds) / swell);
        const phase = sample * step;
        const tone =
          Math.sin(phase) + 0.28 * Math.sin(phase * 2 + 0.6) + 0.09 * Math.sin(phase * 3 + 1.1);
        return (
          tone *
          envelope *
          (0.8 + 0.2 * Math.sin(seconds * breath * TURN + index)) *
          (0.33 / notes.length ** 0.5)
        );
      });
    }
  }
}

/** A struck bell: partials that are not quite harmonic, the high ones gone first. */
export function addBell(sound: Sound, note: number, placement: Placement): void {
  const partials = [
    [0.5, 0.3, 1],
    [1, 1, 1],
    [2.01, 0.5, 1.7],
    [2.98, 0.26, 2.6],
    [4.19, 0.14, 4],
    [5.43, 0.08, 6],
  ] as const;
  const base = (pitch(note) * TURN) / SAMPLE_RATE_HZ;
  add(sound, placement, (sample, seconds) => {
    let value = 0;
    for (const [ratio, share, decay] of partials) {
      value +=
        share *
        Math.sin(sample * base * ratio) *
        Math.exp((-seconds * decay * 2.6) / placement.lasts);
    }
    return value * 0.4 * smooth(seconds / 0.006) * smooth((placement.lasts - seconds) / 0.4);
  });
}

/** Water: noise that gets brighter and louder with every wave. */
export function addWater(
  sound: Sound,
  placement: Placement & { seed: number; wavesPerSecond: number },
): void {
  for (const pan of [-0.8, 0.8]) {
    const random = chance(placement.seed + (pan > 0 ? 101 : 7));
    let deep = 0;
    let bright = 0;
    add(sound, { ...placement, pan }, (_, seconds) => {
      const wave = 0.5 + 0.5 * Math.sin(seconds * placement.wavesPerSecond * TURN + pan);
      const white = random() * 2 - 1;
      deep += (white - deep) * 0.02;
      bright += (white - bright) * (0.05 + 0.16 * wave * wave);
      const edge = smooth(seconds / 0.25) * smooth((placement.lasts - seconds) / 0.25);
      return (deep * 1.6 + (bright - deep) * (0.15 + 0.6 * wave * wave)) * edge;
    });
  }
}

/** A drop that hits water: a short tone that rises. */
export function addDrop(sound: Sound, placement: Placement): void {
  let phase = 0;
  add(sound, placement, (_, seconds) => {
    phase += ((340 + 900 * smooth(seconds / 0.11)) * TURN) / SAMPLE_RATE_HZ;
    return Math.sin(phase) * smooth(seconds / 0.004) * Math.exp(-seconds * 15);
  });
}

/** A projector at work: soft ticks in a steady row. */
export function addTicks(
  sound: Sound,
  placement: Placement & { seed: number; perSecond: number },
): void {
  const random = chance(placement.seed);
  let body = 0;
  add(sound, placement, (_, seconds) => {
    const since = (seconds * placement.perSecond) % 1;
    const isAccent = Math.floor(seconds * placement.perSecond) % 4 === 0;
    body += (random() * 2 - 1 - body) * 0.32;
    const edge = smooth(seconds / 0.4) * smooth((placement.lasts - seconds) / 0.4);
    return body * Math.exp(-since * 16) * (isAccent ? 1 : 0.6) * edge;
  });
}

/** Adds echoes that wander from side to side, a little duller each time. */
export function addEcho(sound: Sound, delaySeconds: number, feedback: number): void {
  const delay = Math.round(delaySeconds * SAMPLE_RATE_HZ);
  const { left, right } = sound;
  for (let at = delay; at < left.length; at += 1) {
    const [before, other] = [right[at - delay] ?? 0, left[at - delay] ?? 0];
    left[at] = (left[at] ?? 0) + before * feedback;
    right[at] = (right[at] ?? 0) + other * feedback;
  }
}

/** The sound as interleaved 16-bit samples, loud enough that its highest peak is `peakDb` below full scale. */
export function toPcm({ left, right }: Sound, peakDb: number): Buffer {
  let peak = 1e-9;
  for (const side of [left, right])
    for (const value of side) peak = Math.max(peak, Math.abs(value));
  const gain = (32_767 * 10 ** (peakDb / 20)) / peak;
  const pcm = Buffer.alloc(left.length * 4);
  for (let at = 0; at < left.length; at += 1) {
    pcm.writeInt16LE(Math.round((left[at] ?? 0) * gain), at * 4);
    pcm.writeInt16LE(Math.round((right[at] ?? 0) * gain), at * 4 + 2);
  }
  return pcm;
}

function add(
  sound: Sound,
  placement: Placement,
  voice: (sample: number, seconds: number) => number,
): void {
  const first = Math.round(placement.at * SAMPLE_RATE_HZ);
  const count = Math.min(Math.round(placement.lasts * SAMPLE_RATE_HZ), sound.left.length - first);
  const turn = (((placement.pan ?? 0) + 1) * Math.PI) / 4;
  const [toLeft, toRight] = [Math.cos(turn) * placement.gain, Math.sin(turn) * placement.gain];
  for (let sample = 0; sample < count; sample += 1) {
    const value = voice(sample, sample / SAMPLE_RATE_HZ);
    sound.left[first + sample] = (sound.left[first + sample] ?? 0) + value * toLeft;
    sound.right[first + sample] = (sound.right[first + sample] ?? 0) + value * toRight;
  }
}

function smooth(share: number): number {
  const t = Math.min(1, Math.max(0, share));
  return t * t * (3 - 2 * t);
}
