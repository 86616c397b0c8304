import { describe, expect, test } from 'vitest';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameAt, type Rate, rate } from '#core/time/rate.ts';
import { formatTimecode, parseTimecode, type TimecodeKind } from '#core/time/timecode.ts';
import { resolveTime } from '#core/time/timeInput.ts';

const RATES = [
  { name: '23.976', frameRate: rate(24000, 1001), nominal: 24 },
  { name: '24', frameRate: rate(24), nominal: 24 },
  { name: '25', frameRate: rate(25), nominal: 25 },
  { name: '29.97', frameRate: rate(30000, 1001), nominal: 30 },
  { name: '30', frameRate: rate(30), nominal: 30 },
  { name: '50', frameRate: rate(50), nominal: 50 },
  { name: '59.94', frameRate: rate(60000, 1001), nominal: 60 },
  { name: '60', frameRate: rate(60), nominal: 60 },
];
const DAY_SECONDS = 24 * 3600;

const LABELS = [
  ...RATES.map((each) => ({
    ...each,
    kind: 'non-drop-frame' as const,
    frames: DAY_SECONDS * each.nominal,
  })),
  ...RATES.filter(({ name }) => name === '29.97' || name === '59.94').map((each) => ({
    ...each,
    kind: 'drop-frame' as const,
    // The frame count of a day at 30 or 60 per second, less two or four of 54 minutes in every hour.
    frames: DAY_SECONDS * each.nominal - 24 * 54 * (each.nominal / 15),
  })),
];

/**
 * All labels of a day, one after the other. Drop-frame by the wording of SMPTE ST 12-1 itself: the first labels of
 * each minute are not used, except in minutes 00, 10, 20, 30, 40 and 50.
 */
function* labelsOfOneDay(nominal: number, kind: TimecodeKind): Generator<string> {
  const two = (value: number) => String(value).padStart(2, '0');
  const isDropping = kind === 'drop-frame';
  for (let minute = 0; minute < 24 * 60; minute++) {
    for (let second = 0; second < 60; second++) {
      const prefix = `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second)}`;
      const skipped = isDropping && second === 0 && minute % 10 !== 0 ? nominal / 15 : 0;
      for (let frame = skipped; frame < nominal; frame++) {
        yield `${prefix}${isDropping ? ';' : ':'}${two(frame)}`;
      }
    }
  }
}

/** How many frames of a day agree with the list of labels, up to the first that does not. */
function checkDay(frameRate: Rate, nominal: number, kind: TimecodeKind) {
  const duration = (FLICKS_PER_SECOND * frameRate.den) / frameRate.num;
  let frame = 0;
  for (const label of labelsOfOneDay(nominal, kind)) {
    const time = resolveTime(label, frameRate);
    const isRight =
      formatTimecode(frame, frameRate, kind) === label &&
      parseTimecode(label, frameRate) === frame &&
      time === frame * duration &&
      frameAt(time, frameRate) === frame;
    if (!isRight) return { frames: frame, firstWrong: label };
    frame += 1;
  }
  return { frames: frame, firstWrong: null };
}

describe.each(LABELS)('$kind timecode at $name', ({ frameRate, nominal, kind, frames }) => {
  test('every label of 24 hours, both ways, and its exact time', () => {
    expect(checkDay(frameRate, nominal, kind)).toEqual({ frames, firstWrong: null });
  }, 120_000);
});
