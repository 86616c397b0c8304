import { describe, expect, it } from 'vitest';
import { type ChapterFlow, type FlowUnit, planChapter } from './pageMaking.ts';

function text(id: string, lines: number): FlowUnit {
  return { id, kind: 'text', lines, above: 0, notes: [], isSticky: false };
}

function flow(units: FlowUnit[], more: Partial<ChapterFlow> = {}): ChapterFlow {
  const page = { openingRows: 4, startsOnVerso: true, pages: 3, capacity: 10, noteRuleRows: 0 };
  return { chapterId: 'c', units, ...page, ...more };
}

describe('planChapter', () => {
  it('leaves pages as they are that end on the same line', () => {
    const plan = planChapter(flow([text('a', 6), text('b', 10), text('c', 4)]));
    expect(plan.uneven).toBe(0);
    const { fits, breaks, shortPages, openings } = plan;
    expect([fits, breaks, shortPages, openings].map(({ size }) => size)).toEqual([0, 0, 0, 0]);
  });

  it('begins the text under an opening on the left a line lower where that evens the pages', () => {
    // The right page lacks a line: of a paragraph of three neither its first nor its last may stand alone.
    const units = [text('a', 5), text('b', 1), text('c', 9), text('d', 3), text('e', 4)];
    const plan = planChapter(flow(units));
    expect(plan.uneven).toBe(0);
    expect([...plan.openings]).toEqual([['c', 1]]);
    // On a right page nothing of the chapter faces the opening, so it is left alone.
    const onRecto = planChapter(flow(units, { startsOnVerso: false }));
    expect(onRecto.openings.size).toBe(0);
  });

  it('sets a paragraph longer where it can be', () => {
    const units = [text('a', 6), { ...text('b', 8), looser: 4 }, { ...text('c', 3) }, text('d', 9)];
    const plan = planChapter(flow(units));
    expect(plan).toMatchObject({ uneven: 0, fits: new Map([['b', 4]]) });
  });
});
