import { stat } from 'node:fs/promises';
import type { EngineOptions } from '../engineOptions.ts';
import { findCompositionsBundle } from '../graphics/compositionsBundle.ts';
import type { OverlayRenderer } from '../graphics/drawOverlays.ts';
import { findVoiceEngines } from '../narration/findVoiceEngines.ts';
import type { VoiceEngine } from '../narration/voice.ts';
import { findBrowser } from './browser.ts';
import { type Ffmpeg, findFfmpeg } from './ffmpeg.ts';

/** Programs the engine drives, found on first use and kept. */
export class Programs {
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

  /** Changes whenever titles and captions may be drawn differently. Refuses `graphics/not-built`. */
  async overlayBuild(): Promise<string> {
    const [bundle, browser] = await Promise.all([
      findCompositionsBundle(this.#options.resourcesDir),
      findBrowser(),
    ]);
    const stats = browser === null ? null : await stat(browser).catch(() => null);
    return [bundle.version, browser, stats?.size, stats?.mtimeMs].join(' ');
  }

  /** What has voices, looked for each time: people install one because they were told to. */
  voiceEngines(): Promise<VoiceEngine[]> {
    return findVoiceEngines();
  }

  async close(): Promise<void> {
    const overlays = await this.#overlays?.catch(() => undefined);
    await overlays?.close();
  }

  async #startOverlays(): Promise<OverlayRenderer> {
    const [bundle, browserExecutable, { createOverlayRenderer }] = await Promise.all([
      findCompositionsBundle(this.#options.resourcesDir),
      findBrowser(),
      // Remotion takes its time to load, and only graphics need it.
      import('../graphics/drawOverlays.ts'),
    ]);
    return createOverlayRenderer({ bundleDir: bundle.dir, browserExecutable });
  }
}
