import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pictureFile } from '#core/book/pictureFile.ts';
import { refuse } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import { writeOutput } from '../files/outputFile.ts';
import { importMedia } from '../media/importMedia.ts';
import type { Commit, ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';

/** A picture as a file on this computer, or as it came over the clipboard. */
export type PictureSource = { path: string } | { name: string; base64: string };

/**
 * Adds a picture to the library of a project. One that came without a file is kept in a folder beside the project; the
 * same picture twice is one asset. Refuses `book/not-a-picture`, and what writing and probing refuse.
 */
export async function addPicture(
  services: Services,
  file: ProjectFile,
  from: PictureSource,
): Promise<{ asset: Asset; commit: Commit | null }> {
  const path = 'path' in from ? from.path : await keptPicture(file, from);
  if ('path' in from && pictureFile(await readFile(path)) === null) refuseOther(basename(path));
  const { assetIds, failed, commit } = await importMedia(services, file, [path]);
  const [id] = assetIds;
  const asset = id === undefined ? undefined : file.project.find('asset', id);
  if (asset === undefined) {
    const [reason] = failed;
    refuse(
      reason?.code ?? 'book/not-a-picture',
      reason?.message ?? `“${basename(path)}” could not be read as a picture. Nothing was added.`,
      { path },
    );
  }
  return { asset, commit };
}

async function keptPicture(
  file: ProjectFile,
  { name, base64 }: { name: string; base64: string },
): Promise<string> {
  const bytes = Buffer.from(base64, 'base64');
  const picture = pictureFile(bytes) ?? refuseOther(name);
  // The content is in the name, so that another picture of the same name is another file.
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const stem = basename(name, extname(name))
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .trim()
    .slice(0, 60);
  const folder = `${basename(file.path, extname(file.path))} pictures`;
  const path = join(
    dirname(file.path),
    folder,
    `${stem || 'picture'}-${hash}.${picture.extension}`,
  );
  await writeOutput(path, { force: true }, (temporary) => writeFile(temporary, bytes));
  return path;
}

function refuseOther(name: string): never {
  refuse(
    'book/not-a-picture',
    `“${name}” is neither a JPEG nor a PNG, which are the pictures that books can hold. Nothing was added; save it as one of these and add that.`,
    { name },
  );
}
