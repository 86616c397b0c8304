import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CopyCodecId, copyCodecOf } from '#core/render/copyCodecs.ts';
import type { CopyFinding, CopyRun } from '#core/render/copyRules.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import { type Piece, planPieces } from '#core/render/planPieces.ts';
import type { PieceStore } from '../cache/pieceStore.ts';
import type { SourceWatch } from '../cache/sourceWatch.ts';
import type { FilmExport } from '../filmExport.ts';
import type { FilmProgress } from '../filmProgress.ts';
import { type MadePiece, makePieces } from '../makePieces.ts';
import type { SourceFiles } from '../sources/sourceFiles.ts';
import { failingCopies } from './checkJoins.ts';
import { linkedPart, renumberedPart } from './changedPackets.ts';
import { copiedPart, encodedPart, type PicturePart } from './picturePart.ts';
import type { CopyPlan, CopySource } from './planCopies.ts';

export type PictureWork = {
  signal: AbortSignal;
  film: FilmExport;
  plan: ExportPlan;
  files: SourceFiles;
  /** What is to be copied. */
  copies: () => Promise<CopyPlan>;
  watch: SourceWatch;
  store: PieceStore;
  folder: string;
  progress: FilmProgress;
};

/** The pictures of a film, piece by piece. */
export type Pictures = {
  pieces: Piece[];
  /** The files of encoded pieces; a copied piece has none. */
  made: MadePiece[];
  /** Every piece as packets, for a film that copies any; null for one that copies none. */
  parts: { codec: CopyCodecId; parts: PicturePart[] } | null;
  /** Files that packets are copied from when the film is joined. */
  copiedFrom: string[];
};

const REFUSED = 'Copied as it is, it did not decode without errors.';
const NOT_RENUMBERED =
  'What is encoded beside it could not be given parameter sets of other numbers than its own.';

/**
 * Makes what is not copied, and decodes both sides of every join. A copy that does not decode there is
 * encoded instead; what was made already stays as it is.
 * Refuses what `makePieces` refuses.
 */
export async function makePictures(work: PictureWork): Promise<Pictures> {
  const { film, files } = work;
  const copies = await work.copies();
  const { parameterSetId, reorderDepth } = copies;
  const plan: ExportPlan = {
    ...work.plan,
    ...(parameterSetId === null ? {} : { parameterSetId }),
    ...(reorderDepth === null ? {} : { reorderDepth }),
  };
  let { findings } = copies;
  for (let tries = 1; ; tries += 1) {
    // Each try has files of its own: those of the one before may be those of the cache.
    const folder = join(work.folder, `pieces-${tries}`);
    await mkdir(folder);
    const pieces = film.settings.videoCodec === 'none' ? [] : planPieces(plan, findings);
    work.progress.begin(pieces);
    const made = await makePieces({ ...work, folder, plan, pieces });
    const copied = pieces.flatMap(({ kind }, place) => (kind === 'copy' ? [place] : []));
    const codec = copyCodecOf(film.settings.videoCodec);
    if (copied.length === 0 || codec === null) return { pieces, made, parts: null, copiedFrom: [] };
    const runs = copied.flatMap((place) => pieces[place]?.run ?? []);
    const parts = await partsOf(pieces, made, { copies, codec, folder });
    if (parts === null) {
      findings = withoutRuns(findings, runs, NOT_RENUMBERED);
      continue;
    }
    const { bitDepth, dynamicRange } = film.settings;
    const format = { ...plan, codec, bitDepth, dynamicRange };
    const failing = await failingCopies(
      { ...work, format, folder, tools: film.tools, parts },
      copied,
    );
    const copiedFrom = copied.map(
      (place) => files.pictures.get(pieces[place]?.run?.assetId ?? '')?.path ?? '',
    );
    if (failing.size === 0) return { pieces, made, parts: { codec, parts }, copiedFrom };
    findings = withoutRuns(
      findings,
      [...failing].flatMap((place) => pieces[place]?.run ?? []),
      REFUSED,
    );
  }
}

/** All pieces as packets; null where what was encoded cannot stand beside what is copied. */
async function partsOf(
  pieces: readonly Piece[],
  made: readonly MadePiece[],
  film: { copies: CopyPlan; codec: CopyCodecId; folder: string },
): Promise<PicturePart[] | null> {
  const { copies, codec, folder } = film;
  const parts: PicturePart[] = [];
  for (const [place, piece] of pieces.entries()) {
    const { run } = piece;
    // Both sides of a join may need bytes of their own.
    const path = join(folder, `changed-${place}`);
    if (run !== undefined) {
      const part = copiedPart(sourceOf(copies, piece), run);
      parts.push(run.openPacket === undefined ? part : await linkedPart(part, path));
      continue;
    }
    const part = await encodedPart(made[place]?.path ?? '', codec);
    const fitting =
      codec === 'hevc' ? await renumberedPart(part, copies.parameterSetId ?? 0, path) : part;
    if (fitting === null) return null;
    parts.push(fitting);
  }
  return parts;
}

function sourceOf(copies: CopyPlan, piece: Piece | undefined): CopySource {
  const source = copies.sources.get(piece?.run?.assetId ?? '');
  if (source === undefined) throw new Error('A copied piece has no source');
  return source;
}

function withoutRuns(
  findings: ReadonlyMap<Span, CopyFinding>,
  runs: readonly CopyRun[],
  why: string,
): Map<Span, CopyFinding> {
  return new Map(
    [...findings].map(([span, finding]) => {
      const left = finding.runs.filter((run) => !runs.includes(run));
      const isWhole = left.length === finding.runs.length;
      return [span, isWhole ? finding : { runs: left, why }];
    }),
  );
}
