import { expect, it } from 'vitest';
import { rowWindow, scrollToRow } from './rowWindow.ts';

const list = { count: 100_000, rowPx: 28, heightPx: 280 };

it('draws what is seen and a little more, however long the list is', () => {
  expect(rowWindow({ ...list, scrollTop: 0 })).toEqual({ first: 0, end: 18 });
  expect(rowWindow({ ...list, scrollTop: 28 * 50_000 })).toEqual({ first: 49_992, end: 50_018 });
  expect(rowWindow({ ...list, scrollTop: 28 * 99_990 }).end).toBe(100_000);
});

it('draws nothing of an empty list, and copes with a list that became shorter', () => {
  expect(rowWindow({ ...list, count: 0, scrollTop: 0 })).toEqual({ first: 0, end: 0 });
  expect(rowWindow({ ...list, count: 5, scrollTop: 9_000 })).toEqual({ first: 0, end: 5 });
});

it('scrolls just far enough to show a row', () => {
  const view = { rowPx: 28, heightPx: 280, scrollTop: 280 };
  expect(scrollToRow({ ...view, row: 12 })).toBe(280);
  expect(scrollToRow({ ...view, row: 3 })).toBe(84);
  expect(scrollToRow({ ...view, row: 20 })).toBe(308);
});
