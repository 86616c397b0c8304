import type { Book, ChapterEntity, Timeline } from '#core/model/entities.ts';
import { itemEnd } from '#core/model/items.ts';
import type { Project } from '#core/model/project.ts';
import { type Flicks, maxFlicks, ZERO } from '#core/time/flicks.ts';
import { frameAt } from '#core/time/rate.ts';
import { formatTimecode } from '#core/time/timecode.ts';
import { timelinePathNow } from '../film/timelines/openTimelines.ts';
import { countText, plural } from '../ui/words.ts';
import { wordsIn } from './blockWords.ts';

/** The timeline that the film room shows, which is the one that is exported. */
export function mainTimeline(project: Project): Timeline | undefined {
  return timelinePathNow(project).at(-1);
}

/** When the last item of a timeline ends. */
function timelineEnd(project: Project, timelineId: string): Flicks {
  return project
    .tracksOf(timelineId)
    .flatMap((track) => project.itemsOn(track.id).at(-1) ?? [])
    .map(itemEnd)
    .reduce(maxFlicks, ZERO);
}

/** Frames of a timeline from its beginning to its end. */
export function frameCount(project: Project, timeline: Timeline): number {
  return frameAt(timelineEnd(project, timeline.id), timeline.format.frameRate, 'ceil');
}

/** `1920 × 1080 · 30 fps · 00:00:42:10`. */
export function filmFacts(project: Project): string {
  const timeline = mainTimeline(project);
  if (timeline === undefined) return 'No timeline';
  const { width, height, frameRate } = timeline.format;
  const fps = Number((frameRate.num / frameRate.den).toFixed(3));
  const length = formatTimecode(frameCount(project, timeline), frameRate);
  return `${width} × ${height} · ${fps} fps · ${length}`;
}

/** The book of that id, or else the first. */
export function shownBook(project: Project, bookId: string | null): Book | undefined {
  return (bookId === null ? undefined : project.find('book', bookId)) ?? project.all('book')[0];
}

const words = new WeakMap<ChapterEntity, { language: string; count: number }>();

/** Words of a chapter, counted once for each state of it. */
export function chapterWords(chapter: ChapterEntity, language: string): number {
  const known = words.get(chapter);
  if (known?.language === language) return known.count;
  const count = wordsIn(chapter.blocks, language);
  words.set(chapter, { language, count });
  return count;
}

/** `12 chapters · 34,210 words`. */
export function bookFacts(project: Project, bookId: string | null): string {
  const book = shownBook(project, bookId);
  if (book === undefined) return '';
  const chapters = project.all('chapter').filter((chapter) => chapter.bookId === book.id);
  const total = chapters.reduce(
    (sum, chapter) => sum + chapterWords(chapter, book.metadata.language),
    0,
  );
  return `${plural(chapters.length, 'chapter')} · ${countText(total)} ${total === 1 ? 'word' : 'words'}`;
}
