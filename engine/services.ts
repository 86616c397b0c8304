import type { EngineEvent } from '#core/contract/contract.ts';
import type { EngineOptions } from './engineOptions.ts';
import { findCompositionsBundle } from './graphics/compositionsBundle.ts';
import { createOverlayRenderer, type OverlayRenderer } from './graphics/drawOverlays.ts';
import type { JobRunner } from './jobs/jobRunner.ts';
import type { DerivedStore } from './media/derivedStore.ts';
import type { OpenProjects } from './project/openProjects.ts';
import type { RecentProjects } from './project/recentProjects.ts';
import { findBrowser } from './tools/browser.ts';
import { type Ffmpeg, findFfmpeg } from './tools/ffmpeg.ts';

/** What the handlers of the contract work with. */
export type Services = EngineOptions & {
  emit: (event: EngineEvent) => void;
  jobs: JobRunner;
  tools: Tools;
  projects: OpenProjects;
  recent: RecentProjects;
  derived: DerivedStore;
};

/** Programs the engine drives, found on first use and kept. */
export class Tools {
  readonly #options: EngineOptions;
  #ffmpeg: Promise<Ffmpeg> | undefined;
  #overlays: Promise<OverlayRenderer> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Refuses `tools/ffmpeg-missing` and `tools/ffmpeg-too-old`; looks again after a refusal. */
  ffmpeg(): Promise<Ffmpeg> {
    this.#ffmpeg ??= findFfmpeg().catch((error: unknown) => {
      this.#ffmpeg = undefined;
      throw error;
    });
    return this.#ffmpeg;
  }

  /** The renderer of titles and captions with its browser. Refuses `graphics/no-browser`, `graphics/not-built`. */
  overlays(): Promise<OverlayRenderer> {
    this.#overlays ??= this.#startOverlays().catch((error: unknown) => {
      this.#overlays = undefined;
      throw error;
    });
    return this.#overlays;
  }

  async close(): Promise<void> {
    const overlays = await this.#overlays?.catch(() => undefined);
    await overlays?.close();
  }

  async #startOverlays(): Promise<OverlayRenderer> {
    const [bundle, browserExecutable] = await Promise.all([
      findCompositionsBundle(this.#options.resourcesDir),
      findBrowser(),
    ]);
    return createOverlayRenderer({ bundleDir: bundle.dir, browserExecutable });
  }
}
