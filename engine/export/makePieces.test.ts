import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#core/fault.ts';
import { planExport } from '#core/render/planExport.ts';
import { planPieces } from '#core/render/planPieces.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { frameStart, rate } from '#core/time/rate.ts';
import { FilmBench } from '#tests/film/filmBench.ts';
import { flatGraphics } from '#tests/film/flatGraphics.ts';
import { Cancelled } from '../process/run.ts';
import { findFfmpeg } from '../tools/ffmpeg.ts';
import { PieceStore } from './cache/pieceStore.ts';
import type { SourceWatch } from './cache/sourceWatch.ts';
import type { FilmExport } from './filmExport.ts';
import { FilmProgress } from './filmProgress.ts';
import { makePieces } from './makePieces.ts';

let folder: string;
let graphics = flatGraphics();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-make-pieces-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => {
  const place = join(folder, 'pieces');
  return existsSync(place) ? readdirSync(place).length : 0;
};

/** Makes black, a title, black and another title, ten frames each, by one worker. */
async function make(given: { check?: SourceWatch['check']; stopAt?: number } = {}) {
  const bench = new FilmBench(folder);
  const frameRate = rate(10);
  const at = (frame: number) => frameStart(frame, frameRate);
  const timelineId = bench.timeline({ frameRate, width: 64, height: 36 });
  const trackId = bench.track(timelineId, 'graphics');
  for (const start of [10, 30]) {
    bench.put(`title-${start}`, {
      ...{ kind: 'graphic', name: 'Title', template: 'title', duration: at(10) },
      placement: { trackId, start: at(start) },
      fields: { title: String(start) },
    });
  }
  const settings = exportSettingsSchema.parse({ encoderPreset: 'ultrafast' });
  const plan = planExport(bench.project, timelineId, settings);
  const pieces = planPieces(plan);
  const stop = new AbortController();
  const film: FilmExport = {
    ...{ project: bench.project, projectPath: join(folder, 'film.inkreel'), timelineId, settings },
    ...{ title: 'Film', output: join(folder, 'film.mp4'), force: false, workers: 1 },
    ...{ cacheDir: folder, tools: await findFfmpeg(), overlays: graphics.overlays },
    overlayBuild: () => Promise.resolve('built'),
  };
  const work = mkdtempSync(join(folder, 'work-'));
  const progress = new FilmProgress((_share, _detail, frames) => {
    if ((frames?.stretches.filter(({ state }) => state === 'made').length ?? 0) > 0)
      if (given.stopAt !== undefined && (frames?.framesDone ?? 0) >= given.stopAt) stop.abort();
  });
  progress.begin(pieces);
  mkdirSync(work, { recursive: true });
  return makePieces({
    ...{ film, plan, pieces, progress, folder: work, signal: stop.signal },
    files: {
      ...{ pictures: new Map(), sounds: new Map(), paths: [] },
      ...{ missing: new Map(), changed: new Map() },
    },
    watch: {
      contentOf: () => Promise.resolve('a film'),
      check: given.check ?? (() => Promise.resolve()),
    },
    store: await PieceStore.open(folder, 1e9),
  });
}

describe('pieces', () => {
  it('that are alike are made once, and all of them taken the next time', async () => {
    const first = await make();
    expect(first.map(({ cached }) => cached)).toEqual([false, false, false, false]);
    expect(first[2]?.path).toBe(first[0]?.path);
    expect(kept()).toBe(3);
    expect(graphics.drawn.length).toBeGreaterThan(0);
    graphics = flatGraphics();
    const second = await make();
    expect(graphics.drawn).toEqual([]);
    expect(second.map(({ cached }) => cached)).toEqual([true, true, true, true]);
  });

  it('are not kept when a source is another one afterwards', async () => {
    const changed = new Refusal({ code: 'export/source-changed', message: 'It was changed.' });
    await expect(make({ check: () => Promise.reject(changed) })).rejects.toThrow(changed);
    expect(kept()).toBe(0);
  });

  it('are kept one by one, for an export that is stopped', async () => {
    await expect(make({ stopAt: 20 })).rejects.toThrow(Cancelled);
    expect(kept()).toBe(1);
    expect((await make()).map(({ cached }) => cached)).toEqual([true, false, true, false]);
  });
});
