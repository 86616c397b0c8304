import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NarrationPart } from './narrationScript.ts';
import {
  clockValue,
  GRID_SAMPLES,
  HEAD_SAMPLES,
  NARRATION_HZ,
  TAIL_SAMPLES,
  timePart,
} from './narrationTimeline.ts';
import { smilDocument } from './smil.ts';

function partOf(count: number): NarrationPart {
  return {
    kind: 'chapter',
    title: 'One',
    chapterIndex: 0,
    utterances: Array.from({ length: count }, (_, index) => ({
      id: `b.${index}`,
      text: 'Text.',
      spoken: 'Text.',
      voice: 'test/a',
      pauseMs: 320,
    })),
  };
}

/** Milliseconds of a clock value. */
function parseClock(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return Math.round((hours * 3_600 + minutes * 60 + seconds) * 1_000);
}

test('clips follow each other without gap or overlap, each on the sample where its sound begins', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(lengths, (samples) => {
      const { clips, length } = timePart(partOf(samples.length), samples);
      let end = 0;
      for (const [index, clip] of clips.entries()) {
        expect(clip.begin).toBe(end);
        expect(clip.begin % GRID_SAMPLES).toBe(0);
        expect(clip.soundStart).toBe(index === 0 ? HEAD_SAMPLES : clip.begin);
        expect(clip.end - clip.soundStart).toBeGreaterThanOrEqual(samples[index] ?? 0);
        end = clip.end;
      }
      expect(end).toBe(length);
      const last = clips.at(-1);
      const tail = length - ((last?.soundStart ?? 0) + (samples.at(-1) ?? 0));
      expect(tail).toBeGreaterThanOrEqual(TAIL_SAMPLES);
      expect(tail).toBeLessThan(TAIL_SAMPLES + GRID_SAMPLES);
    }),
  );
});

test('after ten hours of sentences of odd lengths clock values still name the very sample', () => {
  const lengths = Array.from({ length: 9_000 }, (_, index) => 140_001 + ((index * 7_919) % 70_003));
  const timed = timePart(partOf(lengths.length), lengths);
  expect(timed.length / NARRATION_HZ).toBeGreaterThan(36_000);
  const smil = smilDocument(timed, { page: 'a.xhtml', audio: 'a.m4a' });
  const times = [...smil.matchAll(/clipBegin="([^"]+)" clipEnd="([^"]+)"/g)];
  expect(times).toHaveLength(lengths.length);
  let before = 0;
  for (const [index, [, begin = '', end = '']] of times.entries()) {
    expect(parseClock(begin)).toBe(before);
    expect((parseClock(begin) * NARRATION_HZ) / 1_000).toBe(timed.clips[index]?.begin);
    before = parseClock(end);
  }
  expect((before * NARRATION_HZ) / 1_000).toBe(timed.length);
});

test('clock values', () => {
  expect(clockValue(0)).toBe('0:00:00.000');
  expect(clockValue(NARRATION_HZ * 36_000)).toBe('10:00:00.000');
  expect(clockValue(GRID_SAMPLES * (6_000 * 59 + 5_999))).toBe('0:59:59.990');
});

test('a note is a sequence of its own, which readers can skip', () => {
  const part = partOf(3);
  const noted = part.utterances.map((one, index) => (index === 1 ? { ...one, noteId: '7' } : one));
  const smil = smilDocument(timePart({ ...part, utterances: noted }, [1, 1, 1]), {
    page: 'a.xhtml',
    audio: 'a.m4a',
  });
  expect(smil).toMatch(
    /clip-1.*\n<seq epub:type="footnote" epub:textref="a.xhtml#_7">\n<par id="clip-2".*\n<\/seq>\n<par id="clip-3"/,
  );
});
