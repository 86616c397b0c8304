import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Block } from '#core/book/manuscript.ts';
import { createChapterSaver } from './chapterSaver.ts';
import { keepDraft } from './draft.ts';

type Edit = (
  commands: unknown,
  options: { onEnd: (isWritten: boolean) => void },
) => { ok: boolean };

const project = vi.hoisted(() => ({ chapter: {}, edit: vi.fn<Edit>() }));

vi.mock('./draft.ts', () => ({ keepDraft: vi.fn(), dropDraft: vi.fn() }));
vi.mock('../client/flush.ts', () => ({ onFlush: () => () => {} }));
vi.mock('../client/project.ts', () => ({
  projectStore: {
    edit: project.edit,
    store: {
      getState: () => ({
        open: {
          project: { find: (kind: string) => (kind === 'chapter' ? project.chapter : undefined) },
        },
      }),
      subscribe: () => () => {},
    },
  },
}));

const paragraph = (id: string, text: string): Block => ({
  kind: 'paragraph',
  id,
  inlines: [{ kind: 'text', text }],
});

describe('the copy that is kept of what is typed', () => {
  const first = [paragraph('a', 'one'), paragraph('b', 'two')];
  let page: Block[] = first;
  const type = (saver: ReturnType<typeof createChapterSaver>, blocks: Block[]) => {
    saver.beforeChange(true);
    page = blocks;
    saver.changed();
    vi.advanceTimersByTime(200);
  };
  const saverOf = (isDraft: boolean) =>
    createChapterSaver({
      ...{ projectId: 'p', chapterId: 'one', isDraft, show: () => {} },
      read: () => ({ title: '', blocks: page, anchors: [] }),
    });
  /** The blocks that the last copy took as those of the file. */
  const filed = () => vi.mocked(keepDraft).mock.lastCall?.[3];

  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    project.edit.mockReturnValue({ ok: true });
    page = first;
  });
  afterEach(() => void vi.useRealTimers());

  it('knows what the file has: what was on the page before, then what was written', () => {
    const saver = saverOf(false);
    type(saver, [...first, paragraph('c', 'three')]);
    expect(filed()).toBe(first);
    const written = page;
    saver.flush();
    type(saver, [...written, paragraph('d', 'four')]);
    expect(filed()).toBe(first);
    project.edit.mock.calls[0]?.[1].onEnd(true);
    type(saver, [...page, paragraph('e', 'five')]);
    expect(filed()).toBe(written);
  });

  it('goes by nothing where the page began with words that the file never had', () => {
    const saver = saverOf(true);
    type(saver, [...first, paragraph('c', 'three')]);
    expect(filed()).toEqual([]);
  });

  it('stays as it is when the words could not be written', () => {
    const saver = saverOf(false);
    type(saver, [...first, paragraph('c', 'three')]);
    saver.flush();
    project.edit.mock.calls[0]?.[1].onEnd(false);
    expect(filed()).toBe(first);
  });
});
