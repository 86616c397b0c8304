import type { Block } from '#core/book/manuscript.ts';
import type { CommentAnchor } from '#core/book/commentAnchor.ts';
import { writingDaysOf } from '#core/edits/books/writingProgress.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { onFlush } from '../client/flush.ts';
import { projectStore } from '../client/project.ts';
import { newSeed } from '../client/seed.ts';
import { wordsIn } from '../app/blockWords.ts';
import { dropDraft, keepDraft } from './draft.ts';
import { dayOf } from './panels/progress.ts';

const PAUSE_MS = 600;
/** Typing without a pause is saved too. */
const LONGEST_MS = 5_000;
/** A copy for the case that the window is killed is made this often at most. */
const COPY_MS = 150;

type Written = {
  title: string;
  blocks: Block[];
  /** Where comments stand now that stood elsewhere when the chapter was saved. */
  anchors: { commentId: string; anchor: CommentAnchor }[];
};

type SaverOptions = {
  projectId: string;
  chapterId: string;
  /** Whether the page began with a draft, of which the file may have nothing. */
  isDraft: boolean;
  /** What stands on the page now. */
  read: () => Written;
  /** Shows what the chapter became elsewhere: by undo, by a replacement, by another program. */
  show: (chapter: ChapterEntity) => void;
};

export type ChapterSaver = ReturnType<typeof createChapterSaver>;

/**
 * Turns what is typed on the page of a chapter into edits: after a pause, on `flush`, and when the page goes; until the
 * file has them a copy is kept. A stretch of typing is one step of undo, however often it is saved.
 */
export function createChapterSaver(options: SaverOptions) {
  const { projectId, chapterId, isDraft, read, show } = options;
  const stored = () => projectStore.store.getState().open?.project.find('chapter', chapterId);
  let saved = stored();
  let dirtySince: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let copying: ReturnType<typeof setTimeout> | undefined;
  let stretch = { gesture: newSeed(), lastMs: 0, isTyping: true };
  let sent = 0;
  let words: number | null = null;
  let writer = newWriter();
  /** The blocks of the page as the file has them; null until it is known. */
  let filed: readonly Block[] | null = isDraft ? [] : null;

  function flush(): void {
    clearTimeout(timer);
    if (dirtySince === null || stored() === undefined) return;
    dirtySince = null;
    sent += 1;
    const mine = sent;
    const written = read();
    const command = { type: 'chapter.write' as const, chapterId, writer, ...written };
    const result = projectStore.edit([{ ...command, ...progress(written.blocks) }], {
      gesture: stretch.gesture,
      onEnd: (isWritten) => {
        if (isWritten) filed = written.blocks;
        if (!isWritten) keep();
        else if (dirtySince === null && mine === sent) {
          clearTimeout(copying);
          copying = undefined;
          dropDraft(projectId, chapterId);
        }
      },
    });
    if (!result.ok) keep();
    saved = stored();
  }

  /** What the day comes to with the words that came and went since the chapter was saved last. */
  function progress(blocks: readonly Block[]) {
    const { open } = projectStore.store.getState();
    const book = open?.project.find('book', saved?.bookId ?? '');
    if (open === null || book === undefined) return {};
    const { language } = book.metadata;
    const before = words ?? wordsIn(saved?.blocks ?? [], language);
    words = wordsIn(blocks, language);
    if (words === before) return {};
    const day = dayOf(new Date());
    const today = writingDaysOf(open.project, book.id).find((one) => one.day === day)?.words ?? 0;
    return { progress: { day, words: today + words - before } };
  }

  /** The words stay on the page, and as a copy, until they can be written. */
  function keep(): void {
    dirtySince ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(flush, LONGEST_MS);
    keepDraft(projectId, chapterId, read(), filed ?? []);
  }

  /** To be told before the page changes: a pause, or a change that is no typing, ends the stretch before it. */
  function beforeChange(isTyping: boolean): void {
    const now = Date.now();
    filed ??= read().blocks;
    if (!isTyping || !stretch.isTyping || now - stretch.lastMs > PAUSE_MS) {
      flush();
      stretch = { gesture: newSeed(), lastMs: now, isTyping };
    }
    stretch.lastMs = now;
  }

  /** To be told after the page changed. */
  function changed(): void {
    const now = Date.now();
    const isFirst = dirtySince === null;
    dirtySince ??= now;
    clearTimeout(timer);
    const latest = dirtySince + LONGEST_MS - now;
    timer = setTimeout(flush, Math.max(0, Math.min(PAUSE_MS, latest)));
    copying ??= setTimeout(copy, isFirst ? 0 : COPY_MS);
  }

  function copy(): void {
    copying = undefined;
    if (dirtySince !== null) keepDraft(projectId, chapterId, read(), filed ?? []);
  }

  function look(): void {
    const chapter = stored();
    if (chapter === undefined || chapter === saved || dirtySince !== null) return;
    saved = chapter;
    words = null;
    writer = newWriter();
    show(chapter);
    filed = read().blocks;
  }

  const stopFlushing = onFlush(flush);
  const stopLooking = projectStore.store.subscribe(look);
  return {
    flush,
    beforeChange,
    changed,
    stop(): void {
      stopFlushing();
      stopLooking();
      flush();
      clearTimeout(copying);
    },
  };
}

/** A name for who writes in a text that nobody else has. */
function newWriter(): number {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return number === 0 ? 1 : number;
}
