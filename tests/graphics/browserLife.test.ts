import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#core/fault.ts';
import { overlayPicture } from '#core/graphics/graphicKey.ts';
import { findCompositionsBundle } from '#engine/graphics/compositionsBundle.ts';
import { createOverlayRenderer, type OverlayRenderer } from '#engine/graphics/drawOverlays.ts';
import { Cancelled } from '#engine/process/run.ts';
import { atRest, buildGraphics, HD, makeRenderer, ownBrowsers } from './graphicsBench.ts';

const pictures = Array.from({ length: 8 }, (_, index) =>
  overlayPicture([atRest('caption', { text: `Sentence ${index}` })], HD),
);

let renderer: OverlayRenderer | undefined;

beforeAll(buildGraphics);

afterEach(async () => {
  await renderer?.close();
  renderer = undefined;
  await expectNoBrowser();
});

async function expectNoBrowser(): Promise<void> {
  await expect.poll(ownBrowsers, { timeout: 5_000 }).toEqual([]);
}

async function signalBrowsers(signal: NodeJS.Signals): Promise<void> {
  for (const pid of await ownBrowsers()) process.kill(pid, signal);
}

async function faultOf(work: Promise<unknown>): Promise<Refusal['fault']> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error.fault;
  throw new Error('It was not refused', { cause: error });
}

describe('the browser that draws', () => {
  it('stays warm between jobs and is gone after close', async () => {
    renderer = await makeRenderer();
    const progress: string[] = [];
    await renderer.render({ ...HD, pictures, onPicture: () => undefined });
    const warm = await ownBrowsers();
    expect(warm.length).toBeGreaterThan(0);
    await renderer.render({
      ...HD,
      pictures: pictures.slice(0, 3),
      onPicture: () => undefined,
      onProgress: (drawn, total) => progress.push(`${drawn}/${total}`),
    });
    expect(await ownBrowsers()).toContain(Math.min(...warm));
    expect(progress).toEqual(['1/3', '2/3', '3/3']);
    await renderer.close();
    await expectNoBrowser();
  });

  it('leaves Ctrl+C and termination to the program', async () => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const before = signals.map((signal) => process.listenerCount(signal));
    renderer = await makeRenderer();
    await renderer.render({ ...HD, pictures, onPicture: () => undefined });
    expect(signals.map((signal) => process.listenerCount(signal))).toEqual(before);
  });

  it('is gone after a job was cancelled', async () => {
    renderer = await makeRenderer();
    const cancelling = new AbortController();
    const seen: number[] = [];
    const job = renderer.render({
      ...HD,
      pictures,
      signal: cancelling.signal,
      onPicture: (index) => {
        seen.push(index);
        cancelling.abort();
      },
    });
    await expect(job).rejects.toBeInstanceOf(Cancelled);
    expect(seen.length).toBeLessThan(pictures.length);
    await expectNoBrowser();
  });

  it('is gone after the receiver of pictures failed, with the receiver’s own error', async () => {
    renderer = await makeRenderer();
    const full = new Error('disk full');
    const job = renderer.render({
      ...HD,
      pictures,
      onPicture: () => {
        throw full;
      },
    });
    await expect(job).rejects.toBe(full);
    await expectNoBrowser();
  });

  it('cancels what is still running when it is closed', async () => {
    const closing = await makeRenderer();
    const job = closing.render({ ...HD, pictures, onPicture: () => void closing.close() });
    await expect(job).rejects.toBeInstanceOf(Cancelled);
    await expectNoBrowser();
  });

  it('is replaced once when it is killed, and every picture arrives exactly once', async () => {
    renderer = await makeRenderer({ concurrency: 1 });
    const seen: number[] = [];
    await renderer.render({
      ...HD,
      pictures,
      onPicture: async (index) => {
        seen.push(index);
        if (seen.length === 3) await signalBrowsers('SIGKILL');
      },
    });
    expect(seen.toSorted((a, b) => a - b)).toEqual([...pictures.keys()]);
  });

  it('refuses when a fresh browser is killed too', async () => {
    renderer = await makeRenderer({ concurrency: 1 });
    const job = renderer.render({ ...HD, pictures, onPicture: () => signalBrowsers('SIGKILL') });
    expect(await faultOf(job)).toMatchObject({ code: 'graphics/browser-crashed' });
    await expectNoBrowser();
  });

  it('is replaced once when it hangs', async () => {
    renderer = await makeRenderer({ concurrency: 1, stallMs: 2_500 });
    const seen: number[] = [];
    await renderer.render({
      ...HD,
      pictures,
      onPicture: async (index) => {
        seen.push(index);
        if (seen.length === 2) await signalBrowsers('SIGSTOP');
      },
    });
    expect(seen.toSorted((a, b) => a - b)).toEqual([...pictures.keys()]);
  });

  it('refuses when a fresh browser hangs too', async () => {
    renderer = await makeRenderer({ concurrency: 1, stallMs: 2_500 });
    const job = renderer.render({ ...HD, pictures, onPicture: () => signalBrowsers('SIGSTOP') });
    expect(await faultOf(job)).toMatchObject({ code: 'graphics/stalled', details: { undrawn: 6 } });
    await expectNoBrowser();
  });
});

describe('what is refused before a browser starts', () => {
  const bundleDir = join(tmpdir(), 'nothing-here');

  it('a missing browser, with what to install', async () => {
    for (const browserExecutable of [null, '/nowhere/chromium']) {
      renderer = createOverlayRenderer({ browserExecutable, bundleDir });
      const fault = await faultOf(renderer.render({ ...HD, pictures, onPicture: () => undefined }));
      expect(fault.code).toBe('graphics/no-browser');
      expect(fault.message).toMatch(/Install/);
      await renderer.close();
    }
  });

  it('a program that is not a browser', async () => {
    renderer = createOverlayRenderer({ browserExecutable: process.execPath, bundleDir });
    const fault = await faultOf(renderer.render({ ...HD, pictures, onPicture: () => undefined }));
    expect(fault.code).toBe('graphics/browser-failed');
  });

  it('a value that no template can draw', async () => {
    renderer = await makeRenderer();
    const key = 'made-by-hand';
    const layers = [atRest('title', { color: 'blue' })];
    const job = renderer.render({ ...HD, pictures: [{ key, layers }], onPicture: () => undefined });
    expect((await faultOf(job)).code).toBe('graphics/bad-field');
    expect(await ownBrowsers()).toEqual([]);
  });

  it('graphics that were not built', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inkreel-test-'));
    try {
      expect((await faultOf(findCompositionsBundle(folder))).code).toBe('graphics/not-built');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
