import type { ShellEvent } from '#core/contract/shell.ts';

type UpdateState = Extract<ShellEvent, { type: 'shell.updateChanged' }>;

/** What finds, fetches, checks and installs updates. */
export interface UpdateFeed {
  /** Looks for an update and fetches it when there is one. */
  check(): Promise<void>;
  /** Ends this program, installs what was fetched and starts it. */
  installAndRestart(): void;
  listen(listener: (happening: UpdateHappening) => void): void;
}

export type UpdateHappening =
  | { type: 'checking' }
  | { type: 'none' }
  | { type: 'found'; version: string }
  /** `progress` from 0 to 1. */
  | { type: 'fetching'; progress: number }
  | { type: 'ready'; version: string }
  | { type: 'failed'; error: unknown };

export type Updater = {
  state(): UpdateState;
  check(): Promise<void>;
  /** The user's consent: installs a fetched update. Whether there was one. */
  restartToUpdate(): boolean;
};

export type UpdaterOptions = {
  /** Null when this copy does not update itself. */
  feed: UpdateFeed | null;
  /** Why there is no feed, for a person. */
  reason: string;
  tell(state: UpdateState): void;
  report(error: unknown): void;
};

/** Follows a feed: fetches by itself, installs only when the user says so. */
export function createUpdater({ feed, reason, tell, report }: UpdaterOptions): Updater {
  let state = updateState('none', feed === null ? reason : '');
  const change = (next: UpdateState) => {
    state = next;
    tell(next);
  };
  feed?.listen((happening) => {
    if (happening.type === 'failed') report(happening.error);
    // What is fetched stays ready, whatever a later look finds.
    if (state.state !== 'ready') change(afterwards(state, happening));
  });
  return {
    state: () => state,
    check: async () => {
      if (feed === null || state.state === 'ready' || state.state === 'downloading') return;
      try {
        await feed.check();
      } catch (error) {
        report(error);
        change(failed());
      }
    },
    restartToUpdate: () => {
      if (feed === null || state.state !== 'ready') return false;
      feed.installAndRestart();
      return true;
    },
  };
}

function afterwards(before: UpdateState, happening: UpdateHappening): UpdateState {
  switch (happening.type) {
    case 'checking':
      return updateState('checking', 'Looking for an update.');
    case 'none':
      return updateState('none', 'This is the newest version.');
    case 'found':
      return {
        ...updateState('downloading', `Fetching version ${happening.version}.`),
        version: happening.version,
        progress: 0,
      };
    case 'fetching':
      return { ...before, state: 'downloading', progress: happening.progress };
    case 'ready':
      return {
        ...updateState(
          'ready',
          `Version ${happening.version} is ready. Restart when it suits you.`,
        ),
        version: happening.version,
      };
    case 'failed':
      return failed();
  }
}

function failed(): UpdateState {
  return updateState('failed', 'Looking for an update did not work. Inkreel will try again later.');
}

function updateState(state: UpdateState['state'], message: string): UpdateState {
  return { type: 'shell.updateChanged', state, version: null, progress: null, message };
}
