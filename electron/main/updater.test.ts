import { describe, expect, it } from 'vitest';
import type { ShellEvent } from '#core/contract/shell.ts';
import { createUpdater, type UpdateHappening } from './updater.ts';

function setUp(check: () => Promise<void> = () => Promise.resolve()) {
  const told: ShellEvent[] = [];
  const reported: unknown[] = [];
  const calls = { checks: 0, installs: 0 };
  let happen: (happening: UpdateHappening) => void = () => undefined;
  const updater = createUpdater({
    feed: {
      check: () => {
        calls.checks += 1;
        return check();
      },
      installAndRestart: () => {
        calls.installs += 1;
      },
      listen: (listener) => {
        happen = listener;
      },
    },
    reason: '',
    tell: (state) => told.push(state),
    report: (error) => reported.push(error),
  });
  return {
    updater,
    told,
    reported,
    calls,
    happen: (happening: UpdateHappening) => happen(happening),
  };
}

describe('createUpdater', () => {
  it('tells how an update comes in', () => {
    const { told, happen } = setUp();
    happen({ type: 'checking' });
    happen({ type: 'found', version: '2.0.0' });
    happen({ type: 'fetching', progress: 0.5 });
    happen({ type: 'ready', version: '2.0.0' });
    expect(told).toMatchObject([
      { state: 'checking', version: null, progress: null },
      { state: 'downloading', version: '2.0.0', progress: 0 },
      { state: 'downloading', version: '2.0.0', progress: 0.5 },
      { state: 'ready', version: '2.0.0', progress: null },
    ]);
  });

  it('installs only what is ready, and only when asked', () => {
    const { updater, calls, happen } = setUp();
    expect(updater.restartToUpdate()).toBe(false);
    happen({ type: 'found', version: '2.0.0' });
    expect(updater.restartToUpdate()).toBe(false);
    happen({ type: 'ready', version: '2.0.0' });
    expect(calls.installs).toBe(0);
    expect(updater.restartToUpdate()).toBe(true);
    expect(calls.installs).toBe(1);
  });

  it('keeps an update ready whatever a later look finds, and looks no more', async () => {
    const { updater, calls, happen } = setUp();
    happen({ type: 'ready', version: '2.0.0' });
    happen({ type: 'failed', error: new Error('offline') });
    happen({ type: 'checking' });
    expect(updater.state()).toMatchObject({ state: 'ready', version: '2.0.0' });
    await updater.check();
    expect(calls.checks).toBe(0);
  });

  it('says when looking failed, and looks again', async () => {
    const offline = new Error('offline');
    const { updater, reported, calls } = setUp(() => Promise.reject(offline));
    await updater.check();
    expect(updater.state().state).toBe('failed');
    expect(reported).toEqual([offline]);
    await updater.check();
    expect(calls.checks).toBe(2);
  });

  it('says why a copy without a feed does not update itself', async () => {
    const updater = createUpdater({
      feed: null,
      reason: 'Only an installed copy updates itself.',
      tell: () => undefined,
      report: () => undefined,
    });
    await updater.check();
    expect(updater.state()).toMatchObject({
      state: 'none',
      message: 'Only an installed copy updates itself.',
    });
    expect(updater.restartToUpdate()).toBe(false);
  });
});
