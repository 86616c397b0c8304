import { basename, dirname, extname, resolve } from 'node:path';
import { refuse } from '#core/fault.ts';
import { type NumberedFile, numberedPictures, numberOf } from '../../files/numberedPictures.ts';
import { needMediaFile } from '../readFault.ts';

/** Pictures that follow one another by their numbers, at least two. */
export type NumberedPictures = {
  folder: string;
  /** All of them, in order. */
  names: string[];
  first: NumberedFile;
  last: NumberedFile;
  /** How many digits a number has at least; zeros stand before one with fewer. */
  digits: number;
  /** Pictures of the same name before the gap below and after the gap above. */
  beyondGaps: number;
};

const KINDS = /^\.(png|jpe?g|tiff?|webp|bmp)$/i;

/**
 * All pictures that stand in a row with the one at `path`: its name but for the last number, and numbers without a gap.
 * Refuses `media/not-a-picture` (of no kind that can be put in a row), `media/not-numbered`, `media/one-picture`, and what
 * `needMediaFile` refuses.
 */
export async function findNumbered(path: string): Promise<NumberedPictures> {
  const file = resolve(path);
  const name = basename(file);
  await needMediaFile(file);
  if (!KINDS.test(extname(name))) {
    refuse(
      'media/not-a-picture',
      `“${name}” is no PNG, JPEG, TIFF, WebP or BMP. Choose a picture of one of these kinds.`,
      { path },
    );
  }
  const chosen = numberOf(name);
  if (chosen === null) {
    refuse(
      'media/not-numbered',
      `“${name}” has no number at the end of its name. Choose one of pictures such as “shot_0001.png” and “shot_0002.png”.`,
      { path },
    );
  }
  const folder = dirname(file);
  const found = rowAround(chosen, await numberedPictures(folder, name));
  const [first, last] = [found.row[0], found.row.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    const others = found.beyondGaps > 0 ? ' Others have that name, with a gap between.' : '';
    refuse(
      'media/one-picture',
      `No picture follows “${name}” or stands before it.${others} Import it as a picture, or look at the numbers.`,
      { path, beyondGaps: found.beyondGaps },
    );
  }
  const { digits, beyondGaps } = found;
  return { folder, names: found.row.map((one) => one.name), first, last, digits, beyondGaps };
}

type Row = { row: NumberedFile[]; digits: number; beyondGaps: number };

/**
 * The row that a picture stands in. A number without zeros before it, 100, may follow 99 or 099: the way of writing that
 * gives the longer row counts, of equal ones that without zeros.
 */
function rowAround(chosen: NumberedFile, all: readonly NumberedFile[]): Row {
  const { length } = chosen.digits;
  const widths = chosen.digits.startsWith('0')
    ? [length]
    : Array.from({ length }, (_, index) => index + 1);
  return widths
    .map((digits) => rowOf(chosen, all, digits))
    .reduce((best, row) => (row.row.length > best.row.length ? row : best));
}

function rowOf(chosen: NumberedFile, all: readonly NumberedFile[], digits: number): Row {
  const alike = new Map(
    all
      .filter((one) => String(one.number).padStart(digits, '0') === one.digits)
      .map((one) => [one.number, one]),
  );
  let first = chosen.number;
  while (alike.has(first - 1)) first -= 1;
  const row: NumberedFile[] = [];
  for (let one = alike.get(first); one !== undefined; one = alike.get(one.number + 1))
    row.push(one);
  return { row, digits, beyondGaps: alike.size - row.length };
}
