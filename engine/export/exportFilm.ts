import type { FilmResult } from '#core/contract/films.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { type ExportPlan, planExport } from '#core/render/planExport.ts';
import type { Piece } from '#core/render/planPieces.ts';
import type { OutputOptions } from '../files/outputFile.ts';
import { asRefusal } from '../files/systemFault.ts';
import type { JobContext } from '../jobs/jobRunner.ts';
import { allAtOnce } from '../process/allAtOnce.ts';
import { Cancelled } from '../process/run.ts';
import { PieceStore } from './cache/pieceStore.ts';
import { watchSources } from './cache/sourceWatch.ts';
import { failedChecks } from './check/filmCheck.ts';
import { checkFilm } from './check/checkFilm.ts';
import { colorTags } from './check/checkStreams.ts';
import { joinPieces } from './copy/joinPieces.ts';
import { makePictures } from './copy/makePictures.ts';
import { type CopyPlan, planCopies } from './copy/planCopies.ts';
import { refuseUnavailableEffects } from './effectFilters.ts';
import type { FilmExport } from './filmExport.ts';
import { FilmProgress } from './filmProgress.ts';
import { checkFilmTarget, outputBytes, writeFilm } from './filmTarget.ts';
import { chooseEncoder } from './encode/hardware.ts';
import type { MadePiece } from './makePieces.ts';
import { makeParts } from './makeParts.ts';
import { checkLoudness } from './sound/checkLoudness.ts';
import { steadyPlan } from './steady/steadyPlan.ts';
import { refuseLostRange } from './sources/highRange.ts';
import { workingFormat } from './sources/workingFormat.ts';
import { drawSlates, type SourceFiles, sourceFiles } from './sources/sourceFiles.ts';
import { inWorkFolder, WorkFolderLost } from './workFolder.ts';

/** How often an export begins anew when its work folder is removed under it. */
const TRIES = 3;

/**
 * Makes a film of a timeline: graphics are drawn where they are, each piece is taken from the cache or encoded, sound
 * is mixed exactly, the parts are joined, the result is compared with the plan, and only then stands at its place.
 * Refuses what planning, the tools and the target refuse, and `export/effect-unavailable`,
 * `export/high-range-lost`, `export/source-changed`,
 * `export/source-missing`, `export/work-removed` and `export/check-failed`.
 */
export async function exportFilm(asked: FilmExport, context: JobContext): Promise<FilmResult> {
  const startedAt = performance.now();
  const plan = planExport(asked.project, asked.timelineId, asked.settings);
  refuseUnavailableEffects(asked.project, plan);
  const files = await sourceFiles(asked.project, plan, asked);
  refuseLostRange(plan, asked.settings, files.pictures);
  const target = { force: asked.force, sources: [...files.paths, asked.projectPath] };
  await checkFilmTarget(asked.settings, asked.output, target);
  let film = asked;
  try {
    const chosen = await chooseEncoder(asked.tools, plan, asked.settings, context.signal);
    film = { ...asked, settings: chosen.settings };
    const made = await tryAgain(context, () =>
      inWorkFolder(film.cacheDir, (folder) =>
        makeFilm(film, context, { plan, files, folder, target }),
      ),
    );
    return {
      output: film.output,
      frames: plan.endFrame - plan.startFrame,
      ...made,
      elapsedMs: Math.round(performance.now() - startedAt),
      sizeBytes: await outputBytes(film.output),
      ...(chosen.encoder === null ? {} : { encoder: chosen.encoder }),
    };
  } catch (error) {
    if (context.signal.aborted) throw new Cancelled();
    throw asRefusal(error, film.output);
  } finally {
    // What was in use until now may go.
    const store = await PieceStore.open(film.cacheDir);
    await store.trim();
  }
}

/** The cache may be emptied at any time, and the work folder with it: then the work is done once more. */
async function tryAgain<T>(context: JobContext, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WorkFolderLost) || context.signal.aborted) throw error;
    }
  }
  refuse(
    'export/work-removed',
    'The folder that films are prepared in was removed again and again while this one was made. Let it be until the export has ended, then export again.',
  );
}

type FilmWork = { plan: ExportPlan; files: SourceFiles; folder: string; target: OutputOptions };

async function makeFilm(
  film: FilmExport,
  context: JobContext,
  work: FilmWork,
): Promise<Pick<FilmResult, 'spans' | 'checks'>> {
  const { files, folder, target } = work;
  const { signal } = context;
  const startedAt = performance.now();
  await drawSlates(files, { ...film, plan: work.plan, folder });
  const plan = await steadyPlan(work.plan, files.pictures, { ...film, folder, signal });
  const watch = await watchSources(files.paths);
  const store = await PieceStore.open(film.cacheDir);
  const progress = new FilmProgress(context.report);
  // Both the pictures and what stands beside them ask for it, whichever comes first.
  let found: Promise<CopyPlan> | undefined;
  const copies = () =>
    (found ??= planCopies(plan, film.settings, files, { ...film, folder, signal }));
  const making = { ...work, plan, store, watch, progress, copies };
  const [pictures, parts] = await allAtOnce(signal, [
    (stop) => makePictures({ ...making, film, signal: stop }),
    (stop) => makeParts(film, { ...making, signal: stop }),
  ]);
  const { pieces } = pictures;
  const checks = await writeFilm(film.settings, film.output, target, async (temporary) => {
    progress.tellJoin(0, 'Joining picture and sound');
    const joined = {
      ...film,
      ...parts,
      plan,
      folder,
      output: temporary,
      signal,
    };
    await joinPieces(joined, pictures);
    await watch.check(pictures.copiedFrom);
    progress.tellJoin(0.5, 'Checking the film');
    const { mix, isTooQuiet } = parts;
    const found = await checkFilm({
      tools: film.tools,
      plan,
      path: temporary,
      hasSound: mix !== null,
      hasPicture: film.settings.videoCodec !== 'none',
      isPictures: film.settings.container === 'pictures',
      reference: {
        files: files.pictures,
        overlays: film.overlays,
        format: workingFormat(film.settings),
        folder,
      },
      colors: colorTags(film.settings),
      joins: pieces.map(({ startFrame }) => startFrame),
      ...(mix === null ? {} : { mix: { read: mix, sampleRateHz: plan.sampleRateHz } }),
      exportMs: performance.now() - startedAt,
      workers: film.workers,
      signal,
    });
    const { tools, settings } = film;
    found.push(
      ...(await checkLoudness({ tools, plan, settings, path: temporary, isTooQuiet, signal })),
    );
    const failed = failedChecks(found);
    if (failed.length > 0) {
      throw new Refusal({
        code: 'export/check-failed',
        message:
          'The finished film does not agree with the timeline, so it was not kept. Please report this with the details.',
        details: { failed },
      });
    }
    return found;
  });
  return { spans: pieces.map((piece, index) => told(piece, pictures.made[index])), checks };
}

function told(
  { kind, startFrame, endFrame, why }: Piece,
  made: MadePiece | undefined,
): FilmResult['spans'][number] {
  const cached = made?.cached === true;
  return { kind, startFrame, endFrame, cached, ...(why !== undefined && { why }) };
}
