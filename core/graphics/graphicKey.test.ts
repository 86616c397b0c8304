import { describe, expect, it } from 'vitest';
import { rate } from '../time/rate.ts';
import {
  graphicPhase,
  graphicProgress,
  motionFrames,
  type OverlayLayer,
  overlayKey,
  overlayPicture,
} from './graphicKey.ts';
import type { TemplateId } from './templates.ts';

const at30 = rate(30);

function phases(template: TemplateId, durationFrames: number, frameRate = at30): number[] {
  return Array.from({ length: durationFrames }, (_, frame) =>
    graphicPhase({ template, frame, durationFrames, frameRate }),
  );
}

describe('the distinct pictures of a graphic', () => {
  it('draws a long title once for its entrance frames, once at rest and once for its exit frames', () => {
    const all = phases('title', 300);
    expect(new Set(all).size).toBe(21 + 1 + 12);
    expect(all.slice(0, 23)).toEqual([...Array(22).keys(), 21]);
    expect(all.slice(-13)).toEqual([...Array(13).keys()].map((index) => index + 21));
  });

  it('draws a caption once, however long it stays', () => {
    expect(new Set(phases('caption', 1)).size).toBe(1);
    expect(new Set(phases('caption', 900)).size).toBe(1);
  });

  it('follows the exact frame rate', () => {
    const frames = (num: number, den = 1) =>
      motionFrames({ template: 'title', durationFrames: 1000, frameRate: rate(num, den) });
    expect(frames(24)).toEqual({ enterFrames: 17, exitFrames: 10 });
    expect(frames(30000, 1001)).toEqual({ enterFrames: 21, exitFrames: 12 });
    expect(frames(60)).toEqual({ enterFrames: 42, exitFrames: 24 });
  });

  it('squeezes the movement of a short title and keeps one frame at rest', () => {
    for (const durationFrames of [1, 2, 3, 10, 33]) {
      const { enterFrames, exitFrames } = motionFrames({
        template: 'title',
        durationFrames,
        frameRate: at30,
      });
      expect(enterFrames + 1 + exitFrames).toBe(durationFrames);
      expect(phases('title', durationFrames)).toEqual([...Array(durationFrames).keys()]);
    }
  });

  it('numbers the pictures without gaps, never going back', () => {
    for (const template of ['title', 'lowerThird', 'caption'] as const) {
      for (let duration = 1; duration < 80; duration += 1) {
        const all = phases(template, duration);
        expect(all[0]).toBe(0);
        for (const [index, phase] of all.slice(1).entries()) {
          expect([0, 1]).toContain(phase - (all[index] ?? Number.NaN));
        }
      }
    }
  });

  it('gives equal progress exactly to the frames that share a picture', () => {
    const durationFrames = 60;
    const seen = new Map<number, string>();
    for (let frame = 0; frame < durationFrames; frame += 1) {
      const moment = { template: 'lowerThird', frame, durationFrames, frameRate: at30 } as const;
      const progress = JSON.stringify(graphicProgress(moment));
      const phase = graphicPhase(moment);
      expect(seen.get(phase) ?? progress).toBe(progress);
      seen.set(phase, progress);
    }
    expect(new Set(seen.values()).size).toBe(seen.size);
  });

  it('has begun on its first frame and not quite gone on its last', () => {
    const progress = (frame: number) =>
      graphicProgress({ template: 'title', frame, durationFrames: 90, frameRate: at30 });
    expect(progress(0).enter).toBeGreaterThan(0);
    expect(progress(45)).toEqual({ enter: 1, exit: 0 });
    expect(progress(89).exit).toBeLessThan(1);
  });

  it('rejects frames outside the graphic', () => {
    for (const frame of [-1, 90, 0.5]) {
      expect(() =>
        graphicPhase({ template: 'title', frame, durationFrames: 90, frameRate: at30 }),
      ).toThrow(RangeError);
    }
  });
});

describe('overlay keys', () => {
  const format = { width: 1280, height: 720, frameRate: at30 };
  const layer = (overrides: Partial<OverlayLayer> = {}): OverlayLayer => ({
    template: 'lowerThird',
    fields: { name: 'Ada Lovelace', role: 'Analyst' },
    frame: 60,
    durationFrames: 150,
    ...overrides,
  });
  const key = (...layers: OverlayLayer[]) => overlayKey(layers, format);

  it('are equal for frames at rest, whatever their number and the length of the graphic', () => {
    expect(key(layer({ frame: 61 }))).toBe(key(layer()));
    expect(key(layer({ durationFrames: 400 }))).toBe(key(layer()));
  });

  it('are equal for the same step of the same entrance elsewhere in the film', () => {
    expect(key(layer({ frame: 3, durationFrames: 400 }))).toBe(key(layer({ frame: 3 })));
  });

  it('do not depend on field order, spelled-out defaults or unknown fields', () => {
    const fields = { color: '#F6F1E7', role: 'Analyst', name: 'Ada Lovelace', leftover: 'x' };
    expect(key(layer({ fields }))).toBe(key(layer()));
  });

  it('differ by words, movement, order of layers, size and template', () => {
    const caption = layer({ template: 'caption', fields: { text: 'Good evening' } });
    const keys = [
      key(layer()),
      key(layer({ fields: { name: 'Ada Lovelace', role: 'Author' } })),
      key(layer({ frame: 2 })),
      key(layer({ frame: 149 })),
      key(layer(), caption),
      key(caption, layer()),
      overlayKey([layer()], { ...format, width: 1920, height: 1080 }),
      key(layer({ template: 'title' })),
      key(),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('refuse values that no template can draw', () => {
    expect(() => key(layer({ fields: { color: 'red' } }))).toThrow(/not a colour/);
    expect(() => key(layer({ fields: { side: 'middle' } }))).toThrow(/one of: left, right/);
    expect(() => key(layer({ fields: { name: 'x'.repeat(81) } }))).toThrow(/longer than 80/);
  });

  it('come with the layers they stand for', () => {
    expect(overlayPicture([layer()], format)).toEqual({ key: key(layer()), layers: [layer()] });
  });
});
