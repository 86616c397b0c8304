import { z } from 'zod';
import type { ProjectReader } from '../../model/project.ts';
import type { WritingDay } from '../../model/entities.ts';
import type { Draft } from '../draft.ts';

/** Words that a day of writing came to, as the writer’s calendar has the day; negative when more went than came. */
export const progressSchema = z.strictObject({
  day: z.iso.date(),
  words: z.int().min(-10_000_000).max(10_000_000),
});
export type Progress = z.infer<typeof progressSchema>;

/** The days on which a book was written, in the order of the calendar. */
export function writingDaysOf(project: ProjectReader, bookId: string): WritingDay[] {
  return project
    .all('writingDay')
    .filter((day) => day.bookId === bookId)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Notes what a day came to so far. */
export function noteProgress(draft: Draft, bookId: string, { day, words }: Progress): void {
  const known = writingDaysOf(draft.project, bookId).find((one) => one.day === day);
  if (known === undefined) draft.create('writingDay', { bookId, day, words });
  else draft.set<'writingDay'>(known.id, { words });
}
