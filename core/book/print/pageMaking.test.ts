import { describe, expect, it } from 'vitest';
import { type ChapterFlow, type FlowUnit, pageKey } from './pageFilling.ts';
import { planChapter } from './pageMaking.ts';

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
    expect(plan.faults).toBe(0);
    const { fits, breaks, shortPages, openings } = plan;
    expect([fits, breaks, shortPages, openings].map(({ size }) => size)).toEqual([0, 0, 0, 0]);
  });

  it('begins the text under an opening on the left a line lower where that evens the pages', () => {
    // The right page lacks a line: of a paragraph of three neither its first nor its last may stand alone.
    const units = [text('a', 5), text('b', 1), text('c', 9), text('d', 3), text('e', 4)];
    const plan = planChapter(flow(units));
    expect(plan.faults).toBe(0);
    expect([...plan.openings]).toEqual([['c', 1]]);
    // On a right page nothing of the chapter faces the opening, so it is left alone.
    const onRecto = planChapter(flow(units, { startsOnVerso: false }));
    expect(onRecto.openings.size).toBe(0);
  });

  it('sets a paragraph longer where it can be', () => {
    const units = [text('a', 6), { ...text('b', 8), looser: 4 }, { ...text('c', 3) }, text('d', 9)];
    const plan = planChapter(flow(units));
    expect(plan).toMatchObject({ faults: 0, fits: new Map([['b', 4]]) });
  });

  it('leaves no last line alone whose note does not fit on the page', () => {
    // With its note the last line of “b” would go to the next page without the one before.
    const b = { ...text('b', 6), notes: [0, 0, 0, 0, 0, 1] };
    const a = { ...text('a', 3), notes: [0, 1, 0] };
    const page = { openingRows: 0, capacity: 11, noteRuleRows: 1, pages: 2 };
    const plan = planChapter(flow([a, b, text('c', 4)], page));
    expect(plan.faults).toBe(0);
    expect([...plan.shortPages]).toEqual([['b', 1]]);
  });

  it('changes a page before where nothing on its own keeps a line from staying alone', () => {
    // Two pages on, the last line of “b” would be alone: its note does not fit below it.
    const a = { ...text('a', 23), isSpent: true, tighter: 4 };
    const b = { ...text('b', 7), isSpent: true, notes: [0, 0, 0, 0, 0, 0, 0.5] };
    const page = { openingRows: 0, noteRuleRows: 0.5, pages: 3 };
    const plan = planChapter(flow([a, b, text('c', 2)], page));
    expect(plan).toMatchObject({ faults: 0, fits: new Map([['a', -4]]) });
  });

  it('begins the text lower on a right page too where one paragraph is all that stands there', () => {
    const a = { ...text('a', 8), notes: [0, 0, 0, 0, 0, 0, 0, 1] };
    const page = { openingRows: 2, startsOnVerso: false, noteRuleRows: 1, pages: 2 };
    const plan = planChapter(flow([a, text('b', 4)], page));
    expect(plan).toMatchObject({ faults: 0, openings: new Map([['c', 1]]) });
  });

  it('leaves a page three lines short rather than a line alone', () => {
    const b = { ...text('b', 9), notes: [0, 0, 0, 0, 0, 0, 0, 0, 3] };
    const page = { openingRows: 0, startsOnVerso: false, capacity: 13, noteRuleRows: 1, pages: 2 };
    const plan = planChapter(flow([text('a', 2), b, text('c', 4)], page));
    expect(plan).toMatchObject({ faults: 0, shortPages: new Map([['b', 3]]) });
  });

  it('keeps the notes of a paragraph that loses a line', () => {
    // A line shorter, “a” has its note on its last line still, and “b” does not fit below it.
    const a = { ...text('a', 9), notes: [0, 0, 0, 0, 0, 0, 0, 0, 1], tighter: 4 };
    const page = { openingRows: 0, capacity: 10, noteRuleRows: 1, pages: 2 };
    const plan = planChapter(flow([a, text('b', 2), text('c', 3)], page));
    expect(plan).toMatchObject({ faults: 0, fits: new Map([['a', -4]]) });
  });

  it('changes a page that came out badly though it looks well', () => {
    const units = [text('a', 6), text('b', 10), text('c', 4)];
    expect(planChapter(flow(units)).faults).toBe(0);
    const first = pageKey({ unit: 0, line: 0, change: 0, carried: 0 }, []);
    const plan = planChapter(flow(units, { spoilt: new Set([first]) }));
    expect(plan.faults).toBe(0);
    expect(plan.openings.size + plan.shortPages.size).toBeGreaterThan(0);
  });
});
