import type { Fault } from '../fault.ts';
import { formatRate, type Rate } from '../time/rate.ts';

/** What a platform takes of films. */
export type PresetLimits = {
  platform: string;
  /** Whether what is longer is rejected, or becomes something else. */
  longest?: { seconds: number; isRejected: boolean };
  shortestSeconds?: number;
  shape?: '9:16' | 'square-or-taller';
  frameRates?: { min: number; max: number };
  /** Of either side, in pixels. */
  sides?: { min: number; max: number };
};

export type LimitedFilm = { width: number; height: number; frameRate: Rate; seconds: number };

/**
 * What of a film lies outside a platform's limits, each with a sentence that says what to do: `stops` are what it
 * rejects (`export/too-long-for-platform`, `export/too-short-for-platform`, `export/frame-rate-for-platform`,
 * `export/size-for-platform`), `warnings` what it shows otherwise (`export/too-long-for-platform`,
 * `export/shape-for-platform`).
 */
export function limitFaults(
  limits: PresetLimits,
  film: LimitedFilm,
): { stops: Fault[]; warnings: Fault[] } {
  const { platform, longest, shortestSeconds, frameRates, sides } = limits;
  const { width, height, seconds, frameRate } = film;
  const stops: Fault[] = [];
  const warnings: Fault[] = [];
  const fault = (kind: string, message: string): Fault => ({
    code: `export/${kind}-for-platform`,
    message,
    details: { platform, ...film },
  });
  if (longest !== undefined && seconds > longest.seconds) {
    const much = `${platform} takes films of up to ${inWords(longest.seconds)}; this one lasts ${inWords(seconds)}.`;
    if (longest.isRejected) {
      stops.push(fault('too-long', `${much} Export a shorter range, or choose another preset.`));
    } else {
      warnings.push(
        fault('too-long', `${much} It will appear as an ordinary video. Export a shorter range.`),
      );
    }
  }
  if (shortestSeconds !== undefined && seconds < shortestSeconds) {
    stops.push(
      fault(
        'too-short',
        `${platform} takes films of ${inWords(shortestSeconds)} and more; this one lasts ${inWords(seconds)}. Make it longer, or choose another preset.`,
      ),
    );
  }
  const rate = frameRate.num / frameRate.den;
  if (frameRates !== undefined && (rate < frameRates.min || rate > frameRates.max)) {
    stops.push(
      fault(
        'frame-rate',
        `${platform} takes ${frameRates.min} to ${frameRates.max} frames a second; this film has ${formatRate(frameRate)}. Choose a frame rate in between.`,
      ),
    );
  }
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  // Only the columns are limited where the least is no limit at all.
  if (sides !== undefined && (short < sides.min || long > sides.max)) {
    stops.push(
      fault(
        'size',
        `${platform} takes pictures with sides of ${sides.min} to ${sides.max} pixels; this film has ${width} × ${height}. Choose another size.`,
      ),
    );
  }
  const shape = shapeTrouble(limits, film);
  if (shape !== null) warnings.push(fault('shape', shape));
  return { stops, warnings };
}

function shapeTrouble(
  { platform, shape }: PresetLimits,
  { width, height }: LimitedFilm,
): string | null {
  if (shape === 'square-or-taller' && width > height) {
    return `${platform} are square or taller than wide; this film is ${width} × ${height} and will appear as an ordinary video. Change the timeline’s size to an upright one.`;
  }
  // Within a hundredth, which even sides may take.
  if (shape === '9:16' && Math.abs((width * 16) / (height * 9) - 1) > 0.01) {
    return `${platform} shows films of 9:16 in full; this one is ${width} × ${height}, so it will be cut off or have bars. Change the timeline’s size to 1080 × 1920.`;
  }
  return null;
}

/** `12 hours`, `3 minutes`, `2.5 minutes`, `45 seconds`. */
function inWords(seconds: number): string {
  const [size, word] =
    seconds >= 7200 ? [3600, 'hour'] : seconds >= 120 ? [60, 'minute'] : [1, 'second'];
  const count = Math.round((seconds / size) * 10) / 10;
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
