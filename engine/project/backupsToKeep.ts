const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Backups that are kept whatever their age. */
const LATEST = 10;
const DAYS = 30;

/**
 * The times of the backups that stay, newest first: the latest ten, then the last of each hour for a day, then the
 * last of each day (UTC) for thirty days. Times and `now` are milliseconds since 1970.
 */
export function backupsToKeep(times: readonly number[], now: number): number[] {
  const newestFirst = [...new Set(times)].sort((a, b) => b - a);
  const taken = new Set<string>();
  return newestFirst.filter((time, index) => {
    const age = now - time;
    const spans = [
      ...(age <= DAY_MS ? [`hour ${Math.floor(time / HOUR_MS)}`] : []),
      ...(age <= DAYS * DAY_MS ? [`day ${Math.floor(time / DAY_MS)}`] : []),
    ];
    const isLastOfSpan = spans.some((span) => !taken.has(span));
    for (const span of spans) taken.add(span);
    return index < LATEST || isLastOfSpan;
  });
}
