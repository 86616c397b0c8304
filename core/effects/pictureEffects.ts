import { animated, choice, type EffectDefinition, fixed } from './parameters.ts';

/*
 * Ranges lie within what filters of ffmpeg 5.1 take (named at each effect), and lengths are shares of the picture’s
 * height, so that a small preview and a large export look alike. What a filter cannot change while it runs is fixed.
 */

const share = { unit: 'share' } as const;

/** `exposure`, `eq`, `colortemperature`, `colorbalance`, `lutrgb`, `lut3d`, `hue`. */
const COLOR = {
  exposure: color('Exposure', {
    stops: animated('Exposure', [-3, 0, 3], { unit: 'stops', step: 0.05 }),
    black: animated('Black level', [-1, 0, 1], { step: 0.005 }),
  }),
  contrast: color('Contrast', {
    contrast: animated('Contrast', [0, 1, 4], { unit: 'factor' }),
    pivot: animated('Pivot', [0, 0.5, 1], share),
    brightness: animated('Brightness', [-1, 0, 1]),
  }),
  saturation: color('Saturation', {
    saturation: animated('Saturation', [0, 1, 3], { unit: 'factor' }),
    hue: animated('Hue', [-180, 0, 180], { unit: 'degrees', step: 1 }),
  }),
  whiteBalance: color('White balance', {
    temperature: animated('Temperature', [1_500, 6_500, 15_000], { unit: 'kelvin', step: 50 }),
    tint: animated('Tint', [-1, 0, 1]),
  }),
  liftGammaGain: color('Lift, gamma, gain', {
    ...channels('lift', 'Lift', [-0.5, 0, 0.5]),
    ...channels('gamma', 'Gamma', [0.1, 1, 4]),
    ...channels('gain', 'Gain', [0, 1, 4]),
  }),
  lut: color('LUT', {
    file: { kind: 'file', label: 'Table', extensions: ['cube'], default: '' },
    interpolation: choice('Interpolation', ['tetrahedral', 'trilinear', 'nearest']),
    strength: animated('Strength', [0, 1, 1], share),
  }),
  blackAndWhite: color('Black and white', {
    amount: animated('Amount', [0, 1, 1], share),
    red: animated('Red', [-2, 0.2126, 3]),
    green: animated('Green', [-2, 0.7152, 3]),
    blue: animated('Blue', [-2, 0.0722, 3]),
  }),
} satisfies Record<string, EffectDefinition>;

/** `gblur`, `unsharp`, `vignette`, `hflip`, `vflip`. */
const LOOK = {
  blur: picture('Blur', 'Blur and sharpen', {
    radius: animated('Radius', [0, 0.01, 0.25], { unit: 'share', step: 0.001 }),
    edges: choice('Edges', ['repeat', 'transparent']),
  }),
  sharpen: picture('Sharpen', 'Blur and sharpen', {
    amount: fixed('Amount', [0, 1, 5], { unit: 'factor' }),
    size: fixed('Size', [3, 5, 23], { step: 2 }),
  }),
  vignette: picture('Vignette', 'Stylise', {
    amount: animated('Amount', [-1, 0.5, 1], share),
    size: animated('Size', [0, 0.75, 2], share),
    softness: animated('Softness', [0, 0.5, 1], share),
    centerX: animated('Centre across', [0, 0.5, 1], share),
    centerY: animated('Centre down', [0, 0.5, 1], share),
  }),
  flip: picture('Flip', 'Transform', {
    direction: choice('Direction', ['horizontal', 'vertical', 'both']),
  }),
  mirror: picture('Mirror', 'Transform', {
    keep: choice('Half to keep', ['left', 'right', 'top', 'bottom']),
  }),
} satisfies Record<string, EffectDefinition>;

/** `chromakey`, `despill`, `lumakey`, `geq`, `alphamerge`. */
const KEYS = {
  chromaKey: picture('Chroma key', 'Key and mask', {
    color: { kind: 'color', label: 'Colour', default: '#00b140' },
    similarity: animated('Similarity', [0.01, 0.12, 1], { unit: 'share', step: 0.005 }),
    softness: animated('Softness', [0, 0.05, 1], { unit: 'share', step: 0.005 }),
    spill: animated('Spill suppression', [0, 0.5, 1], share),
  }),
  lumaKey: picture('Luma key', 'Key and mask', {
    threshold: animated('Threshold', [0, 0, 1], share),
    tolerance: animated('Tolerance', [0, 0.1, 1], share),
    softness: animated('Softness', [0, 0.05, 1], share),
    invert: choice('Take away', ['matching', 'other']),
  }),
  shapeMask: picture('Shape mask', 'Key and mask', {
    shape: choice('Shape', ['rectangle', 'ellipse']),
    centerX: animated('Centre across', [-1, 0.5, 2], share),
    centerY: animated('Centre down', [-1, 0.5, 2], share),
    width: animated('Width', [0, 0.5, 3], share),
    height: animated('Height', [0, 0.5, 3], share),
    rotation: animated('Rotation', [-3_600, 0, 3_600], { unit: 'degrees', step: 1 }),
    corner: animated('Corner radius', [0, 0, 1], share),
    feather: animated('Feather', [0, 0.02, 1], { unit: 'share', step: 0.005 }),
    keep: choice('Keep', ['inside', 'outside']),
  }),
} satisfies Record<string, EffectDefinition>;

/** `hqdn3d`, `nlmeans`; `vidstabdetect` with `vidstabtransform`, or `deshake`; `bwdif`, `yadif`. */
const REPAIR = {
  denoise: picture('Denoise', 'Repair', {
    method: choice('Method', ['fast', 'thorough']),
    spatial: fixed('Within a frame', [0, 4, 20], { step: 0.5 }),
    temporal: fixed('Between frames', [0, 6, 30], { step: 0.5 }),
  }),
  stabilize: picture('Stabilise', 'Repair', {
    smoothing: fixed('Smoothing', [0, 0.6, 10], { unit: 'seconds', step: 0.1 }),
    zoom: fixed('Extra zoom', [0, 0, 0.5], share),
    borders: choice('Borders', ['zoom', 'keep', 'black']),
    camera: choice('Camera', ['moving', 'still']),
  }),
  deinterlace: picture('Deinterlace', 'Repair', {
    method: choice('Method', ['bwdif', 'yadif']),
    fields: choice('First field', ['as recorded', 'top', 'bottom']),
    frames: choice('Frames', ['all', 'marked as interlaced']),
  }),
} satisfies Record<string, EffectDefinition>;

/** Effects on pictures, in the order of the menu. */
export const PICTURE_EFFECTS = { ...COLOR, ...LOOK, ...KEYS, ...REPAIR };

function picture(
  label: string,
  group: string,
  parameters: EffectDefinition['parameters'],
): EffectDefinition {
  return { label, group, of: 'picture', parameters };
}

function color(label: string, parameters: EffectDefinition['parameters']): EffectDefinition {
  return picture(label, 'Colour', parameters);
}

/** A number for the whole picture and one for each of its colours. */
function channels(name: string, label: string, range: readonly [number, number, number]) {
  const parts = ['', 'Red', 'Green', 'Blue'];
  return Object.fromEntries(
    parts.map((part) => [
      `${name}${part}`,
      animated(part === '' ? label : `${label}, ${part.toLowerCase()}`, range),
    ]),
  );
}
