import { type EffectValues, numberOf } from './effectValues.ts';
import {
  type ColorMatrix,
  type PixelEffect,
  tableOf,
  throughMatrix,
  throughTables,
} from './pixels.ts';

/** Shares of red, green and blue in the brightness of BT.709. */
const RED = 0.2126;
const GREEN = 0.7152;
const BLUE = 0.0722;

/** Effects on colour. Formulas work on coded values from 0 to 1. */
export const COLOR_EFFECTS: Readonly<Record<string, (values: EffectValues) => PixelEffect>> = {
  /** (v − black) ÷ (2^−stops − black): the black level goes to 0, what is `stops` below white to 1. */
  exposure(values) {
    const black = numberOf(values, 'black');
    const range = Math.max(1e-3, 2 ** -numberOf(values, 'stops') - black);
    return sameTable((value) => (value - black) / range);
  },
  /** Away from the pivot by a factor, then brighter. */
  contrast(values) {
    const pivot = numberOf(values, 'pivot');
    const factor = numberOf(values, 'contrast');
    const brightness = numberOf(values, 'brightness');
    return sameTable((value) => (value - pivot) * factor + pivot + brightness);
  },
  /** Colour differences of BT.709, turned by the hue and stretched by the saturation; brightness stays. */
  saturation(values) {
    const angle = (numberOf(values, 'hue') * Math.PI) / 180;
    const factor = numberOf(values, 'saturation');
    const matrix = differenceMatrix(Math.cos(angle) * factor, Math.sin(angle) * factor);
    return (pixels) => throughMatrix(pixels, matrix);
  },
  /** Factors for the colours: those of a black body at the temperature against one at 6500 K, green by the tint. */
  whiteBalance(values) {
    const wanted = bodyColor(numberOf(values, 'temperature'));
    const neutral = bodyColor(6_500);
    const tint = 1 - 0.3 * numberOf(values, 'tint');
    const factors = [0, 1, 2].map(
      (channel) => ((wanted[channel] ?? 1) / (neutral[channel] ?? 1)) * (channel === 1 ? tint : 1),
    );
    return tables((channel) => (value) => value * (factors[channel] ?? 1));
  },
  /** (gain × (v + lift × (1 − v))) to the power of 1 ÷ gamma; those of one colour are added or multiplied. */
  liftGammaGain(values) {
    const of = (name: string, channel: number) =>
      numberOf(values, `${name}${['Red', 'Green', 'Blue'][channel] ?? ''}`);
    return tables((channel) => {
      const lift = numberOf(values, 'lift') + of('lift', channel);
      const gamma = numberOf(values, 'gamma') * of('gamma', channel);
      const gain = numberOf(values, 'gain') * of('gain', channel);
      return (value) => Math.max(0, gain * (value + lift * (1 - value))) ** (1 / gamma);
    });
  },
  /** Towards the sum of the weighed colours. */
  blackAndWhite(values) {
    const amount = numberOf(values, 'amount');
    const [red, green, blue] = (['red', 'green', 'blue'] as const).map(
      (name) => amount * numberOf(values, name),
    ) as [number, number, number];
    const own = 1 - amount;
    const matrix: ColorMatrix = [
      own + red,
      green,
      blue,
      red,
      own + green,
      blue,
      red,
      green,
      own + blue,
    ];
    return (pixels) => throughMatrix(pixels, matrix);
  },
};

function sameTable(formula: (value: number) => number): PixelEffect {
  return tables(() => formula);
}

function tables(formulaOf: (channel: number) => (value: number) => number): PixelEffect {
  const three = [0, 1, 2].map((channel) => tableOf(formulaOf(channel))) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  return (pixels) => throughTables(pixels, three);
}

/** The matrix that turns and stretches Cb and Cr: `cos` and `sin` of the turn times the stretch. */
function differenceMatrix(cos: number, sin: number): ColorMatrix {
  const toBlue = 2 * (1 - BLUE);
  const toRed = 2 * (1 - RED);
  const colorOf = (red: number, green: number, blue: number) => {
    const luma = RED * red + GREEN * green + BLUE * blue;
    const cb = (blue - luma) / toBlue;
    const cr = (red - luma) / toRed;
    const turnedCb = cb * cos - cr * sin;
    const turnedCr = cb * sin + cr * cos;
    const newRed = luma + toRed * turnedCr;
    const newBlue = luma + toBlue * turnedCb;
    return [newRed, (luma - RED * newRed - BLUE * newBlue) / GREEN, newBlue] as const;
  };
  const [r, g, b] = [colorOf(1, 0, 0), colorOf(0, 1, 0), colorOf(0, 0, 1)];
  return [r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]];
}

/** Red, green and blue of a black body. Source: Tanner Helland's fit to Mitchell Charity's table of black-body colours. */
function bodyColor(kelvin: number): [number, number, number] {
  const hundreds = kelvin / 100;
  const red = hundreds <= 66 ? 255 : 329.698727446 * (hundreds - 60) ** -0.1332047592;
  const green =
    hundreds <= 66
      ? 99.4708025861 * Math.log(hundreds) - 161.1195681661
      : 288.1221695283 * (hundreds - 60) ** -0.0755148492;
  const blue =
    hundreds >= 66
      ? 255
      : hundreds <= 19
        ? 0
        : 138.5177312231 * Math.log(hundreds - 10) - 305.0447927307;
  const cut = (value: number) => Math.min(255, Math.max(1, value)) / 255;
  return [cut(red), cut(green), cut(blue)];
}
