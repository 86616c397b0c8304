import { join } from 'node:path';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { Piece } from '#core/render/planPieces.ts';
import { eachAtOnce } from '../process/eachAtOnce.ts';
import { Cancelled } from '../process/run.ts';
import { makingRoom } from './cache/makingRoom.ts';
import { type PieceKey, pieceKey } from './cache/pieceKey.ts';
import type { PieceStore } from './cache/pieceStore.ts';
import type { SourceWatch } from './cache/sourceWatch.ts';
import { pictureEncoding } from './encode/encoders.ts';
import { encodeSpan } from './encode/encodeSpan.ts';
import type { FilmExport } from './filmExport.ts';
import type { FilmProgress } from './filmProgress.ts';
import { drawOverlayPictures, type OverlayPictures } from './encode/overlayPictures.ts';
import type { SourceFiles } from './sources/sourceFiles.ts';
import { workingFormat } from './sources/workingFormat.ts';

/** A piece of a film as a file. */
export type MadePiece = { path: string; cached: boolean };

type PieceWork = {
  film: FilmExport;
  plan: ExportPlan;
  pieces: readonly Piece[];
  files: SourceFiles;
  watch: SourceWatch;
  store: PieceStore;
  folder: string;
  progress: FilmProgress;
  signal: AbortSignal;
};

/** Pieces that are alike are made once. */
type Group = PieceKey & { piece: Piece; places: number[] };

/**
 * The pieces of a film in their order: those that the cache has, and the others made, `workers` at a time, and kept.
 * They are the same whatever the number of workers and whatever was there. What is copied has no file.
 */
export async function makePieces(work: PieceWork): Promise<MadePiece[]> {
  const groups = await groupsOf(work);
  const { extension = '' } = pictureEncoding(work.plan, work.film.settings) ?? {};
  const made: MadePiece[] = [];
  for (const [place, { kind }] of work.pieces.entries())
    if (kind === 'copy') work.progress.piece(place, 'copied');
  const put = (group: Group, piece: MadePiece) => {
    for (const place of group.places) {
      made[place] = piece;
      work.progress.piece(place, piece.cached ? 'cached' : 'made');
    }
  };
  const missing: Group[] = [];
  for (const [index, group] of groups.entries()) {
    if (work.signal.aborted) throw new Cancelled();
    const path = join(work.folder, `kept-${index}.${extension}`);
    if (await work.store.take(group.key, path)) put(group, { path, cached: true });
    else missing.push(group);
  }
  const overlays = await drawMissing(work, missing);
  const { signal: stop, film } = work;
  await eachAtOnce(missing, { workers: film.workers, signal: stop }, async (group, signal) => {
    const path = join(work.folder, `made-${group.places[0] ?? 0}.${extension}`);
    await makePiece({ ...work, signal }, group, { overlays, path });
    put(group, { path, cached: false });
    work.progress.tellFrames();
  });
  return made;
}

async function groupsOf(work: PieceWork): Promise<Group[]> {
  const { film, pieces } = work;
  const context = { ...film, ...work };
  const groups = new Map<string, Group>();
  for (const [place, piece] of pieces.entries()) {
    if (piece.kind === 'copy') continue;
    const found = await pieceKey(context, piece.span);
    const group = groups.get(found.key);
    if (group === undefined) groups.set(found.key, { ...found, piece, places: [place] });
    else group.places.push(place);
  }
  return [...groups.values()];
}

/** Draws the titles and captions of what is to be made; where that is nothing, no browser starts. */
function drawMissing(work: PieceWork, missing: readonly Group[]): Promise<OverlayPictures> {
  const { plan, film, folder, signal, progress } = work;
  const spans = missing.map(({ piece }) => piece.span);
  progress.expect({
    graphics: missing.some(({ hasGraphics }) => hasGraphics),
    sound: plan.sound.length > 0,
  });
  progress.tellFrames();
  return drawOverlayPictures({
    plan: { ...plan, spans },
    renderer: film.overlays,
    folder,
    signal,
    onProgress: (share) => progress.tellGraphics(share),
  });
}

async function makePiece(
  work: PieceWork,
  group: Group,
  { overlays, path }: { overlays: OverlayPictures; path: string },
): Promise<void> {
  const { film, plan, files, store, watch, progress, signal } = work;
  const { tools, settings } = film;
  const job = {
    ...{ tools, plan, overlays, signal },
    format: workingFormat(settings),
    span: group.piece.span,
    files: files.pictures,
    output: path,
    onFrame: (frames: number) => {
      for (const place of group.places) progress.piece(place, 'making', frames);
      progress.tellFrames();
    },
  };
  try {
    await makingRoom(store, () => encodeSpan(job, settings));
  } catch (error) {
    // A source that is another one by now is a better reason than what the encoder made of it.
    if (!signal.aborted) await watch.check(group.paths);
    throw error;
  }
  await watch.check(group.paths);
  await store.keep(group.key, path);
}
