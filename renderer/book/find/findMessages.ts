import type { SearchHit } from '#core/book/searchPattern.ts';

/** What the interface asks of the worker that searches. */
export type FindQuestion = {
  lines: string[];
  source: string;
  flags: string;
  replacement: { text: string; isPattern: boolean };
  limit: number;
};

export type FindAnswer = { hits: SearchHit[]; isComplete: boolean };
