import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Speed, speedSchema } from '../../model/sourceRange.ts';

const LARGEST_PART = 1_000_000;

/** A speed as people and scripts write it: a fraction above zero, or a percentage with up to four decimals (`"12.5%"`). */
export const speedInputSchema = z
  .union([
    z.strictObject({
      num: speedSchema.shape.num.min(1),
      den: speedSchema.shape.den,
    }),
    z.string().regex(/^\d{1,6}(\.\d{1,4})?%$/),
  ])
  .describe('A fraction ({"num": 1, "den": 2}) or a percentage ("50%"); 1/1000 to 1000.');

/** The exact, reduced fraction that `input` means. Refuses `edit/bad-speed` below a thousandth and above 1000. */
export function resolveSpeed(input: z.infer<typeof speedInputSchema>): Speed {
  if (typeof input !== 'string') return usableSpeed(BigInt(input.num), BigInt(input.den));
  const [whole = '0', decimals = ''] = input.slice(0, -1).split('.');
  return usableSpeed(BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length));
}

/**
 * The reduced fraction num/den, or the nearest with parts up to a million. Refuses `edit/bad-speed` below a thousandth
 * and above 1000.
 */
export function usableSpeed(num: bigint, den: bigint): Speed {
  if (num * 1000n < den || num > 1000n * den) {
    refuse('edit/bad-speed', 'A speed can be between 0.1% and 100,000%.', {
      percent: (Number(num) / Number(den)) * 100,
    });
  }
  return nearestFraction(num, den);
}

/** The last convergent of the continued fraction of num/den (above zero) with parts up to a million. */
function nearestFraction(num: bigint, den: bigint): Speed {
  let [rest, divisor] = [num, den];
  let [before, last] = [
    [0n, 1n],
    [1n, 0n],
  ] as [[bigint, bigint], [bigint, bigint]];
  while (divisor !== 0n) {
    const quotient = rest / divisor;
    const next: [bigint, bigint] = [quotient * last[0] + before[0], quotient * last[1] + before[1]];
    if (next[0] > LARGEST_PART || next[1] > LARGEST_PART) break;
    [before, last] = [last, next];
    [rest, divisor] = [divisor, rest % divisor];
  }
  return { num: Number(last[0]), den: Number(last[1]) };
}
