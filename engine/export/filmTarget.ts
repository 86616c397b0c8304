import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportSettings } from '#core/render/settings.ts';
import { checkTarget, type OutputOptions, writeOutput } from '../files/outputFile.ts';
import { checkFolderTarget, writeOutputFolder } from '../files/outputFolder.ts';
import { PICTURE_NAME } from './join/joinPictures.ts';

const isOurs = (name: string) => PICTURE_NAME.test(name);

/** Refuses now what `writeFilm` would refuse later. */
export function checkFilmTarget(
  { container }: ExportSettings,
  output: string,
  options: OutputOptions,
): Promise<void> {
  if (container === 'pictures') return checkFolderTarget(output, { ...options, isOurs });
  return checkTarget(output, options);
}

/** Writes the file of a film, or the folder of its pictures: all of it or nothing, see `writeOutput`. */
export function writeFilm<T>(
  { container }: ExportSettings,
  output: string,
  options: OutputOptions,
  produce: (temporary: string) => Promise<T>,
): Promise<T> {
  if (container === 'pictures') return writeOutputFolder(output, { ...options, isOurs }, produce);
  return writeOutput(output, options, produce);
}

/** Bytes of the file of a film, or of all of its pictures. */
export async function outputBytes(output: string): Promise<number> {
  const there = await stat(output);
  if (!there.isDirectory()) return there.size;
  let bytes = 0;
  for (const name of await readdir(output)) bytes += (await stat(join(output, name))).size;
  return bytes;
}
