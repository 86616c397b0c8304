import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rate, rate } from './rate.ts';
import { canDropFrames, formatTimecode, nominalRate, parseTimecode } from './timecode.ts';

const NTSC = [
  { frameRate: rate(30000, 1001), name: '29.97', nominal: 30, framesPerDay: 2_589_408 },
  { frameRate: rate(60000, 1001), name: '59.94', nominal: 60, framesPerDay: 5_178_816 },
];

/**
 * All drop-frame labels of a day, one after the other, by the wording of SMPTE ST 12-1 itself: the first labels of
 * each minute are not used, except in minutes 00, 10, 20, 30, 40 and 50.
 */
function* labelsOfOneDay(nominal: number): Generator<string> {
  const two = (value: number) => String(value).padStart(2, '0');
  for (let hour = 0; hour < 24; hour++) {
    for (let minute = 0; minute < 60; minute++) {
      for (let second = 0; second < 60; second++) {
        const prefix = `${two(hour)}:${two(minute)}:${two(second)};`;
        const skipped = second === 0 && minute % 10 !== 0 ? nominal / 15 : 0;
        for (let frame = skipped; frame < nominal; frame++) yield prefix + two(frame);
      }
    }
  }
}

describe.each(NTSC)('drop-frame at $name', ({ frameRate, nominal, framesPerDay }) => {
  test('every label of 24 hours, both ways', () => {
    let frame = 0;
    let firstWrong: string | null = null;
    for (const label of labelsOfOneDay(nominal)) {
      const isRight =
        formatTimecode(frame, frameRate, 'drop-frame') === label &&
        parseTimecode(label, frameRate) === frame;
      if (!isRight) {
        firstWrong = `frame ${frame}, label ${label}`;
        break;
      }
      frame += 1;
    }
    expect(firstWrong).toBeNull();
    expect(frame).toBe(framesPerDay);
  }, 60_000);

  test('stays within 0.15 s of the clock for 24 hours', () => {
    let worst = 0;
    for (let minute = 1; minute <= 24 * 60; minute++) {
      const label = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:10;00`;
      const frame = parseTimecode(label, frameRate) ?? Number.NaN;
      const seconds = (frame * frameRate.den) / frameRate.num;
      worst = Math.max(worst, Math.abs(seconds - (minute * 60 + 10)));
    }
    expect(worst).toBeLessThan(0.15);
  });

  test('labels that are skipped name no frame', () => {
    for (let dropped = 0; dropped < nominal / 15; dropped++) {
      expect(parseTimecode(`00:01:00;0${dropped}`, frameRate)).toBeNull();
      expect(parseTimecode(`00:10:00;0${dropped}`, frameRate)).not.toBeNull();
      expect(parseTimecode(`00:01:00:0${dropped}`, frameRate)).toBe(60 * nominal + dropped);
    }
  });
});

describe('timecode', () => {
  const anyRate = fc.constantFrom<Rate>(
    rate(24000, 1001),
    rate(24),
    rate(25),
    rate(30000, 1001),
    rate(30),
    rate(50),
    rate(60000, 1001),
    rate(60),
    rate(120),
  );

  test('what is written is read back, up to 999 hours', () => {
    fc.assert(
      fc.property(
        anyRate,
        fc.nat(999 * 3600 * 24),
        fc.boolean(),
        (frameRate, frame, isNegative) => {
          const signed = isNegative && frame > 0 ? -frame : frame;
          const kinds = canDropFrames(frameRate)
            ? (['drop-frame', 'non-drop-frame'] as const)
            : (['non-drop-frame'] as const);
          for (const kind of kinds) {
            expect(parseTimecode(formatTimecode(signed, frameRate, kind), frameRate)).toBe(signed);
          }
        },
      ),
    );
  });

  test('counts every frame when it does not drop', () => {
    const frameRate = rate(24000, 1001);
    expect(nominalRate(frameRate)).toBe(24);
    expect(formatTimecode(86_400, frameRate)).toBe('01:00:00:00');
    expect(formatTimecode(86_399, frameRate)).toBe('00:59:59:23');
    expect(formatTimecode(-1, rate(25))).toBe('-00:00:00:01');
    expect(formatTimecode(107_892, rate(30000, 1001), 'drop-frame')).toBe('01:00:00;00');
    expect(formatTimecode(119, rate(120))).toBe('00:00:00:119');
  });

  test.each([
    '',
    '1:2:3:4',
    '00:00:00',
    '00:60:00:00',
    '00:00:60:00',
    '00:00:00:24',
    '00:00:00.00',
    '00:00:00;00',
    'x',
  ])('“%s” names no frame at 24 fps', (text) => {
    expect(parseTimecode(text, rate(24))).toBeNull();
  });

  test('drop-frame exists for 29.97 and 59.94 only', () => {
    expect(() => formatTimecode(0, rate(24000, 1001), 'drop-frame')).toThrow(RangeError);
    expect([rate(24), rate(30), rate(60), rate(24000, 1001)].some(canDropFrames)).toBe(false);
  });
});
