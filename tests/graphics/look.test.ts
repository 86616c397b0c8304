import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphicPhase, type OverlayLayer } from '#core/graphics/graphicKey.ts';
import { rate } from '#core/time/rate.ts';
import type { OverlayRenderer } from '#engine/graphics/drawOverlays.ts';
import { atRest, buildGraphics, drawAll, HD, makeRenderer } from './graphicsBench.ts';
import { type Box, colouredBox, coveredBox, decodePng, type Pixels } from './pixels.ts';

const AMBER = '#F2B33D';
const PAPER = '#F6F1E7';

let renderer: OverlayRenderer;

beforeAll(async () => {
  await buildGraphics();
  renderer = await makeRenderer();
});

afterAll(async () => {
  await renderer.close();
});

async function look(layers: OverlayLayer[], format = HD): Promise<Pixels> {
  const [png] = await drawAll(renderer, [layers], format);
  return decodePng(png ?? Buffer.alloc(0), format.width, format.height);
}

function boxOf(pixels: Pixels, alpha?: number): Box {
  const box = coveredBox(pixels, alpha);
  if (box === null) throw new Error('Nothing was drawn');
  return box;
}

describe('the look of graphics', () => {
  it('sets a title in the middle under a short amber rule', async () => {
    const pixels = await look([
      atRest('title', { title: 'The harbour at night', subtitle: 'A film' }),
    ]);
    const words = colouredBox(pixels, PAPER);
    const rule = colouredBox(pixels, AMBER);
    expect(words.count / (HD.width * HD.height)).toBeGreaterThan(0.008);
    expect(words.count / (HD.width * HD.height)).toBeLessThan(0.06);
    expect(Math.abs((words.box?.left ?? 0) + (words.box?.right ?? 0) - HD.width)).toBeLessThan(12);
    expect(Math.abs((rule.box?.left ?? 0) - 608)).toBeLessThanOrEqual(2);
    expect(Math.abs((rule.box?.right ?? 0) - 672)).toBeLessThanOrEqual(2);
    expect(rule.box?.bottom).toBeLessThan(words.box?.top ?? 0);
    expect(boxOf(pixels, 8).top).toBeGreaterThan(HD.height * 0.25);
    expect(boxOf(pixels, 8).bottom).toBeLessThan(HD.height * 0.75);
  });

  it('puts a lower third at the left edge of the safe area, with the rule before the name', async () => {
    const pixels = await look([atRest('lowerThird', { name: 'Ada Lovelace', role: 'Analyst' })]);
    const all = boxOf(pixels);
    const rule = colouredBox(pixels, AMBER);
    expect(all.left).toBe(64);
    expect(all.right).toBeLessThan(HD.width / 2);
    expect(all.top).toBeGreaterThan(HD.height * 0.75);
    expect(all.bottom).toBeLessThanOrEqual(HD.height * 0.95);
    expect(rule.box).toEqual({ left: 64, right: 68, top: all.top, bottom: all.bottom });
    expect(colouredBox(pixels, PAPER).box?.left).toBeGreaterThan(68);
  });

  it('mirrors a lower third on the right', async () => {
    const pixels = await look([
      atRest('lowerThird', { name: 'عائشة', role: 'كاتبة', side: 'right' }),
    ]);
    expect(boxOf(pixels).right).toBe(HD.width - 64);
    expect(colouredBox(pixels, AMBER).box?.right).toBe(HD.width - 64);
    expect(colouredBox(pixels, PAPER).count).toBeGreaterThan(200);
  });

  it('centres a caption at the bottom or the top on a plate that covers the words', async () => {
    for (const position of ['bottom', 'top']) {
      const pixels = await look([
        atRest('caption', { text: 'Good evening, everybody.', position }),
      ]);
      const plate = boxOf(pixels);
      const words = colouredBox(pixels, PAPER).box;
      expect(Math.abs(plate.left + plate.right - HD.width)).toBeLessThanOrEqual(2);
      expect(
        position === 'bottom' ? plate.top > HD.height * 0.8 : plate.bottom < HD.height * 0.2,
      ).toBe(true);
      expect(words?.left).toBeGreaterThan(plate.left);
      expect(words?.right).toBeLessThan(plate.right);
      expect(words?.top).toBeGreaterThan(plate.top);
      expect(words?.bottom).toBeLessThan(plate.bottom);
    }
  });

  it('lays out right-to-left sentences from the right', async () => {
    // The full stop of a Hebrew sentence belongs at its left end.
    const withStop = await look([atRest('caption', { text: 'שלום לכולם.' })]);
    const column = (pixels: Pixels, side: 'left' | 'right') => {
      const words = colouredBox(pixels, PAPER).box;
      if (words === null) throw new Error('No words');
      const { left, right } = words;
      const strip = side === 'left' ? { left, right: left + 4 } : { left: right - 4, right };
      return tallest(pixels, strip);
    };
    expect(column(withStop, 'left')).toBeLessThan(HD.height * 0.012);
    expect(column(withStop, 'right')).toBeGreaterThan(HD.height * 0.016);
  });

  it('keeps long texts whole and inside the safe area at any size', async () => {
    const sentence = 'Between the lighthouse and the sea there is nothing but the sound of water. ';
    const formats = [
      { width: 320, height: 240, frameRate: rate(25) },
      { width: 720, height: 1280, frameRate: rate(25) },
      { width: 1919, height: 817, frameRate: rate(25) },
    ];
    for (const format of formats) {
      for (const layer of [
        atRest('caption', { text: sentence.repeat(6).slice(0, 400) }),
        atRest('title', {
          title: sentence.repeat(2).slice(0, 120),
          subtitle: sentence.repeat(3).slice(0, 160),
        }),
        atRest('lowerThird', {
          name: sentence.slice(0, 80),
          role: sentence.repeat(2).slice(0, 120),
        }),
        atRest('caption', { text: 'W'.repeat(400) }),
      ]) {
        const { box } = colouredBox(await look([layer], format), PAPER);
        expect(box?.left).toBeGreaterThanOrEqual(Math.floor(format.width * 0.05));
        expect(box?.right).toBeLessThanOrEqual(Math.ceil(format.width * 0.95));
        expect(box?.top).toBeGreaterThanOrEqual(Math.floor(format.height * 0.05));
        expect(box?.bottom).toBeLessThanOrEqual(Math.ceil(format.height * 0.95));
      }
    }
  });

  it('draws nothing where there is nothing', async () => {
    expect(coveredBox(await look([]))).toBeNull();
    expect(coveredBox(await look([atRest('caption', { text: '  ' })]))).toBeNull();
  });

  it('stacks layers in order', async () => {
    const lower = atRest('caption', { text: 'Below' });
    const upper = atRest('caption', { text: 'Above', color: '#FF0000' });
    expect(colouredBox(await look([lower, upper]), '#FF0000').count).toBeGreaterThan(
      colouredBox(await look([upper, lower]), '#FF0000').count,
    );
  });

  it('shows the same picture on all frames of one phase, and moves between phases', async () => {
    const durationFrames = 40;
    const layers = Array.from({ length: durationFrames }, (_, frame): OverlayLayer => {
      return { template: 'lowerThird', fields: { name: 'Ada Lovelace' }, frame, durationFrames };
    });
    const pngs = await drawAll(
      renderer,
      layers.map((layer) => [layer]),
    );
    const pictureOf = new Map<number, Buffer>();
    for (const [index, layer] of layers.entries()) {
      const phase = graphicPhase({ ...layer, frameRate: HD.frameRate });
      const png = pngs[index] ?? Buffer.alloc(0);
      expect(png.equals(pictureOf.get(phase) ?? png)).toBe(true);
      pictureOf.set(phase, png);
    }
    expect(pictureOf.size).toBe(18 + 1 + 11);
    // The very last step of an entrance may round to the picture at rest; the others are seen to move.
    const distinct = new Set([...pictureOf.values()].map((png) => png.toString('base64')));
    expect(distinct.size).toBeGreaterThanOrEqual(pictureOf.size - 2);
  });

  it('draws the same bytes again, with one page or two', async () => {
    const stacks = ['one', 'two', 'three', 'four'].map((text) => [
      atRest('title', { title: text, subtitle: 'Ἀρχή · начало · başlangıç' }),
      atRest('caption', { text: `${text} 🌊`, backing: 'shadow' }),
    ]);
    const first = await drawAll(renderer, stacks);
    const other = await makeRenderer({ concurrency: 1 });
    try {
      expect(await drawAll(other, stacks)).toEqual(first);
    } finally {
      await other.close();
    }
  });
});

/** Height of the tallest run of opaque, light pixels in a vertical strip. */
function tallest({ width, height, data }: Pixels, strip: { left: number; right: number }): number {
  let top = height;
  let bottom = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = strip.left; x < strip.right; x += 1) {
      const at = (y * width + x) * 4;
      if ((data[at + 3] ?? 0) > 250 && (data[at] ?? 0) > 200) {
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
      }
    }
  }
  return Math.max(0, bottom - top);
}
