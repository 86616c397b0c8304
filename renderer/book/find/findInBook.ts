import { type SearchQuery, searchPattern } from '#core/book/searchPattern.ts';
import { type LineChange, replaceInLines, type TextLine, textLines } from '#core/book/textLines.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { Result } from '#core/fault.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { flushEdits } from '../../client/flush.ts';
import { projectStore } from '../../client/project.ts';
import { blocksOf } from '../chapterBlocks.ts';
import type { FindAnswer, FindQuestion } from './findMessages.ts';

/** A place in the book that fits a query, with the words around it. */
export type BookHit = {
  chapterId: string;
  /** Which line of the chapter, and where in it. */
  line: number;
  from: number;
  to: number;
  replacement: string;
  before: string;
  found: string;
  after: string;
  /** For going there: the block, and characters of it before the hit. */
  blockId: string;
  offset: number;
};

export type BookHits = { hits: BookHit[]; isComplete: boolean };

const LIMIT = 10_000;
/** A pattern that takes longer than this over a whole book would never end. */
const LONGEST_MS = 3_000;
const CONTEXT = 40;

/** Looks through all chapters of a book, away from the thread that letters appear on. Faults: `book/bad-pattern`, `book/pattern-too-slow`. */
export async function findInBook(
  project: Project,
  bookId: string,
  query: SearchQuery,
  replacement: string,
  signal: AbortSignal,
): Promise<Result<BookHits>> {
  if (query.text === '') return { ok: true, value: { hits: [], isComplete: true } };
  const pattern = searchPattern(query);
  if (!pattern.ok) return pattern;
  const lines = chaptersOf(project, bookId).flatMap((chapter) =>
    linesOf(chapter).map((line, index) => ({ ...line, chapterId: chapter.id, index })),
  );
  const answer = await ask(
    {
      lines: lines.map(({ text }) => text),
      source: pattern.value.source,
      flags: pattern.value.flags,
      replacement: { text: replacement, isPattern: query.isPattern },
      limit: LIMIT,
    },
    signal,
  );
  if (answer === null) {
    return {
      ok: false,
      error: {
        code: 'book/pattern-too-slow',
        message:
          'This pattern takes too long over the book, so the search was stopped. Make it simpler.',
      },
    };
  }
  const hits = answer.hits.flatMap((hit): BookHit[] => {
    const line = lines[hit.line];
    if (line === undefined) return [];
    const { chapterId, index, text, blockId, start } = line;
    return [
      {
        ...hit,
        chapterId,
        line: index,
        before: text.slice(Math.max(0, hit.from - CONTEXT), hit.from),
        found: text.slice(hit.from, hit.to),
        after: text.slice(hit.to, hit.to + CONTEXT),
        blockId,
        offset: start + hit.from,
      },
    ];
  });
  return { ok: true, value: { hits, isComplete: answer.isComplete } };
}

const known = new WeakMap<ChapterEntity, TextLine[]>();

function linesOf(chapter: ChapterEntity): TextLine[] {
  const before = known.get(chapter);
  if (before !== undefined) return before;
  const lines = textLines(blocksOf(chapter) ?? []);
  known.set(chapter, lines);
  return lines;
}

/** Asks a worker of its own; null when it takes too long. */
function ask(question: FindQuestion, signal: AbortSignal): Promise<FindAnswer | null> {
  const worker = new Worker(new URL('./findWorker.ts', import.meta.url), { type: 'module' });
  return new Promise<FindAnswer | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), LONGEST_MS);
    signal.addEventListener('abort', () => resolve({ hits: [], isComplete: true }));
    worker.addEventListener('message', ({ data }: MessageEvent<FindAnswer>) => {
      clearTimeout(timer);
      resolve(data);
    });
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

/** Replaces hits as one step that undo takes back. What changed since they were found is left alone; says how many were replaced. */
export function replaceHits(hits: readonly BookHit[]): number {
  flushEdits();
  const { open } = projectStore.store.getState();
  if (open === null) return 0;
  let count = 0;
  const chapters = [...Map.groupBy(hits, ({ chapterId }) => chapterId)].flatMap(
    ([chapterId, list]) => {
      const chapter = open.project.find('chapter', chapterId);
      if (chapter === undefined) return [];
      const lines = linesOf(chapter);
      const good = list.filter(
        ({ line, from, to, found, blockId }) =>
          lines[line]?.blockId === blockId && lines[line].text.slice(from, to) === found,
      );
      if (good.length === 0) return [];
      count += good.length;
      const changes = new Map<number, LineChange[]>();
      for (const { line, from, to, replacement } of good)
        changes.set(line, [...(changes.get(line) ?? []), { from, to, text: replacement }]);
      return [{ chapterId, blocks: replaceInLines(blocksOf(chapter) ?? [], changes) }];
    },
  );
  if (chapters.length === 0) return 0;
  return projectStore.edit([{ type: 'book.replace', chapters }]).ok ? count : 0;
}
