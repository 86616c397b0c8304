import { clearPicture, type Picture } from '../compose/picture.ts';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRows } from './slateFont.ts';

type Color = readonly [number, number, number];
const GROUND: Color = [28, 33, 42];
const BRIGHT: Color = [233, 236, 241];
const DIM: Color = [170, 179, 192];

const MATTERS = { offline: 'Media offline', changed: 'Media changed' };

/** A plain picture that stands for a file that cannot be used: what is the matter, and the name of the file. */
export function slatePicture(
  size: { width: number; height: number },
  { name, state }: { name: string; state: keyof typeof MATTERS },
): Picture {
  const picture = clearPicture(size.width, size.height);
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([...GROUND, 255], at);
  const unit = Math.max(1, Math.floor(Math.min(size.width, size.height) / 120));
  const middle = Math.round(size.height / 2);
  writeLine(picture, MATTERS[state], { unit: unit * 2, bottom: middle, color: BRIGHT });
  const below = middle + (GLYPH_HEIGHT + 6) * unit;
  writeLine(picture, shortened(name, size.width, unit), { unit, bottom: below, color: DIM });
  return picture;
}

/** As much of a name as fits into nine tenths of the width; its end, with the kind of file, is kept. */
function shortened(name: string, width: number, unit: number): string {
  const fits = Math.max(8, Math.floor((width * 0.9) / (unit * (GLYPH_WIDTH + 1))));
  const letters = [...plain(name)];
  if (letters.length <= fits) return letters.join('');
  const head = Math.ceil((fits - 3) / 2);
  return `${letters.slice(0, head).join('')}...${letters.slice(head + 3 - fits).join('')}`;
}

/** Dashes, quotes and the sharp s in letters that have glyphs. */
function plain(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[‐-―]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/ß/g, 'ss');
}

function writeLine(
  picture: Picture,
  text: string,
  { unit, bottom, color }: { unit: number; bottom: number; color: Color },
): void {
  const letters = [...text];
  const advance = (GLYPH_WIDTH + 1) * unit;
  const left = Math.round((picture.width - (letters.length * advance - unit)) / 2);
  letters.forEach((letter, index) => {
    glyphRows(letter).forEach((row, line) => {
      for (let column = 0; column < GLYPH_WIDTH; column++) {
        if (((row >> (GLYPH_WIDTH - 1 - column)) & 1) === 0) continue;
        fillSquare(
          picture,
          left + index * advance + column * unit,
          bottom - (GLYPH_HEIGHT - line) * unit,
          { unit, color },
        );
      }
    });
  });
}

function fillSquare(
  picture: Picture,
  left: number,
  top: number,
  { unit, color }: { unit: number; color: Color },
): void {
  for (let y = Math.max(0, top); y < Math.min(picture.height, top + unit); y++) {
    for (let x = Math.max(0, left); x < Math.min(picture.width, left + unit); x++) {
      picture.data.set(color, (y * picture.width + x) * 4);
    }
  }
}
