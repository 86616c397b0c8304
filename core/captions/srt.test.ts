import { describe, expect, it } from 'vitest';
import type { Cue } from '../model/entities.ts';
import { flicks, FLICKS_PER_SECOND } from '../time/flicks.ts';
import { formatSrt, srtTime } from './srt.ts';

const seconds = (value: number) => flicks(Math.round(value * FLICKS_PER_SECOND));
const cue = (start: number, duration: number, text: string): Cue => ({
  id: `cue-${start}`,
  kind: 'cue',
  placement: { trackId: 'captions', start: seconds(start) },
  duration: seconds(duration),
  text,
});

describe('SubRip text', () => {
  it('writes times with hours and milliseconds', () => {
    expect(srtTime(seconds(0))).toBe('00:00:00,000');
    expect(srtTime(seconds(3725.0405))).toBe('01:02:05,041');
    expect(srtTime(seconds(59.9996))).toBe('00:01:00,000');
  });

  it('numbers cues in the order of time, cut to the range and counted from its start', () => {
    const cues = [cue(12, 4, 'Second'), cue(9, 2, 'First'), cue(20, 1, 'Outside')];
    expect(formatSrt(cues, { start: seconds(10), end: seconds(15) })).toBe(
      '1\n00:00:00,000 --> 00:00:01,000\nFirst\n\n2\n00:00:02,000 --> 00:00:05,000\nSecond\n',
    );
  });

  it('keeps a cue whole when its text has empty lines', () => {
    const text = formatSrt([cue(0, 1, 'One\n\n\nTwo')], { start: seconds(0), end: seconds(1) });
    expect(text).toBe('1\n00:00:00,000 --> 00:00:01,000\nOne\nTwo\n');
  });
});
