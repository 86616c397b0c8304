import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChapterEntity } from '#core/model/entities.ts';
import { onFlush } from '../client/flush.ts';
import { notify } from '../client/notices.ts';
import { projectStore } from '../client/project.ts';
import { newSeed } from '../client/seed.ts';
import { markdownOf, readChapter } from './chapterText.ts';
import { type Draft, dropDraft, findDraft, keepDraft } from './draft.ts';

const PAUSE_MS = 600;
/** Typing without a pause is saved too. */
const LONGEST_MS = 5_000;

type ChapterDraft = Draft & { change: (change: Partial<Draft>) => void; flush: () => void };

/**
 * The title and Markdown of a chapter while they are typed. They become an edit after a pause, on `flush`, and when the
 * page goes; until the file has them a copy is kept. A change from elsewhere (undo) replaces them.
 */
export function useChapterDraft(projectId: string, chapter: ChapterEntity): ChapterDraft {
  const chapterId = chapter.id;
  const [draft, setDraft] = useState<Draft>(() => recover(projectId, chapter));
  const live = useRef(draft);
  const saved = useRef(fingerprint(chapter));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const dirtySince = useRef<number | null>(null);
  const again = useRef(() => {});
  /** A stretch of typing is one step of undo, however often it is saved. */
  const stretch = useRef({ gesture: '', lastMs: 0 });

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const open = projectStore.store.getState().open;
    const stored = open?.project.find('chapter', chapterId);
    if (dirtySince.current === null || stored === undefined) return;
    dirtySince.current = null;
    const { title, text } = live.current;
    const blocks = readChapter(stored, text, newSeed());
    const sent = live.current;
    const keep = () => {
      // The words stay on the page, and as a copy, until they can be written.
      dirtySince.current ??= Date.now();
      clearTimeout(timer.current);
      timer.current = setTimeout(() => again.current(), LONGEST_MS);
    };
    const result = projectStore.edit([{ type: 'chapter.write', chapterId, title, blocks }], {
      gesture: stretch.current.gesture,
      onEnd: (isWritten) => {
        if (!isWritten) keep();
        else if (live.current === sent) dropDraft(projectId, chapterId);
      },
    });
    if (!result.ok) keep();
    const written = open?.project.find('chapter', chapterId);
    if (written) saved.current = fingerprint(written);
  }, [projectId, chapterId]);

  const change = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...live.current, ...part };
      live.current = next;
      setDraft(next);
      keepDraft(projectId, chapterId, next);
      const now = Date.now();
      const isNew = now - stretch.current.lastMs > PAUSE_MS;
      stretch.current = { gesture: isNew ? newSeed() : stretch.current.gesture, lastMs: now };
      dirtySince.current ??= now;
      clearTimeout(timer.current);
      const latest = dirtySince.current + LONGEST_MS - now;
      timer.current = setTimeout(flush, Math.max(0, Math.min(PAUSE_MS, latest)));
    },
    [projectId, chapterId, flush],
  );

  useEffect(() => {
    again.current = flush;
    const stop = onFlush(flush);
    return () => {
      stop();
      flush();
      again.current = () => {};
    };
  }, [flush]);

  useEffect(() => {
    const print = fingerprint(chapter);
    if (dirtySince.current !== null || print === saved.current) return;
    saved.current = print;
    live.current = { title: chapter.title, text: markdownOf(chapter) };
    setDraft(live.current);
  }, [chapter]);

  const recovered = useRef(draft);
  useEffect(() => {
    const stored = projectStore.store.getState().open?.project.find('chapter', chapterId);
    const { title, text } = recovered.current;
    if (stored === undefined) return;
    if (title === stored.title && text === markdownOf(stored)) dropDraft(projectId, chapterId);
    else {
      change({ title, text });
      notify({
        topic: `recovered ${chapterId}`,
        text: 'Words that were typed before the window closed were put back. Undo takes them out again.',
      });
    }
  }, [projectId, chapterId, change]);

  return { ...draft, change, flush };
}

function recover(projectId: string, chapter: ChapterEntity): Draft {
  const stored = { title: chapter.title, text: markdownOf(chapter) };
  return findDraft(projectId, chapter.id) ?? stored;
}

function fingerprint(chapter: ChapterEntity): string {
  return JSON.stringify([chapter.title, chapter.blocks]);
}
