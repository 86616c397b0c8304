import type { LineStyle } from '../print/themes.ts';
import type { CoverTemplateId, PaletteId } from './coverDesign.ts';

/** Where words stand on the front, in shares of its width and height, and how. */
export type CoverText = {
  x: number;
  y: number;
  width: number;
  height: number;
  align: 'left' | 'center' | 'right';
  /** Where lines gather in the box. */
  stand: 'top' | 'horizon' | 'bottom';
  style: LineStyle;
  /** Largest size as a share of the width. */
  most: number;
  color: 'ink' | 'paper' | 'accent';
};

export type CoverTemplate = {
  id: CoverTemplateId;
  name: string;
  palette: PaletteId;
  title: CoverText;
  subtitle: CoverText;
  author: CoverText;
  /** Where a picture goes instead of drawn art; absent: over the whole front, behind the words. */
  picture: { x: number; y: number; width: number; height: number };
  /** Whether spine and back are of the ink with words of the paper’s colour. */
  isDarkBack: boolean;
};

const FULL = { x: 0, y: 0, width: 1, height: 1 };
const SIDE = { x: 0.1, width: 0.8 };

function text(
  place: Partial<CoverText> & Pick<CoverText, 'y' | 'height' | 'most' | 'style'>,
): CoverText {
  return { ...SIDE, align: 'center', stand: 'top', color: 'ink', ...place };
}

export const TEMPLATES: Readonly<Record<CoverTemplateId, CoverTemplate>> = {
  lamp: {
    id: 'lamp',
    name: 'Lamp',
    palette: 'harbour',
    picture: { x: 0, y: 0, width: 1, height: 0.44 },
    isDarkBack: true,
    title: text({ y: 0.5, height: 0.24, most: 0.125, style: { font: 'literata' } }),
    subtitle: text({
      y: 0.755,
      height: 0.07,
      most: 0.045,
      style: { font: 'literata', italic: true },
    }),
    author: text({
      y: 0.86,
      height: 0.07,
      most: 0.052,
      style: { font: 'literata' },
      stand: 'bottom',
    }),
  },
  plain: {
    id: 'plain',
    name: 'Plain',
    palette: 'chalk',
    picture: { x: 0.1, y: 0.42, width: 0.8, height: 0.4 },
    isDarkBack: false,
    title: text({
      y: 0.09,
      height: 0.3,
      most: 0.16,
      align: 'left',
      style: { font: 'literata', tracking: -0.015 },
    }),
    subtitle: text({
      y: 0.41,
      height: 0.08,
      most: 0.05,
      align: 'left',
      style: { font: 'literata', italic: true },
      color: 'accent',
    }),
    author: text({
      y: 0.86,
      height: 0.07,
      most: 0.055,
      align: 'left',
      stand: 'bottom',
      style: { font: 'literata' },
    }),
  },
  bold: {
    id: 'bold',
    name: 'Bold',
    palette: 'ember',
    picture: FULL,
    isDarkBack: false,
    title: text({
      x: 0.08,
      width: 0.84,
      y: 0.22,
      height: 0.46,
      most: 0.24,
      align: 'left',
      stand: 'bottom',
      style: { font: 'fira', weight: 800, letters: 'upper', tracking: -0.01 },
    }),
    subtitle: text({
      x: 0.08,
      width: 0.84,
      y: 0.725,
      height: 0.08,
      most: 0.05,
      align: 'left',
      style: { font: 'fira', weight: 500 },
      color: 'accent',
    }),
    author: text({
      x: 0.08,
      width: 0.84,
      y: 0.08,
      height: 0.08,
      most: 0.07,
      align: 'left',
      style: { font: 'fira', weight: 600, letters: 'upper', tracking: 0.08 },
      color: 'accent',
    }),
  },
  frame: {
    id: 'frame',
    name: 'Frame',
    palette: 'sand',
    picture: { x: 0.22, y: 0.4, width: 0.56, height: 0.32 },
    isDarkBack: true,
    title: text({
      x: 0.16,
      width: 0.68,
      y: 0.15,
      height: 0.24,
      most: 0.11,
      stand: 'horizon',
      style: { font: 'garamond', letters: 'small-caps', tracking: 0.05 },
    }),
    subtitle: text({
      x: 0.18,
      width: 0.64,
      y: 0.41,
      height: 0.08,
      most: 0.05,
      style: { font: 'garamond', italic: true },
      color: 'accent',
    }),
    author: text({
      x: 0.16,
      width: 0.68,
      y: 0.79,
      height: 0.07,
      most: 0.058,
      stand: 'bottom',
      style: { font: 'garamond', letters: 'small-caps', tracking: 0.08 },
    }),
  },
  band: {
    id: 'band',
    name: 'Band',
    palette: 'ice',
    picture: { x: 0, y: 0, width: 1, height: 1 },
    isDarkBack: true,
    title: text({
      y: 0.335,
      height: 0.22,
      most: 0.13,
      stand: 'horizon',
      style: { font: 'alegreya', weight: 500 },
      color: 'paper',
    }),
    subtitle: text({
      y: 0.575,
      height: 0.08,
      most: 0.05,
      style: { font: 'alegreya', italic: true },
      color: 'paper',
    }),
    author: text({
      y: 0.84,
      height: 0.08,
      most: 0.065,
      stand: 'bottom',
      style: { font: 'alegreya', letters: 'small-caps', weight: 500, tracking: 0.06 },
    }),
  },
  horizon: {
    id: 'horizon',
    name: 'Horizon',
    palette: 'plum',
    picture: { x: 0, y: 0.42, width: 1, height: 0.58 },
    isDarkBack: true,
    title: text({ y: 0.08, height: 0.24, most: 0.14, style: { font: 'cormorant', weight: 600 } }),
    subtitle: text({
      y: 0.325,
      height: 0.06,
      most: 0.055,
      style: { font: 'cormorant', italic: true, weight: 500 },
    }),
    author: text({
      y: 0.88,
      height: 0.065,
      most: 0.06,
      stand: 'bottom',
      style: { font: 'cormorant', weight: 600, letters: 'small-caps', tracking: 0.08 },
      color: 'paper',
    }),
  },
  mosaic: {
    id: 'mosaic',
    name: 'Mosaic',
    palette: 'sand',
    picture: { x: 0, y: 0, width: 1, height: 0.52 },
    isDarkBack: false,
    title: text({
      x: 0.09,
      width: 0.82,
      y: 0.57,
      height: 0.22,
      most: 0.13,
      align: 'left',
      style: { font: 'fira', weight: 700, tracking: -0.005 },
    }),
    subtitle: text({
      x: 0.09,
      width: 0.82,
      y: 0.8,
      height: 0.06,
      most: 0.045,
      align: 'left',
      style: { font: 'fira', weight: 400 },
      color: 'accent',
    }),
    author: text({
      x: 0.09,
      width: 0.82,
      y: 0.89,
      height: 0.05,
      most: 0.05,
      align: 'left',
      stand: 'bottom',
      style: { font: 'fira', weight: 500 },
    }),
  },
  botanic: {
    id: 'botanic',
    name: 'Botanic',
    palette: 'moss',
    picture: { x: 0, y: 0.56, width: 1, height: 0.44 },
    isDarkBack: true,
    title: text({
      y: 0.1,
      height: 0.24,
      most: 0.13,
      style: { font: 'cormorant', italic: true, weight: 600 },
    }),
    subtitle: text({
      y: 0.35,
      height: 0.06,
      most: 0.05,
      style: { font: 'garamond' },
      color: 'accent',
    }),
    author: text({
      y: 0.43,
      height: 0.06,
      most: 0.05,
      style: { font: 'garamond', letters: 'small-caps', tracking: 0.1 },
    }),
  },
  night: {
    id: 'night',
    name: 'Night',
    palette: 'night',
    picture: { x: 0, y: 0, width: 1, height: 0.6 },
    isDarkBack: false,
    title: text({
      y: 0.42,
      height: 0.26,
      most: 0.135,
      stand: 'bottom',
      style: { font: 'alegreya', letters: 'small-caps', weight: 500, tracking: 0.03 },
    }),
    subtitle: text({
      y: 0.715,
      height: 0.07,
      most: 0.05,
      style: { font: 'alegreya', italic: true },
      color: 'accent',
    }),
    author: text({
      y: 0.86,
      height: 0.07,
      most: 0.055,
      stand: 'bottom',
      style: { font: 'alegreya', letters: 'small-caps', tracking: 0.1 },
    }),
  },
  photo: {
    id: 'photo',
    name: 'Picture',
    palette: 'night',
    picture: { x: 0, y: 0, width: 1, height: 0.66 },
    isDarkBack: false,
    title: text({
      y: 0.69,
      height: 0.16,
      most: 0.115,
      stand: 'horizon',
      style: { font: 'literata' },
    }),
    subtitle: text({
      y: 0.86,
      height: 0.04,
      most: 0.038,
      style: { font: 'literata', italic: true },
      color: 'accent',
    }),
    author: text({
      y: 0.91,
      height: 0.045,
      most: 0.045,
      stand: 'bottom',
      style: { font: 'literata' },
    }),
  },
};
