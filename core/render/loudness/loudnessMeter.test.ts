import { describe, expect, it } from 'vitest';
import { silentBlock, type StereoBlock } from '../soundEffects/soundProcessor.ts';
import { type LoudnessFacts, LoudnessMeter } from './loudnessMeter.ts';

function tone(hz: number, seconds: number, level: number, pitch = 1_000, phase = 0): StereoBlock {
  const block = silentBlock(Math.round(hz * seconds));
  for (let index = 0; index < block.left.length; index++) {
    block.left[index] = level * Math.sin((2 * Math.PI * pitch * index) / hz + phase);
  }
  block.right.set(block.left);
  return block;
}

function measured(hz: number, ...blocks: StereoBlock[]): LoudnessFacts {
  const meter = new LoudnessMeter(hz);
  for (const block of blocks) meter.add(block);
  return meter.facts();
}

const level = (decibels: number) => 10 ** (decibels / 20);

describe('the meter', () => {
  // Minimum requirements tests of EBU Tech 3341, table 1.
  it.each([8_000, 44_100, 48_000, 96_000, 192_000])(
    'reads −23 LUFS of a tone at −23 dBFS, %i Hz',
    (hz) => {
      expect(measured(hz, tone(hz, 3, level(-23))).integratedLufs).toBeCloseTo(-23, 1);
    },
  );

  it('leaves quiet stretches out by both gates', () => {
    const quiet = tone(8_000, 10, level(-36));
    const quieter = tone(8_000, 10, level(-72));
    const loud = tone(8_000, 60, level(-23));
    expect(measured(8_000, quieter, quiet, loud, quiet, quieter).integratedLufs).toBeCloseTo(
      -23,
      1,
    );
  });

  // Tech 3342, test 1.
  it('reads the range between two levels', () => {
    const facts = measured(8_000, tone(8_000, 20, level(-20)), tone(8_000, 20, level(-30)));
    expect(Math.abs(facts.rangeLu - 10)).toBeLessThan(1);
  });

  it('sees peaks between samples', () => {
    // A quarter of the sample rate, 45° off: every sample lies 3 dB below the peak.
    const facts = measured(48_000, tone(48_000, 1, 0.5, 12_000, Math.PI / 4));
    expect(Math.abs(facts.truePeakDb + 6.02)).toBeLessThan(0.1);
  });

  it('is the same however the sound is cut into blocks', () => {
    const whole = tone(44_100, 2, 0.4, 777);
    const pieces = [0, 1, 100, 4_409, 30_000, 88_200].map((from, index, all) => ({
      left: whole.left.slice(from, all[index + 1] ?? from),
      right: whole.right.slice(from, all[index + 1] ?? from),
    }));
    const [one, many] = [measured(44_100, whole), measured(44_100, ...pieces)];
    expect(many.integratedLufs).toBeCloseTo(one.integratedLufs, 9);
    expect(many.truePeakDb).toBeCloseTo(one.truePeakDb, 6);
  });

  it('measures nothing in silence', () => {
    const facts = measured(48_000, silentBlock(48_000));
    expect(facts.integratedLufs).toBe(Number.NEGATIVE_INFINITY);
    expect(facts.rangeLu).toBe(0);
  });
});
