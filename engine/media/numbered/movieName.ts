import { join } from 'node:path';
import type { NumberedPictures } from './findNumbered.ts';

/**
 * Where the movie of numbered pictures stands unless somebody says otherwise: beside them, under what their names have in
 * common and their first and last number, `shot 0001–0120.mov`.
 */
export function movieBeside({ folder, first, last }: NumberedPictures): string {
  const name = first.before.replace(/[\s._#-]+$/, '');
  const numbers = `${first.digits}–${last.digits}.mov`;
  return join(folder, name === '' ? numbers : `${name} ${numbers}`);
}
