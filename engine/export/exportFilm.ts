import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatSrt } from '#core/captions/srt.ts';
import type { FilmResult } from '#core/contract/films.ts';
import { Refusal } from '#core/fault.ts';
import type { Cue, ObjectId } from '#core/model/entities.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { tracksOfKind } from '#core/model/project.ts';
import { type ExportPlan, planExport } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { frameStart } from '#core/time/rate.ts';
import { checkTarget, writeOutput } from '../files/outputFile.ts';
import { systemFault } from '../files/systemFault.ts';
import type { OverlayRenderer } from '../graphics/drawOverlays.ts';
import type { JobContext } from '../jobs/jobRunner.ts';
import { Cancelled } from '../process/run.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { checkFilm } from './checkFilm.ts';
import { refuseUnavailableEffects } from './effectFilters.ts';
import { encodeSpan } from './encodeSpan.ts';
import { joinFilm } from './joinFilm.ts';
import { mixSound } from './mixSound.ts';
import { drawOverlayPictures, type OverlayPictures } from './overlayPictures.ts';
import { drawSlates, type SourceFiles, sourceFiles } from './sourceFiles.ts';
import { inWorkFolder } from './workFolder.ts';

export type FilmExport = {
  project: ProjectReader;
  projectPath: string;
  timelineId: ObjectId;
  title: string;
  settings: ExportSettings;
  output: string;
  force: boolean;
  workers: number;
  cacheDir: string;
  tools: Ffmpeg;
  overlays: () => Promise<OverlayRenderer>;
};

/** Shares of the work that each step is taken to be, for the progress of the whole. */
const STEPS = { graphics: 0.15, picture: 0.75, sound: 0.06, join: 0.04 };

/**
 * Makes a film of a timeline: graphics are drawn where they are, each span is encoded, sound is mixed exactly, the
 * parts are joined, the result is compared with the plan, and only then stands at its place.
 * Refuses what planning, the tools and the target refuse, and `export/effect-unavailable` and `export/check-failed`.
 */
export async function exportFilm(film: FilmExport, context: JobContext): Promise<FilmResult> {
  const startedAt = performance.now();
  const plan = planExport(film.project, film.timelineId, film.settings);
  refuseUnavailableEffects(film.project, plan);
  const files = sourceFiles(film.project, plan, film.projectPath);
  const target = { force: film.force, sources: [...files.paths, film.projectPath] };
  await checkTarget(film.output, target);
  return inWorkFolder(film.cacheDir, async (folder) => {
    try {
      await drawSlates(files, { ...film, plan, folder });
      const parts = await makeParts(film, context, { plan, files, folder });
      const checks = await writeOutput(film.output, target, async (temporary) => {
        context.report(1 - STEPS.join, 'Joining picture and sound');
        await joinFilm({
          ...film,
          ...parts,
          plan,
          folder,
          output: temporary,
          signal: context.signal,
        });
        context.report(1 - STEPS.join / 2, 'Checking the film');
        const hasSound = parts.mix !== null;
        const found = await checkFilm({
          tools: film.tools,
          plan,
          path: temporary,
          hasSound,
          signal: context.signal,
        });
        const failed = found.filter((check) => !check.ok);
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
      const { size } = await stat(film.output);
      return {
        output: film.output,
        frames: plan.endFrame - plan.startFrame,
        spans: plan.spans.map(({ kind, startFrame, endFrame }) => ({
          kind,
          startFrame,
          endFrame,
          cached: false,
        })),
        elapsedMs: Math.round(performance.now() - startedAt),
        sizeBytes: size,
        checks,
      };
    } catch (error) {
      if (context.signal.aborted) throw new Cancelled();
      throw asRefusal(error, film.output);
    }
  });
}

type Parts = { pieces: string[]; mix: string | null; subtitles: string | null };

async function makeParts(
  film: FilmExport,
  context: JobContext,
  work: { plan: ExportPlan; files: SourceFiles; folder: string },
): Promise<Parts> {
  const { plan, files, folder } = work;
  const { signal } = context;
  const pictures = await drawOverlayPictures({
    plan,
    renderer: film.overlays,
    folder,
    signal,
    onProgress: (share) => context.report(share * STEPS.graphics, 'Drawing titles and captions'),
  });
  const pieces = await encodeSpans(film, context, { ...work, pictures });
  const mix = plan.sound.length > 0 ? join(folder, 'sound.f32') : null;
  if (mix !== null) {
    const before = STEPS.graphics + STEPS.picture;
    context.report(before, 'Mixing sound');
    await mixSound({
      tools: film.tools,
      plan,
      files: files.sounds,
      output: mix,
      signal,
      onProgress: (share) => context.report(before + share * STEPS.sound, 'Mixing sound'),
    });
  }
  return { pieces, mix, subtitles: await writeSubtitles(film, plan, folder) };
}

/** Encodes the spans, `workers` at a time; the pieces are the same whatever their number. */
async function encodeSpans(
  film: FilmExport,
  context: JobContext,
  work: { plan: ExportPlan; files: SourceFiles; folder: string; pictures: OverlayPictures },
): Promise<string[]> {
  const { plan, folder, pictures } = work;
  const total = plan.endFrame - plan.startFrame;
  const framesDone = plan.spans.map(() => 0);
  const pieces = plan.spans.map((_, index) =>
    join(folder, `piece-${String(index).padStart(6, '0')}.mp4`),
  );
  // A worker that fails stops the others, so that nothing goes on behind an error.
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const queue = plan.spans.entries();
  const worker = async () => {
    for (const [index, span] of queue) {
      await encodeSpan(
        {
          tools: film.tools,
          plan,
          span,
          files: work.files.pictures,
          overlays: pictures,
          output: pieces[index] as string,
          signal,
          onFrame: (frames) => {
            framesDone[index] = Math.min(frames, span.endFrame - span.startFrame);
            const done = framesDone.reduce((sum, count) => sum + count, 0);
            context.report(
              STEPS.graphics + (done / total) * STEPS.picture,
              `Frame ${done} of ${total}`,
            );
          },
        },
        film.settings,
      );
    }
  };
  const workers = Array.from({ length: Math.min(film.workers, plan.spans.length) }, () =>
    worker().catch((error: unknown) => {
      stop.abort();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(workers);
  const failed = ends.find(
    (end) => end.status === 'rejected' && !(end.reason instanceof Cancelled),
  );
  if (failed?.status === 'rejected') throw failed.reason;
  if (context.signal.aborted) throw new Cancelled();
  return pieces;
}

async function writeSubtitles(
  film: FilmExport,
  plan: ExportPlan,
  folder: string,
): Promise<string | null> {
  if (film.settings.captions !== 'soft') return null;
  const start = frameStart(plan.startFrame, plan.frameRate);
  const end = frameStart(plan.endFrame, plan.frameRate);
  const cues = tracksOfKind(film.project, film.timelineId, 'caption')
    .filter((track) => !track.muted)
    .flatMap((track) => film.project.itemsOn(track.id))
    .filter((item): item is Cue => item.kind === 'cue');
  const text = formatSrt(cues, { start, end });
  if (text === '') return null;
  const path = join(folder, 'captions.srt');
  await writeFile(path, text);
  return path;
}

function asRefusal(error: unknown, output: string): unknown {
  if (error instanceof Refusal) return error;
  const fault = systemFault(error, output);
  return fault ? new Refusal(fault, error) : error;
}
