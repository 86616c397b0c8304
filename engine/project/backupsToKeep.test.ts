import { describe, expect, it } from 'vitest';
import { backupsToKeep } from './backupsToKeep.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = Date.UTC(2026, 10, 20, 12, 30);

describe('the backups that are kept', () => {
  it('are all of the latest ten, however old', () => {
    const times = Array.from({ length: 10 }, (_, index) => now - index * 400 * DAY);
    expect(backupsToKeep(times, now)).toEqual(times);
  });

  it('thin out to one an hour for a day and one a day for a month', () => {
    const tenMinutes = Array.from({ length: 60 * 24 * 6 }, (_, index) => now - index * 10 * MINUTE);
    const kept = backupsToKeep(tenMinutes, now);
    expect(kept.slice(0, 10)).toEqual(tenMinutes.slice(0, 10));
    const hours = kept.slice(10).filter((time) => now - time <= DAY);
    expect(new Set(hours.map((time) => Math.floor(time / HOUR))).size).toBe(hours.length);
    expect(hours.length).toBeGreaterThanOrEqual(22);
    const older = kept.filter((time) => now - time > DAY);
    expect(new Set(older.map((time) => Math.floor(time / DAY))).size).toBe(older.length);
    expect(older.length).toBeGreaterThanOrEqual(28);
    expect(kept.every((time) => now - time <= 30 * DAY)).toBe(true);
  });

  it('stay the same when they are thinned again, and the newest is always among them', () => {
    const times = Array.from({ length: 500 }, (_, index) => now - index * index * MINUTE);
    const kept = backupsToKeep(times, now);
    expect(kept[0]).toBe(now);
    expect(backupsToKeep(kept, now)).toEqual(kept);
  });

  it('are none when there are none', () => {
    expect(backupsToKeep([], now)).toEqual([]);
  });
});
