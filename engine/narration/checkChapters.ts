import { z } from 'zod';
import type { AudioChapter } from '#core/narration/audioTags.ts';
import { NARRATION_HZ } from '#core/narration/narrationTimeline.ts';
import type { BookCheck } from '../book/bookCheck.ts';
import { run } from '../process/run.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

const reportSchema = z.object({
  chapters: z.array(z.object({ start_time: z.string(), tags: z.object({ title: z.string() }) })),
});

/** Whether a finished file has the chapters that it should, each at its sample. */
export async function checkChapters(
  { ffprobe }: Ffmpeg,
  path: string,
  wanted: readonly AudioChapter[],
  signal: AbortSignal,
): Promise<BookCheck> {
  const { stdout } = await run(ffprobe, ['-v', 'error', '-show_chapters', '-of', 'json', path], {
    signal,
  });
  const report = reportSchema.safeParse(JSON.parse(stdout === '' ? '{}' : stdout));
  const found = report.success ? report.data.chapters : [];
  const isRight = (chapter: AudioChapter, index: number) => {
    const there = found[index];
    return (
      there?.tags.title === chapter.title &&
      Math.round(Number(there.start_time) * NARRATION_HZ) === chapter.start
    );
  };
  return {
    name: 'chapters',
    ok: found.length === wanted.length && wanted.every(isRight),
    value: found.length,
  };
}
