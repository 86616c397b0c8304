import { expect } from 'vitest';
import { overlayPicture, type OverlayLayer } from '#core/graphics/graphicKey.ts';
import { findCompositionsBundle } from '#engine/graphics/compositionsBundle.ts';
import { createOverlayRenderer, type OverlayRenderer } from '#engine/graphics/drawOverlays.ts';
import { run } from '#engine/process/run.ts';
import { findBrowser } from '#engine/tools/browser.ts';
import { rate } from '#core/time/rate.ts';
import { join } from 'node:path';
import { runningProcesses } from '../support/processes.ts';

const ROOT = join(import.meta.dirname, '../..');

export const HD = { width: 1280, height: 720, frameRate: rate(30) };

export async function buildGraphics(): Promise<void> {
  const { exitCode, stderr } = await run(process.execPath, [
    join(ROOT, 'scripts/build-compositions.mjs'),
  ]);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
}

export async function makeRenderer(
  overrides: { concurrency?: number; stallMs?: number } = {},
): Promise<OverlayRenderer> {
  const browserExecutable = await findBrowser();
  expect(
    browserExecutable,
    'These tests need Chromium: install chromium-headless-shell',
  ).not.toBeNull();
  const { dir } = await findCompositionsBundle(join(ROOT, 'resources'));
  return createOverlayRenderer({ browserExecutable, bundleDir: dir, ...overrides });
}

/** Draws each stack of layers and gives the PNGs in order. */
export async function drawAll(
  renderer: OverlayRenderer,
  stacks: readonly (readonly OverlayLayer[])[],
  format = HD,
): Promise<Buffer[]> {
  const drawn = new Map<number, Buffer>();
  await renderer.render({
    ...format,
    pictures: stacks.map((layers) => overlayPicture(layers, format)),
    onPicture: (index, png) => void drawn.set(index, png),
  });
  return stacks.map((_, index) => drawn.get(index) ?? Buffer.alloc(0));
}

export function atRest(
  template: OverlayLayer['template'],
  fields: OverlayLayer['fields'],
): OverlayLayer {
  return { template, fields, frame: 60, durationFrames: 150 };
}

/** Processes of browsers that this test program started. */
export async function ownBrowsers(): Promise<number[]> {
  const all = await runningProcesses();
  const own = new Set([process.pid]);
  for (let before = 0; before !== own.size; ) {
    before = own.size;
    for (const { pid, parent } of all) if (own.has(parent)) own.add(pid);
  }
  return all
    .filter(
      ({ pid, command }) => own.has(pid) && /puppeteer_dev_chrome_profile|--type=/.test(command),
    )
    .map(({ pid }) => pid);
}
