import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ParsedInput } from '#core/contract/contract.ts';
import type { NarratedFormat } from '#core/contract/books.ts';
import { findBookId, manuscriptOf, picturesOf } from '../book/projectBook.ts';
import { checkTarget } from '../files/outputFile.ts';
import { checkFolderTarget } from '../files/outputFolder.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import { needVoice, voiceForLanguage } from './chooseVoice.ts';
import { CHAPTER_FILE, exportNarration } from './exportNarration.ts';

type NarrationRequest = ParsedInput<'book.export'> & { format: NarratedFormat };

/**
 * Starts reading a book aloud into a file, as a job that can be paused: sentences that are spoken are kept. The book is
 * read as it is now. Refuses what can be known now.
 */
export async function startNarration(
  services: Services,
  file: ProjectFile,
  { projectId, bookId, format, output, force, date, voice }: NarrationRequest,
): Promise<{ jobId: string }> {
  const { jobs, tools, cacheDir } = services;
  const id = findBookId(file, bookId);
  const manuscript = manuscriptOf(file, id);
  const stored = file.project.find('book', id)?.narration ?? {};
  if (format === 'mp3-chapters') {
    await checkFolderTarget(output, { force, isOurs: (name) => CHAPTER_FILE.test(name) });
  } else await checkTarget(output, { force, sources: [file.path] });
  const [ffmpeg, engines, pictures] = await Promise.all([
    tools.ffmpeg(),
    tools.voiceEngines(),
    picturesOf(file, manuscript),
  ]);
  const settings =
    voice === undefined ? stored : { ...stored, voice: needVoice(engines, voice).id };
  // Better now than when the job has its turn.
  if (settings.voice === undefined) voiceForLanguage(engines, manuscript.metadata.language);
  else needVoice(engines, settings.voice);
  const moment = date ?? new Date().toISOString();
  const job = jobs.start({
    kind: 'book',
    title: `Export ${basename(output)}`,
    projectId,
    lane: 'narration',
    canPause: true,
    work: async ({ signal, report }) => {
      const startedAt = performance.now();
      const made = await exportNarration({
        manuscript,
        settings,
        format,
        out: output,
        force,
        date: moment,
        pictures,
        engines,
        tools: ffmpeg,
        cacheDir,
        signal,
        onProgress: report,
      });
      return {
        ...made,
        checks: made.checks.map((check) => ({ ...check, value: String(check.value) })),
        elapsedMs: Math.round(performance.now() - startedAt),
        sizeBytes: await sizeOf(output),
      };
    },
  });
  return { jobId: job.id };
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path);
  if (!stats.isDirectory()) return stats.size;
  const sizes = (await readdir(path)).map(async (name) => (await stat(join(path, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
