import { type BiquadCoefficients, filterSide } from '../soundEffects/biquad.ts';

/**
 * The K-weighting of ITU-R BS.1770-4 at any sample rate: the standard gives coefficients for 48 kHz only; these are the
 * analogue filters that they come from, by the bilinear transform.
 */
export function kWeighting(sampleRateHz: number): (samples: Float32Array) => void {
  const stages = [headShelf(sampleRateHz), highPass(sampleRateHz)].map((coefficients) => ({
    coefficients,
    state: new Float64Array(2),
  }));
  return (samples) => {
    for (const { coefficients, state } of stages) filterSide(samples, state, coefficients);
  };
}

function headShelf(sampleRateHz: number): BiquadCoefficients {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRateHz);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return [
    (high + (band * k) / q + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / q + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / q + k * k) / a0,
  ];
}

function highPass(sampleRateHz: number): BiquadCoefficients {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRateHz);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0];
}
