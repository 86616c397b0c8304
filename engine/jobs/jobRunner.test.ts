import { describe, expect, it } from 'vitest';
import type { Job } from '#core/contract/jobs.ts';
import { refuse } from '#core/fault.ts';
import { type JobContext, type JobRequest, JobRunner } from './jobRunner.ts';

/** Work that goes on until it is told to end, and remembers what it had made when it was stopped. */
function steered() {
  const begun: JobContext[] = [];
  const ends: (() => void)[] = [];
  const work = (context: JobContext) =>
    new Promise<string>((resolve, reject) => {
      begun.push(context);
      ends.push(() => resolve('made'));
      context.signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  return { begun, work, end: () => ends.at(-1)?.() };
}

function exportOf(title: string, work: JobRequest['work'], more: Partial<JobRequest> = {}) {
  return { kind: 'export', title, lane: 'export', canPause: true, work, ...more } as const;
}

function runner() {
  const told: Job[] = [];
  const jobs = new JobRunner((job) => told.push(job));
  const states = () => jobs.turns('export').map(({ title, state }) => `${title} ${state}`);
  /** Waits until the jobs of the queue read like this. */
  const reach = (...wanted: string[]) => expect.poll(states, { interval: 2 }).toEqual(wanted);
  return { jobs, told, states, reach };
}

describe('the turns of exports', () => {
  it('is taken one after the other, in an order that can be changed', async () => {
    const { jobs, states, reach } = runner();
    const [first, second, third, fourth] = [steered(), steered(), steered(), steered()];
    jobs.start(exportOf('a', first.work));
    jobs.start(exportOf('b', second.work));
    const c = jobs.start(exportOf('c', third.work));
    const d = jobs.start(exportOf('d', fourth.work));
    await reach('a running', 'b queued', 'c queued', 'd queued');

    jobs.move(d.id, 'first');
    jobs.move(c.id, 'earlier');
    expect(states()).toEqual(['a running', 'd queued', 'c queued', 'b queued']);
    expect(jobs.turns('export').map((job) => job.place)).toEqual([undefined, 1, 2, 3]);
    jobs.move(d.id, 'last');
    jobs.move(c.id, 'later');
    expect(states()).toEqual(['a running', 'b queued', 'c queued', 'd queued']);

    jobs.move(d.id, 'first');
    first.end();
    await reach('d running', 'b queued', 'c queued');
    await jobs.close();
  });

  it('counts what is being paused among those that wait', async () => {
    const { jobs, states, reach } = runner();
    const a = jobs.start(exportOf('a', steered().work));
    const b = jobs.start(exportOf('b', steered().work));
    await reach('a running', 'b queued');
    jobs.pause(b.id);
    jobs.pause(a.id);
    jobs.move(b.id, 'first');
    expect(states()).toEqual(['b paused', 'a running']);
    await reach('b paused', 'a paused');
    await jobs.close();
  });

  it('cannot be changed for what runs or has ended', async () => {
    const { jobs, reach } = runner();
    const a = jobs.start(exportOf('a', steered().work));
    await reach('a running');
    expect(() => jobs.move(a.id, 'first')).toThrow('“a” does not wait for its turn any more.');
    await jobs.close();
  });

  it('passes over what is paused, and goes to it when it is resumed', async () => {
    const { jobs, reach } = runner();
    const [first, second] = [steered(), steered()];
    const a = jobs.start(exportOf('a', first.work));
    jobs.start(exportOf('b', second.work));
    await reach('a running', 'b queued');
    first.begun[0]?.report(0.4, 'Frame 4 of 10');

    expect(jobs.pause(a.id).detail).toBe('Pausing');
    await reach('a paused', 'b running');
    expect(jobs.turns('export')[0]).toMatchObject({ progress: 0.4, detail: '' });

    jobs.resume(a.id);
    await reach('a queued', 'b running');
    second.end();
    await reach('a running');
    expect(first.begun).toHaveLength(2);
    first.end();
    expect(await jobs.end(a.id)).toMatchObject({ state: 'done', result: 'made' });
  });

  it('counts only what is finished when it is paused', async () => {
    const { jobs, reach } = runner();
    const { begun, work } = steered();
    const a = jobs.start(exportOf('a', work));
    await reach('a running');
    const stretches = [
      { startFrame: 0, endFrame: 40, state: 'made' as const },
      { startFrame: 40, endFrame: 70, state: 'making' as const },
      { startFrame: 70, endFrame: 100, state: 'waiting' as const },
    ];
    const counts = { framesTotal: 100, framesCopied: 0, framesCached: 0 };
    begun[0]?.report(0.5, 'Frame 50 of 100', { ...counts, framesDone: 50, stretches });
    jobs.pause(a.id);
    await reach('a paused');
    expect(jobs.find(a.id)).toMatchObject({
      progress: 0.4,
      frames: {
        framesDone: 40,
        stretches: [
          { startFrame: 0, endFrame: 40, state: 'made' },
          { startFrame: 40, endFrame: 100, state: 'waiting' },
        ],
      },
    });
    await jobs.close();
  });

  it('begins again at once when a pause is taken back before it has stopped', async () => {
    const { jobs, reach } = runner();
    const { begun, work } = steered();
    const a = jobs.start(exportOf('a', work));
    await reach('a running');
    jobs.pause(a.id);
    jobs.resume(a.id);
    await expect.poll(() => begun.length).toBe(2);
    await reach('a running');
    await jobs.close();
  });
});

describe('how a job ends', () => {
  it('is cancelled wherever it is, and the next has its turn', async () => {
    const { jobs, reach } = runner();
    const a = jobs.start(exportOf('a', steered().work));
    const b = jobs.start(exportOf('b', steered().work));
    const c = jobs.start(exportOf('c', steered().work));
    jobs.start(exportOf('d', steered().work));
    await reach('a running', 'b queued', 'c queued', 'd queued');
    jobs.pause(b.id);
    jobs.cancel(b.id);
    jobs.cancel(c.id);
    jobs.pause(a.id);
    jobs.cancel(a.id);
    await reach('d running');
    expect(jobs.list().map(({ state }) => state)).toEqual([
      'running',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    await jobs.close();
  });

  it('can fail with a sentence, and be tried again with what was found anew', async () => {
    const { jobs } = runner();
    const missing = () => Promise.resolve(refuse('export/media-missing', 'A file is missing.'));
    let renewed = 0;
    const request = exportOf('a', missing, {
      renew: () => {
        renewed += 1;
        return Promise.resolve(() => Promise.resolve('made'));
      },
    });
    const a = jobs.start(request);
    expect(await jobs.end(a.id)).toMatchObject({
      state: 'failed',
      fault: { message: 'A file is missing.' },
    });
    const again = jobs.retry(a.id);
    expect(again).toMatchObject({ state: 'queued', progress: 0, place: 1 });
    expect(again.fault).toBeUndefined();
    expect(await jobs.end(a.id)).toMatchObject({ state: 'done', result: 'made' });
    expect(renewed).toBe(1);
    expect(() => jobs.retry(a.id)).toThrow();
  });

  it('is forgotten when it is removed, and not before it has ended', async () => {
    const { jobs, reach } = runner();
    const { work, end } = steered();
    const a = jobs.start(exportOf('a', work));
    await reach('a running');
    expect(() => jobs.remove(a.id)).toThrow();
    end();
    await jobs.end(a.id);
    jobs.remove(a.id);
    expect(jobs.list()).toEqual([]);
  });

  it('of work that would begin anew, there is no pause', async () => {
    const { jobs, reach } = runner();
    const a = jobs.start(exportOf('a', steered().work, { canPause: false }));
    await reach('a running');
    expect(() => jobs.pause(a.id)).toThrow();
    await jobs.close();
    expect(jobs.list()[0]?.state).toBe('cancelled');
  });
});

it('a job of an earlier run waits until it is resumed', async () => {
  const { jobs, reach } = runner();
  const left = jobs.adopt({
    id: 'left',
    kind: 'export',
    title: 'left',
    lane: 'export',
    progress: 0.3,
    renew: () => Promise.resolve(() => Promise.resolve('made')),
  });
  expect(left).toMatchObject({ state: 'paused', isLeftOver: true, progress: 0.3 });
  const { work, end } = steered();
  const fresh = jobs.start(exportOf('fresh', work));
  await reach('left paused', 'fresh running');
  end();
  await jobs.end(fresh.id);
  await reach('left paused');
  jobs.resume('left');
  expect(await jobs.end('left')).toMatchObject({ state: 'done', isLeftOver: false });
});
