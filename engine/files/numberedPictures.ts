import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';

/** A file whose name ends in a number before its extension: `shot_0042.png`. */
export type NumberedFile = {
  name: string;
  number: number;
  /** How the number is written, and what stands around it. */
  digits: string;
  before: string;
  after: string;
};

const LAST_NUMBER = /\d+(?=\.[^.]+$)/;
/** What ffmpeg can count to and print. */
const MOST_NUMBER = 2 ** 31 - 1;
const MOST_DIGITS = 19;

/**
 * Numbered pictures of a folder in the order of their numbers; with a name, only those that differ from it in nothing
 * but the number. Hidden ones are left out unless the name is that of one. None where the folder cannot be read.
 */
export async function numberedPictures(
  folder: string,
  like: string | null,
): Promise<NumberedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) =>
      like === null
        ? !name.startsWith('.') && /^\.(png|jpe?g|tiff?|exr)$/i.test(extname(name))
        : shapeOf(name) === shapeOf(like),
    )
    .flatMap((name) => numberOf(name) ?? [])
    .sort((a, b) => a.number - b.number);
}

/** The number in a name; null where there is none that can be counted on. */
export function numberOf(name: string): NumberedFile | null {
  const found = LAST_NUMBER.exec(name);
  if (found === null) return null;
  const [digits] = found;
  const number = Number(digits);
  if (digits.length > MOST_DIGITS || number > MOST_NUMBER) return null;
  const before = name.slice(0, found.index);
  return { name, number, digits, before, after: name.slice(found.index + digits.length) };
}

/** What names of one sequence have in common. A slash stands in no name. */
function shapeOf(name: string): string {
  return name.replace(LAST_NUMBER, '/');
}
