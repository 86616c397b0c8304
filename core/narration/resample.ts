/** Zero crossings of the filter on each side, at the lower of the two rates. */
const CROSSINGS = 32;
/** Sidelobes some 90 dB down. */
const KAISER_BETA = 9;
/** Share of the lower band that passes untouched. */
const PASS = 0.95;

/**
 * Sound at another sample rate, by a windowed sinc for each of the places that samples of one rate take between those of
 * the other. The result has `ceil(samples · to / from)` samples, and begins where the sound does. The same on every
 * computer, whatever its ffmpeg.
 */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return Float32Array.from(samples);
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const [up, down] = [toHz / divisor, fromHz / divisor];
  const filters = filtersOf(up, down);
  const half = Math.floor((filters[0]?.length ?? 0) / 2);
  const count = Math.ceil((samples.length * up) / down);
  const out = new Float32Array(count);
  // With silence around it no filter reaches beyond its ends.
  const sound = new Float64Array(samples.length + 2 * half);
  sound.set(samples, half - 1);
  for (let index = 0; index < count; index++) {
    const position = index * down;
    const base = Math.floor(position / up);
    const taps = filters[position % up];
    if (taps !== undefined) out[index] = filtered(sound, base, taps);
  }
  return out;
}

function filtered(sound: Float64Array, from: number, taps: Float64Array): number {
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap++) sum += (sound[from + tap] ?? 0) * (taps[tap] ?? 0);
  return sum;
}

const kept = new Map<string, readonly Float64Array[]>();

/** The filters of a pair of rates, one for each place between two samples. */
function filtersOf(up: number, down: number): readonly Float64Array[] {
  const key = `${up}/${down}`;
  const known = kept.get(key);
  if (known) return known;
  const scale = Math.min(1, up / down) * PASS;
  const half = Math.ceil(CROSSINGS / scale);
  const made = Array.from({ length: up }, (_, phase) => {
    const taps = Float64Array.from({ length: 2 * half }, (_unused, tap) => {
      const distance = tap - half + 1 - phase / up;
      const inside = 1 - (distance / half) ** 2;
      return inside <= 0
        ? 0
        : scale * sinc(scale * distance) * bessel(KAISER_BETA * Math.sqrt(inside));
    });
    const sum = taps.reduce((total, value) => total + value, 0);
    return taps.map((value) => value / sum);
  });
  kept.set(key, made);
  return made;
}

function sinc(x: number): number {
  const angle = Math.PI * x;
  return Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
