import { describe, expect, it } from 'vitest';
import { type ChapterFlow, fillPage, type FlowUnit, type Place } from './pageFilling.ts';
import { planChapter } from './pageMaking.ts';
import { printedPages } from './printedPages.ts';

const START: Place = { unit: 0, line: 0, change: 0, carried: 0 };

function text(id: string, lines: number): FlowUnit {
  return { id, kind: 'text', lines, above: 0, notes: [], isSticky: false };
}

function flow(units: FlowUnit[]): ChapterFlow {
  const page = { openingRows: 0, startsOnVerso: true, pages: 2, capacity: 10, noteRuleRows: 0 };
  return { chapterId: 'c', units, ...page };
}

describe('printedPages', () => {
  const chapter = flow([text('a', 4), { ...text('b', 8), tighter: 5 }, text('c', 6)]);
  const lines = [4, 8, 6];
  const second = { unit: 1, line: 6 };

  it('finds nothing otherwise where pages end as reckoned', () => {
    const pages = printedPages(chapter, [], { starts: [START, second], lines });
    expect(pages.map(({ isOtherwise }) => isOtherwise)).toEqual([false, false]);
  });

  it('tells which page ended elsewhere, so that it is filled as it was printed', () => {
    const starts = [START, { unit: 1, line: 5 }];
    const pages = printedPages(chapter, [], { starts, lines });
    expect(pages.map(({ isOtherwise }) => isOtherwise)).toEqual([true, false]);
    const printed = new Map(pages.map(({ key, end }) => [key, end]));
    const page = fillPage({ ...chapter, printed }, START, true, []);
    expect(page).toMatchObject({ next: { unit: 1, line: 5, change: 0 }, rows: 9, isLast: false });
  });

  it('tells of a page with the changes that were made on it', () => {
    const fit = { kind: 'fit', unit: 1, by: -1 } as const;
    const print = { starts: [START, { unit: 1, line: 4 }], lines: [4, 7, 6] };
    const pages = printedPages(chapter, [fit], print);
    const printed = new Map(pages.map(({ key, end }) => [key, end]));
    const filled = (moves: (typeof fit)[]) =>
      fillPage({ ...chapter, printed }, START, true, moves).next.line;
    expect(filled([fit])).toBe(4);
    expect(filled([])).toBe(6);
  });

  it('counts a change that had no effect as none', () => {
    const fit = { kind: 'fit', unit: 1, by: -1 } as const;
    const pages = printedPages(chapter, [fit], { starts: [START, second], lines });
    expect(pages.map(({ isOtherwise }) => isOtherwise)).toEqual([false, false]);
  });

  it('says nothing of pages whose paragraphs became something else', () => {
    const print = { starts: [START, { unit: 1, line: 5 }], lines: [5, 8, 6] };
    expect(printedPages(chapter, [], print).map(({ index }) => index)).toEqual([1]);
  });

  it('blames no page for white that came a page too late', () => {
    const short = { kind: 'short', unit: 1, rows: 1 } as const;
    const long = flow([text('a', 4), text('b', 8), text('c', 8), text('d', 4)]);
    const starts = [START, second, { unit: 2, line: 7 }];
    const pages = printedPages(long, [short], { starts, lines: [4, 8, 8, 4] });
    expect(pages.filter(({ isOtherwise }) => isOtherwise).map(({ index }) => index)).toEqual([0]);
  });
});

describe('planChapter', () => {
  it('changes a page that left a line alone in print though it was reckoned not to', () => {
    const chapter = flow([text('a', 4), text('b', 8), text('c', 6)]);
    expect(planChapter(chapter).moves).toEqual([]);
    const starts = [START, { unit: 1, line: 7 }];
    const pages = printedPages(chapter, [], { starts, lines: [4, 8, 6] });
    const printed = new Map(pages.map(({ key, end }) => [key, end]));
    const plan = planChapter({ ...chapter, printed });
    expect(plan).toMatchObject({ faults: 0, shortPages: new Map([['b', 1]]) });
  });
});
