import { expect, it } from 'vitest';
import type { Job } from '#core/contract/jobs.ts';
import { closingQuestion, ExportWatch } from './exportWatch.ts';

const changed = (job: Partial<Job>) => ({
  type: 'job.changed' as const,
  job: {
    id: 'a',
    kind: 'export' as const,
    title: 'Export a.mp4',
    state: 'running' as const,
    progress: 0,
    detail: '',
    canPause: true,
    isLeftOver: false,
    ...job,
  },
});

it('counts exports that wait or run, and nothing else', () => {
  const watch = new ExportWatch();
  watch.receive(changed({}));
  watch.receive(changed({ progress: 0.5 }));
  watch.receive(changed({ id: 'b', state: 'queued' }));
  watch.receive(changed({ id: 'c', kind: 'thumbnails' }));
  expect(watch.count).toBe(2);
  watch.receive(changed({ state: 'paused' }));
  expect(watch.count).toBe(1);
  watch.receive(changed({ id: 'b', state: 'done' }));
  expect(watch.count).toBe(0);
});

it('asks so that the return key changes nothing', () => {
  expect(closingQuestion(1)).toMatchObject({ message: 'An export is not finished yet.' });
  const { buttons, defaultId, cancelId } = closingQuestion(2);
  expect([buttons[defaultId], buttons[cancelId]]).toEqual([
    'Keep Inkreel open',
    'Keep Inkreel open',
  ]);
});
