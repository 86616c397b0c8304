import type { Paginator } from 'foliate-js/paginator.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FlowingPages } from './flowingPages.ts';

let idle: (() => void)[] = [];
beforeEach(() => {
  idle = [];
  vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work));
  vi.stubGlobal('cancelIdleCallback', (id: number) => {
    idle[id - 1] = () => undefined;
  });
});
afterEach(() => vi.unstubAllGlobals());

function pages() {
  const made: { remove: () => void }[] = [];
  const make = () => {
    const view = {
      style: {},
      inert: false,
      goTo: () => Promise.resolve(),
      destroy: () => undefined,
      remove: vi.fn(),
    };
    made.push(view);
    return view as unknown as Paginator;
  };
  return { made, flowing: new FlowingPages(make) };
}

const runIdle = () => idle.splice(0).forEach((work) => work());

it('loads documents in advance when there is time, and gives all up when it is closed', () => {
  const { made, flowing } = pages();
  flowing.prepare([1, 3], () => undefined);
  expect(made).toHaveLength(1);
  runIdle();
  expect(made).toHaveLength(3);
  flowing.close();
  for (const view of made) expect(view.remove).toHaveBeenCalledOnce();
});

it('loads nothing any more after it was closed, whether that was asked for before or after', () => {
  const { made, flowing } = pages();
  flowing.prepare([1], () => undefined);
  flowing.close();
  flowing.prepare([2], () => undefined);
  runIdle();
  expect(made).toHaveLength(1);
});
