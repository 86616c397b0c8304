import { describe, expect, it } from 'vitest';
import { rangeAtSpeed, type SourceRange } from '#core/model/sourceRange.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { type RecordedSound, RetimedSound } from './retimedSound.ts';

const RATE = 48_000;
const second = FLICKS_PER_SECOND;

/** Six seconds of a tone of 440 Hz. */
const recorded: RecordedSound = {
  start: 0,
  sampleRateHz: RATE,
  channels: [
    Float32Array.from(
      { length: 6 * RATE },
      (_, index) => 0.5 * Math.sin((index / RATE) * 880 * Math.PI),
    ),
  ],
};

function heard(range: SourceRange, source = recorded): Float32Array {
  const part: SoundPart = {
    clipId: 'a',
    assetId: 'a',
    sourceIn: range.in,
    startSample: 0,
    endSample: RATE,
    gain: 1,
    fadeInSamples: 0,
    fadeOutSamples: 0,
    retime: { start: ZERO, range },
  };
  const sound = new RetimedSound(part, 0, RATE);
  const pieces: number[] = [];
  while (sound.next < RATE) pieces.push(...(sound.piece(RATE / 4, source)[0] ?? []));
  return Float32Array.from(pieces);
}

/** Cycles a second, by the upward crossings of zero. */
function pitchOf(sound: Float32Array): number {
  let crossings = 0;
  for (let index = 1; index < RATE; index++)
    if ((sound[index - 1] ?? 0) < 0 && (sound[index] ?? 0) >= 0) crossings += 1;
  return crossings;
}

function loudness(sound: Float32Array): number {
  return Math.sqrt(sound.reduce((sum, value) => sum + value * value, 0) / sound.length);
}

const at = (num: number, den = 1) => rangeAtSpeed(ZERO, flicks(second), { num, den });

describe('sound at another speed', () => {
  it('keeps pitch and loudness from a quarter to four times', () => {
    for (const range of [at(1, 4), at(1, 2), at(3, 2), at(2), at(4)]) {
      const sound = heard(range);
      expect(Math.abs(pitchOf(sound) - 440)).toBeLessThan(6);
      expect(loudness(sound)).toBeGreaterThan(0.33);
      expect(loudness(sound)).toBeLessThan(0.37);
    }
  });

  it('sounds like tape when it is slower than that', () => {
    expect(Math.abs(pitchOf(heard(at(1, 8))) - 55)).toBeLessThan(2);
  });

  it('is backwards backwards', () => {
    const channel = new Float32Array(2 * RATE);
    channel[RATE / 4] = 1;
    const range: SourceRange = {
      in: ZERO,
      out: flicks(second),
      retime: { kind: 'constant', duration: flicks(second), speed: { num: -1, den: 1 } },
    };
    const sound = heard(range, { start: 0, sampleRateHz: RATE, channels: [channel] });
    expect(sound.findIndex((value) => value > 0.9)).toBe((RATE * 3) / 4);
  });

  it('says which part of the recording it needs', () => {
    const part: SoundPart = {
      clipId: 'a',
      assetId: 'a',
      sourceIn: ZERO,
      startSample: 0,
      endSample: RATE,
      gain: 1,
      fadeInSamples: 0,
      fadeOutSamples: 0,
      retime: { start: ZERO, range: at(2) },
    };
    const { from, to } = new RetimedSound(part, RATE / 2, RATE).needs(RATE / 4);
    expect(from).toBeGreaterThan(0.6);
    expect(from).toBeLessThan(1);
    expect(to).toBeGreaterThan(1.5);
    expect(to).toBeLessThan(1.9);
  });
});
