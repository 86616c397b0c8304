import { searchLines } from '#core/book/searchPattern.ts';
import type { FindAnswer, FindQuestion } from './findMessages.ts';

/** Fits a pattern to the lines of a book, where it may take as long as it likes: whoever asked ends the worker. */
self.addEventListener('message', ({ data }: MessageEvent<FindQuestion>) => {
  const { lines, source, flags, replacement, limit } = data;
  self.postMessage(
    searchLines(lines, new RegExp(source, flags), replacement, limit) satisfies FindAnswer,
  );
});
