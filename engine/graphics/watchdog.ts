/** Calls `onSilence` once when nothing has been reported for `silenceMs`, except while paused. */
export type Watchdog = {
  /** Something happened: the time starts anew. */
  feed: () => void;
  /** What follows is somebody else's time. Pauses count: each needs its `resume`. */
  pause: () => void;
  resume: () => void;
  stop: () => void;
};

export function startWatchdog(silenceMs: number, onSilence: () => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  let pauses = 0;
  let stopped = false;
  const feed = () => {
    clearTimeout(timer);
    if (!stopped && pauses === 0) timer = setTimeout(onSilence, silenceMs);
  };
  feed();
  return {
    feed,
    pause: () => {
      pauses += 1;
      clearTimeout(timer);
    },
    resume: () => {
      pauses -= 1;
      feed();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
