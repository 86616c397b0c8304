import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Rate, rate } from './rate.ts';
import { canDropFrames, formatTimecode, nominalRate, parseTimecode } from './timecode.ts';

const NTSC = [
  { frameRate: rate(30000, 1001), name: '29.97', nominal: 30 },
  { frameRate: rate(60000, 1001), name: '59.94', nominal: 60 },
];

describe.each(NTSC)('drop-frame at $name', ({ frameRate, nominal }) => {
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
