import { mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Loss } from '#core/book/loss.ts';
import { pictureFile } from '#core/book/pictureFile.ts';
import type { MediaFacts } from '#core/media/facts.ts';
import type { Asset } from '#core/model/entities.ts';
import { flicksFromSeconds } from '#core/time/flicks.ts';
import { writeOutputFolder } from '#engine/files/outputFolder.ts';
import { locationOf } from '#engine/media/assetLocation.ts';
import { identify } from '#engine/media/identity.ts';
import { probeMedia } from '#engine/media/probe.ts';
import { Cancelled } from '#engine/process/run.ts';
import type { ProjectFile } from '#engine/project/projectFile.ts';
import type { Ffmpeg } from '#engine/tools/ffmpeg.ts';
import { Archive } from './archive.ts';
import { bookPicture, MAX_PICTURE_BYTES } from './pictureSource.ts';

export type PictureWish = { source: string; path: string | null };

export type ImportedPictures = {
  /** What each picture of the source is called in the project; those that could not be had are missing. */
  names: Map<string, string>;
  commands: { type: string; [key: string]: unknown }[];
  losses: Loss[];
  /** The folder that was made for them, if one was. */
  folder: string | null;
};

type Context = {
  file: ProjectFile;
  tools: Ffmpeg;
  signal: AbortSignal;
  onProgress: (share: number, detail: string) => void;
};

/** Beyond this many, what a picture is comes from its own header instead of a program that is started for each. */
const PROBED = 200;

/**
 * Takes the pictures of a manuscript into the project: those of an archive into a folder beside it, those that are files
 * stay where they are. Names are unique in the project; a picture that is in it already under its name is not added
 * again. What cannot be had is a loss.
 */
export async function importPictures(
  sourcePath: string,
  title: string,
  wishes: readonly PictureWish[],
  context: Context,
): Promise<ImportedPictures> {
  const made: ImportedPictures = { names: new Map(), commands: [], losses: [], folder: null };
  const taken = new Map(context.file.project.all('asset').map((asset) => [asset.name, asset]));
  for (const { source, path } of wishes) {
    if (path !== null) await addFile(source, path, taken, made, context, wishes.length);
  }
  const packed = wishes.filter(({ path }) => path === null);
  if (packed.length === 0) return made;
  const folder = freeFolder(context.file.path, title);
  await mkdir(dirname(folder), { recursive: true });
  try {
    const written = await writeOutputFolder(folder, { isOurs: () => false }, (temporary) =>
      unpack(sourcePath, packed, { temporary, folder }, taken, made, context),
    );
    if (written > 0) made.folder = folder;
  } finally {
    if (made.folder === null) await removePictures(folder);
  }
  return made;
}

/** Removes a folder of pictures, and the one it stands in where nothing else is in it. */
export async function removePictures(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await rmdir(dirname(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
  });
}

async function unpack(
  sourcePath: string,
  wishes: readonly PictureWish[],
  folders: { temporary: string; folder: string },
  taken: Map<string, Asset | null>,
  made: ImportedPictures,
  context: Context,
): Promise<number> {
  const archive = new Archive(sourcePath);
  let written = 0;
  try {
    for (const [index, { source }] of wishes.entries()) {
      if (context.signal.aborted) throw new Cancelled();
      context.onProgress(index / wishes.length, `Picture ${index + 1} of ${wishes.length}`);
      if (archive.sizeOf(source) > MAX_PICTURE_BYTES) {
        made.losses.push(tooLarge(source));
        continue;
      }
      const bytes = archive.read(source);
      const picture = bytes && (await bookPicture(bytes, context.tools, context.signal));
      if (!picture?.ok) {
        made.losses.push(
          notTaken(source, picture?.code ?? 'picture-missing', picture?.why ?? 'is missing'),
        );
        continue;
      }
      if (picture.isConverted) made.losses.push(converted(source));
      const wanted = `${stemOf(source)}.${picture.extension}`;
      const path = join(folders.temporary, `${index}.${picture.extension}`);
      await writeFile(path, picture.bytes);
      const identity = await identify(path);
      const same = taken.get(wanted);
      if (same && same.identity.hash === identity.hash) {
        made.names.set(source, wanted);
        await rm(path);
        continue;
      }
      const name = freeName(wanted, taken);
      const own = join(folders.temporary, name);
      await writeFile(own, picture.bytes);
      await rm(path);
      taken.set(name, null);
      made.names.set(source, name);
      const facts = await factsOf(own, picture.bytes, context, wishes.length);
      const location = locationOf(join(folders.folder, name), context.file.path);
      made.commands.push({ type: 'asset.add', name, location, identity, facts });
      written += 1;
    }
  } finally {
    archive.close();
  }
  return written;
}

async function addFile(
  source: string,
  path: string,
  taken: Map<string, Asset | null>,
  made: ImportedPictures,
  context: Context,
  count: number,
): Promise<void> {
  if (context.signal.aborted) throw new Cancelled();
  if ((await stat(path)).size > MAX_PICTURE_BYTES) {
    made.losses.push(tooLarge(source));
    return;
  }
  const bytes = await readFile(path);
  const known = pictureFile(bytes);
  if (known === null) {
    // A file that is no picture for a book keeps its place, and the check of the book tells of it.
    made.losses.push(notTaken(source, 'picture-format', 'is neither PNG nor JPEG'));
  }
  const identity = await identify(path);
  const same = taken.get(source);
  const name = same && same.identity.hash === identity.hash ? source : freeName(source, taken);
  made.names.set(source, name);
  if (same && name === source) return;
  taken.set(name, null);
  const facts = known
    ? await factsOf(path, bytes, context, count)
    : await probeMedia(context.tools, path).catch(() => null);
  if (facts === null) return;
  const location = locationOf(path, context.file.path);
  made.commands.push({ type: 'asset.add', name, location, identity, facts });
}

async function factsOf(
  path: string,
  bytes: Uint8Array,
  { tools, signal }: Context,
  count: number,
): Promise<MediaFacts> {
  const known = count > PROBED ? pictureFile(bytes) : null;
  if (known === null) return probeMedia(tools, path, signal);
  const isPng = known.extension === 'png';
  return {
    mediaKind: 'image',
    container: isPng ? 'png_pipe' : 'image2',
    duration: flicksFromSeconds(0),
    streams: [
      {
        index: 0,
        kind: 'video',
        codec: isPng ? 'png' : 'mjpeg',
        width: known.widthPx,
        height: known.heightPx,
        displayWidth: known.widthPx,
        displayHeight: known.heightPx,
        rotation: 0,
        color: {},
      },
    ],
  };
}

function freeFolder(projectPath: string, title: string): string {
  const project = basename(projectPath, extname(projectPath));
  const parent = join(dirname(projectPath), `${project} pictures`);
  const name = fileName(title) || 'Book';
  for (let number = 1; ; number += 1) {
    const folder = join(parent, number === 1 ? name : `${name} ${number}`);
    if (!existsSync(folder)) return folder;
  }
}

function fileName(text: string): string {
  return text
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+|[. ]+$/g, '')
    .slice(0, 80)
    .trim();
}

/** The name of a picture in the archive without its folders and ending, as a file may be called anywhere. */
function stemOf(source: string): string {
  const name = source.split('/').at(-1) ?? '';
  return fileName(name.replace(/\.[A-Za-z0-9]{1,5}$/, '')) || 'picture';
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  const isTaken = (name: string) =>
    taken.has(name) ||
    [...taken.keys()].some((other) => other.toLowerCase() === name.toLowerCase());
  if (!isTaken(wanted)) return wanted;
  const extension = extname(wanted);
  const stem = wanted.slice(0, wanted.length - extension.length);
  for (let number = 2; ; number += 1) {
    const name = `${stem} (${number})${extension}`;
    if (!isTaken(name)) return name;
  }
}

function tooLarge(source: string): Loss {
  return {
    code: 'picture-too-large',
    where: source,
    message: `The picture “${source}” is larger than 100 MB and was left out. Make it smaller, then add it again.`,
  };
}

function notTaken(source: string, code: string, why: string): Loss {
  return { code, where: source, message: `The picture “${source}” ${why}, so it was left out.` };
}

function converted(source: string): Loss {
  return {
    code: 'picture-converted',
    where: source,
    message: `The picture “${source}” was drawn anew as PNG, which every book format takes.`,
  };
}
