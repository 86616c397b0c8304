import { describe, expect, it } from 'vitest';
import { rate } from '#core/time/rate.ts';
import { scaledTo, sizeChoices, sizeKey, sizeOfKey } from './filmChoices.ts';

const format = { frameRate: rate(30), width: 1920, height: 1080, sampleRateHz: 48_000 };

describe('sizes of an exported film', () => {
  it('keep the shape of the timeline with even sides', () => {
    expect(scaledTo({ width: 1080, height: 1920 }, 1280)).toEqual({ width: 720, height: 1280 });
    expect(scaledTo({ width: 1440, height: 1081 }, 1440)).toEqual({ width: 1440, height: 1082 });
  });

  it('offer the timeline’s own size and smaller ones, each once', () => {
    const choices = sizeChoices(format, { width: 1280, height: 720 });
    expect(choices.map((choice) => choice.value)).toEqual(['1920x1080', '1280x720', '960x540']);
    expect(choices[0]?.label).toBe('1920 × 1080 (timeline)');
  });

  it('offer the size a preset asks for even when it is larger', () => {
    const choices = sizeChoices(
      { ...format, width: 1280, height: 720 },
      { width: 1920, height: 1080 },
    );
    expect(choices.map((choice) => choice.value)).toContain('1920x1080');
  });

  it('come back from their key', () => {
    expect(sizeOfKey(sizeKey({ width: 720, height: 1280 }))).toEqual({ width: 720, height: 1280 });
  });
});
