import { expect, test } from 'vitest';
import { rate } from '#core/time/rate.ts';
import { seekTime } from './looking.ts';

test.each([rate(30), rate(25), rate(24_000, 1001), rate(60_000, 1001)])(
  'a film of $num/$den frames a second opens at the frame that is asked for',
  (frameRate) => {
    for (let frame = 1; frame < 5_000; frame++) {
      const told = Number(seekTime({ frameRate }, frame).toFixed(6));
      // In ticks of whole frames, as our films have them, and in fine ones, of which no picture is skipped.
      const ticks = (told * frameRate.num) / frameRate.den;
      expect(Math.round(ticks)).toBe(frame);
      expect(Math.ceil(ticks)).toBe(frame);
    }
  },
);
