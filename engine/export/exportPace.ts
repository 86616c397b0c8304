import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { ExportSettings } from '#core/render/settings.ts';

const paceSchema = z.record(z.string(), z.number().positive());

/** Shorter work says more about starting programs than about the pace. */
const LEAST_MS = 2_000;

/** How fast exports were on this computer: milliseconds for a million pixels, by codec and speed, in one small file. */
export class ExportPace {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Notes what an export took for the pixels that it made itself. */
  note(settings: ExportSettings, pixels: number, elapsedMs: number): void {
    if (elapsedMs < LEAST_MS || pixels <= 0) return;
    const pace = { ...this.#read(), [paceKey(settings)]: elapsedMs / (pixels / 1e6) };
    try {
      writeFileSync(`${this.#path}.${process.pid}`, JSON.stringify(pace));
      renameSync(`${this.#path}.${process.pid}`, this.#path);
    } catch {
      // Without it an estimate is missing, and nothing else.
    }
  }

  /** What pixels will take; null when nothing like it was exported before. */
  estimateMs(settings: ExportSettings, pixels: number): number | null {
    const pace = this.#read()[paceKey(settings)];
    return pace === undefined ? null : Math.round((pace * pixels) / 1e6);
  }

  #read(): Record<string, number> {
    try {
      const parsed = paceSchema.safeParse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return parsed.success ? parsed.data : {};
    } catch {
      return {};
    }
  }
}

function paceKey({ videoCodec, encoderPreset, bitDepth }: ExportSettings): string {
  return `${videoCodec} ${encoderPreset} ${bitDepth}`;
}
