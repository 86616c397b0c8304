import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Clip } from '#core/model/entities.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { flicks, ZERO } from '#core/time/flicks.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { clearPicture } from '#engine/export/compose/picture.ts';
import { encodePng } from '#engine/export/compose/png.ts';
import type { OverlayRenderer } from '#engine/graphics/drawOverlays.ts';
import { run } from '#engine/process/run.ts';
import { testFolder } from '../support/folder.ts';
import { FilmBench } from './filmBench.ts';

const folder = testFolder('pixels');
const bench = new FilmBench(folder);
const fps = rate(25);
const WIDTH = 320;
const HEIGHT = 180;
const at = (frame: number) => frameStart(frame, fps);

type Color = readonly [number, number, number];
const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const RED: Color = [220, 40, 40];
const BLUE: Color = [40, 60, 200];
const assets: Record<string, string> = {};

async function still(name: string, colorAt: (x: number, y: number) => Color): Promise<void> {
  const picture = clearPicture(WIDTH, HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      picture.data.set([...colorAt(x, y), 255], (y * WIDTH + x) * 4);
    }
  }
  const path = join(folder, `${name}.png`);
  writeFileSync(path, encodePng(picture));
  assets[name] = await bench.asset(path);
}

beforeAll(async () => {
  await still('white', () => WHITE);
  await still('red', () => RED);
  await still('blue', () => BLUE);
});

/** Frames of a film as RGB. */
async function framesOf(film: string): Promise<Uint8Array[]> {
  const chunks: Buffer[] = [];
  const filter = 'scale=in_color_matrix=bt709:flags=accurate_rnd+full_chroma_int,format=rgb24';
  await run('ffmpeg', ['-v', 'error', '-i', film, '-vf', filter, '-f', 'rawvideo', 'pipe:1'], {
    onStdoutData: (chunk) => chunks.push(chunk),
  });
  const all = Buffer.concat(chunks);
  const size = WIDTH * HEIGHT * 3;
  return Array.from({ length: all.length / size }, (_, index) =>
    all.subarray(index * size, (index + 1) * size),
  );
}

function colorAt(frame: Uint8Array | undefined, x: number, y: number): number[] {
  const offset = (y * WIDTH + x) * 3;
  return [...(frame?.subarray(offset, offset + 3) ?? [])];
}

function expectColor(found: readonly number[], wanted: readonly number[], tolerance = 4): void {
  const worst = Math.max(...wanted.map((value, index) => Math.abs(value - (found[index] ?? -999))));
  if (worst > tolerance) expect(found).toEqual(wanted);
}

/** Where the bright part of a frame is: its middle, its area, and how it is turned (degrees). */
function shapeOf(frame: Uint8Array | undefined) {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const weight = (frame?.[(y * WIDTH + x) * 3 + 1] ?? 0) / 255;
      sum += weight;
      sumX += weight * (x + 0.5);
      sumY += weight * (y + 0.5);
      xx += weight * (x + 0.5) ** 2;
      yy += weight * (y + 0.5) ** 2;
      xy += weight * (x + 0.5) * (y + 0.5);
    }
  }
  const [x, y] = [sumX / sum, sumY / sum];
  const angle =
    (Math.atan2(2 * (xy / sum - x * y), xx / sum - x * x - (yy / sum - y * y)) * 90) / Math.PI;
  return { x, y, area: sum, angle };
}

function clipOf(
  track: string,
  from: number,
  frames: number,
  clip: Partial<Clip> & { assetId?: string },
): string {
  return bench.clip(track, at(from), { sourceRange: { in: ZERO, out: at(frames) }, ...clip });
}

const linear = 'linear' as const;

describe('a picture', () => {
  it('moves, scales and turns as its keyframes say, on every frame', async () => {
    const timelineId = bench.timeline({ frameRate: fps });
    const line = (from: number, to: number) => ({
      keyframes: [
        { time: ZERO, value: from, easing: linear },
        { time: at(20), value: to, easing: linear },
      ],
    });
    clipOf(bench.track(timelineId, 'video'), 0, 25, {
      assetId: assets['white'] ?? '',
      scaleX: line(0.2, 0.5),
      scaleY: 0.2,
      positionX: line(-0.2, 0.15),
      positionY: line(0.1, -0.1),
      rotation: line(0, 40),
    });
    const frames = await framesOf(await bench.export(timelineId));
    expect(frames).toHaveLength(25);
    const worst = { place: 0, area: 0, angle: 0 };
    frames.forEach((frame, index) => {
      const share = Math.min(1, index / 20);
      const shape = shapeOf(frame);
      const wanted = {
        x: WIDTH * (0.5 - 0.2 + 0.35 * share),
        y: HEIGHT * (0.5 + 0.1 - 0.2 * share),
        area: (0.2 + 0.3 * share) * WIDTH * 0.2 * HEIGHT,
        angle: 40 * share,
      };
      worst.place = Math.max(
        worst.place,
        Math.abs(shape.x - wanted.x),
        Math.abs(shape.y - wanted.y),
      );
      worst.area = Math.max(worst.area, Math.abs(shape.area / wanted.area - 1));
      worst.angle = Math.max(worst.angle, Math.abs(shape.angle - wanted.angle));
    });
    console.log('worst of 25 frames', worst);
    expect(worst.place).toBeLessThan(0.15);
    expect(worst.area).toBeLessThan(0.02);
    expect(worst.angle).toBeLessThan(0.5);
  });

  it('is cropped, fades, and lets through what is below by its opacity', async () => {
    const timelineId = bench.timeline({ frameRate: fps });
    const lower = bench.track(timelineId, 'video');
    const upper = bench.track(timelineId, 'video');
    clipOf(lower, 0, 20, { assetId: assets['blue'] ?? '' });
    clipOf(upper, 0, 20, {
      assetId: assets['red'] ?? '',
      cropLeft: 0.25,
      cropBottom: 0.5,
      opacity: 0.5,
      fades: { in: at(10), out: at(4) },
    });
    const frames = await framesOf(await bench.export(timelineId));
    frames.forEach((frame, index) => {
      const fade = Math.min(1, (index + 0.5) / 10) * Math.min(1, (20 - index - 0.5) / 4);
      const mixed = RED.map((value, channel) => {
        const share = 0.5 * fade;
        return value * share + (BLUE[channel] ?? 0) * (1 - share);
      });
      expectColor(colorAt(frame, 200, 40), mixed);
      expectColor(colorAt(frame, 74, 40), BLUE);
      expectColor(colorAt(frame, 200, 100), BLUE);
    });
  });

  it('is laid over another by the formula of its blend', async () => {
    const hardLight = (b: number, s: number) => (s <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s));
    const formulas = {
      normal: (_: number, s: number) => s,
      multiply: (b: number, s: number) => b * s,
      screen: (b: number, s: number) => b + s - b * s,
      overlay: (b: number, s: number) => hardLight(s, b),
      darken: Math.min,
      lighten: Math.max,
      'hard-light': hardLight,
      difference: (b: number, s: number) => Math.abs(b - s),
      exclusion: (b: number, s: number) => b + s - 2 * b * s,
      add: (b: number, s: number) => Math.min(1, b + s),
      'soft-light': null,
    };
    const timelineId = bench.timeline({ frameRate: fps });
    const lower = bench.track(timelineId, 'video');
    const upper = bench.track(timelineId, 'video');
    const names = Object.keys(formulas) as (keyof typeof formulas)[];
    clipOf(lower, 0, 2 * names.length, { assetId: assets['blue'] ?? '' });
    names.forEach((blend, index) =>
      clipOf(upper, 2 * index, 2, { assetId: assets['red'] ?? '', blend }),
    );
    const frames = await framesOf(await bench.export(timelineId));
    names.forEach((blend, index) => {
      const formula = formulas[blend];
      // Reckoned by hand from the W3C's formula.
      const softLight = [84, 28, 170];
      const wanted = formula
        ? RED.map((above, channel) => 255 * formula((BLUE[channel] ?? 0) / 255, above / 255))
        : softLight;
      expectColor(colorAt(frames[2 * index], 160, 90), wanted);
    });
  });
});

describe('transitions', () => {
  async function frameOf(transitionKind: string, direction?: string) {
    const timelineId = bench.timeline({ frameRate: fps });
    const track = bench.track(timelineId, 'video');
    const outgoingId = clipOf(track, 0, 10, { assetId: assets['red'] ?? '' });
    const incomingId = clipOf(track, 10, 10, { assetId: assets['blue'] ?? '' });
    bench.put(`transition-${transitionKind}-${direction ?? ''}`, {
      kind: 'transition',
      cut: { outgoingId, incomingId },
      transitionKind,
      ...(direction === undefined ? {} : { direction }),
      // Nine frames: the fifth, frame 10, is half way.
      reach: { before: at(6), after: at(3) },
    });
    const frames = await framesOf(await bench.export(timelineId));
    return { half: frames[8], quarter: frames[6], before: frames[3], after: frames[13] };
  }

  it('dip through black', async () => {
    const { half, before, after, quarter } = await frameOf('dip');
    expectColor(colorAt(before, 160, 90), RED);
    expectColor(colorAt(half, 160, 90), BLACK);
    expectColor(
      colorAt(quarter, 160, 90),
      RED.map((value) => value * 0.4),
    );
    expectColor(colorAt(after, 160, 90), BLUE);
  });

  it('wipe with an edge that goes in the direction', async () => {
    const right = await frameOf('wipe', 'right');
    expectColor(colorAt(right.half, 150, 90), BLUE);
    expectColor(colorAt(right.half, 170, 90), RED);
    const up = await frameOf('wipe', 'up');
    expectColor(colorAt(up.half, 160, 80), RED);
    expectColor(colorAt(up.half, 160, 100), BLUE);
  });

  it('slide over and push away, to the left unless said otherwise', async () => {
    for (const kind of ['slide', 'push']) {
      const { half, quarter } = await frameOf(kind);
      expectColor(colorAt(half, 150, 90), RED);
      expectColor(colorAt(half, 170, 90), BLUE);
      expectColor(colorAt(quarter, 230, 90), BLUE);
      expectColor(colorAt(quarter, 215, 90), RED);
    }
  });
});

describe('a nested timeline', () => {
  it('of another rate and size is composed as one picture and then treated like any', async () => {
    const inner = bench.timeline({ frameRate: rate(50), width: 640, height: 640 });
    const innerTrack = bench.track(inner, 'video');
    const halfSecond = flicks(at(25) / 2);
    bench.clip(innerTrack, ZERO, {
      assetId: assets['red'] ?? '',
      sourceRange: { in: ZERO, out: halfSecond },
    });
    bench.clip(innerTrack, halfSecond, {
      assetId: assets['blue'] ?? '',
      sourceRange: { in: ZERO, out: halfSecond },
    });
    const outer = bench.timeline({ frameRate: fps });
    clipOf(bench.track(outer, 'video'), 0, 25, { assetId: assets['white'] ?? '' });
    clipOf(bench.track(outer, 'video'), 0, 25, { nestedTimelineId: inner, positionX: 0.25 });
    const frames = await framesOf(await bench.export(outer));
    // The square stands in the middle, 180 wide, moved by 80; the picture in it is 180 × 101.
    expectColor(colorAt(frames[0], 240, 90), RED);
    expectColor(colorAt(frames[0], 240, 30), WHITE);
    expectColor(colorAt(frames[0], 146, 90), WHITE);
    expectColor(colorAt(frames[0], 154, 90), RED);
    const turn = frames.findIndex((frame) => (colorAt(frame, 240, 90)[2] ?? 0) > 150);
    // Half a second is the middle of frame 12: its last frame before that is still red.
    expect(turn).toBe(13);
  });

  it('shows its own titles, inside its picture only', async () => {
    const inner = bench.timeline({ frameRate: rate(50), width: 200, height: 200 });
    bench.put('inner-title', {
      kind: 'graphic',
      name: 'Title',
      placement: { trackId: bench.track(inner, 'graphics'), start: ZERO },
      duration: at(2),
      template: 'title',
      fields: { title: 'Inside' },
    });
    clipOf(bench.track(inner, 'video'), 0, 4, { assetId: assets['red'] ?? '' });
    const outer = bench.timeline({ frameRate: fps });
    clipOf(bench.track(outer, 'video'), 0, 4, { nestedTimelineId: inner });
    const sizes: string[] = [];
    const green = clearPicture(200, 200);
    for (let pixel = 0; pixel < 200 * 200; pixel++) green.data.set([0, 200, 0, 255], pixel * 4);
    const renderer: OverlayRenderer = {
      async render({ width, height, pictures, onPicture }) {
        sizes.push(`${width}x${height}`);
        for (const index of pictures.keys()) await onPicture(index, encodePng(green));
      },
      close: () => Promise.resolve(),
    };
    const film = await bench.export(outer, { overlays: () => Promise.resolve(renderer) });
    const frames = await framesOf(film);
    expect(new Set(sizes)).toEqual(new Set(['200x200']));
    expectColor(colorAt(frames[1], 160, 20), [0, 200, 0]);
    expectColor(colorAt(frames[1], 60, 90), BLACK);
    expectColor(colorAt(frames[2], 160, 90), RED);
  });

  it('that shows itself is refused', async () => {
    const inner = bench.timeline({ frameRate: fps });
    clipOf(bench.track(inner, 'video'), 0, 5, { nestedTimelineId: inner });
    await expect(bench.export(inner)).rejects.toThrow(/part of/);
  });
});

describe('effects', () => {
  const effect = (name: string, parameters: Record<string, unknown>) =>
    ({ id: name, effect: name, parameters }) as NonNullable<Clip['effects']>[number];

  async function filmWith(effects: Clip['effects'], source = 'red'): Promise<Uint8Array[]> {
    const timelineId = bench.timeline({ frameRate: fps });
    clipOf(bench.track(timelineId, 'video'), 0, 5, { assetId: assets[source] ?? '', effects });
    return framesOf(await bench.export(timelineId));
  }

  it('follow their keyframes on every frame', async () => {
    const stops = {
      keyframes: [
        { time: ZERO, value: 0, easing: linear },
        { time: at(4), value: -2, easing: linear },
      ],
    };
    const frames = await filmWith([effect('exposure', { stops })]);
    frames.forEach((frame, index) => {
      const factor = 2 ** (-index / 2);
      expectColor(
        colorAt(frame, 160, 90),
        RED.map((value) => value * factor),
      );
    });
  });

  it('apply in their order', async () => {
    const brighter = effect('contrast', { brightness: 0.2 });
    const grey = effect('saturation', { saturation: 0 });
    const luma = 0.2126 * 220 + 0.7152 * 40 + 0.0722 * 40;
    const [frame] = await filmWith([grey, brighter]);
    expectColor(colorAt(frame, 160, 90), [luma + 51, luma + 51, luma + 51]);
    const cut = 0.2126 * 255 + 0.7152 * 91 + 0.0722 * 91;
    const [other] = await filmWith([brighter, grey]);
    expectColor(colorAt(other, 160, 90), [cut, cut, cut]);
  });

  it('turn, mask and key the picture', async () => {
    await still('halves', (x) => (x < WIDTH / 2 ? RED : [0, 177, 64]));
    const [flipped] = await filmWith([effect('flip', { direction: 'horizontal' })], 'halves');
    expectColor(colorAt(flipped, 240, 90), RED);
    const mask = effect('shapeMask', { width: 0.25, height: 0.5, feather: 0 });
    const [masked] = await filmWith([mask]);
    expectColor(colorAt(masked, 160, 90), RED);
    expectColor(colorAt(masked, 125, 90), RED);
    expectColor(colorAt(masked, 115, 90), BLACK);
    expectColor(colorAt(masked, 160, 40), BLACK);
    const [keyed] = await filmWith([effect('chromaKey', { spill: 0 })], 'halves');
    expectColor(colorAt(keyed, 80, 90), RED);
    expectColor(colorAt(keyed, 240, 90), BLACK);
  });

  it('that need neighbouring pictures go first, and those that cannot be drawn are refused by name', async () => {
    const [frame] = await filmWith([effect('denoise', {}), effect('blur', { radius: 0.02 })]);
    expectColor(colorAt(frame, 160, 90), RED);
    await expect(filmWith([effect('blur', {}), effect('denoise', {})])).rejects.toThrow(
      /“Denoise” of the clip .* must stand before/,
    );
    await expect(filmWith([effect('stabilize', { borders: 'keep' })])).rejects.toThrow(
      /“Stabilise” of the clip .* borders kept/,
    );
    await expect(filmWith([effect('from-tomorrow', {})])).rejects.toThrow(/from-tomorrow/);
  });
});

describe('media that is missing', () => {
  it('is refused with its name, or shown as a slate', async () => {
    const registers = bench.project.find('asset', assets['red'] ?? '');
    const gone = bench.put('asset-gone', {
      ...registers,
      kind: 'asset',
      location: { absolute: join(folder, 'away', 'harbour.mov') },
      identity: { sizeBytes: 3, hash: 'partial-sha256:1' },
    });
    const timelineId = bench.timeline({ frameRate: fps });
    clipOf(bench.track(timelineId, 'video'), 0, 3, { assetId: gone });
    await expect(bench.export(timelineId)).rejects.toThrow(/harbour\.mov/);
    const settings = exportSettingsSchema.parse({ offline: 'slate', crf: 10 });
    const frames = await framesOf(await bench.export(timelineId, { settings }));
    expect(frames).toHaveLength(3);
    expectColor(colorAt(frames[0], 10, 10), [28, 33, 42]);
    const isBright = (value: number) => value > 200;
    expect(frames[0]?.filter(isBright).length).toBeGreaterThan(300);
  });
});
