import { useSyncExternalStore } from 'react';
import { FLICKS_PER_SECOND, type Flicks, flicks } from '#core/time/flicks.ts';
import type { Rate } from '#core/time/rate.ts';
import { fittedScale, revealing, scrolledBy, type TimeScale, zoomedAround } from './timeScale.ts';
import type { TimeWindow } from './visibleItems.ts';

/** The stretch of time that is mounted, and the scale it is laid out at. */
export type MountedWindow = TimeWindow & { readonly flicksPerPixel: number };

/** Share of the width that is mounted beyond each edge, so that scrolling seldom renders. */
const OVERSCAN = 0.3;

/**
 * How the timeline lies in its panel. Scrolling only moves what is mounted; React hears of it when the mounted
 * stretch or the zoom changes.
 */
export class TimelineView {
  #scale: TimeScale = { origin: 0, flicksPerPixel: FLICKS_PER_SECOND / 40 };
  #widthPx = 0;
  #mounted: MountedWindow = { from: flicks(0), to: flicks(0), flicksPerPixel: 1 };
  readonly #listeners = new Set<() => void>();

  get scale(): TimeScale {
    return this.#scale;
  }

  get widthPx(): number {
    return this.#widthPx;
  }

  get mounted(): MountedWindow {
    return this.#mounted;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  resize(widthPx: number): void {
    if (widthPx === this.#widthPx) return;
    this.#widthPx = widthPx;
    this.#changed();
  }

  scrollBy(px: number): void {
    this.#set(scrolledBy(this.#scale, px));
  }

  scrollTo(origin: number): void {
    this.#set({ ...this.#scale, origin: Math.max(0, origin) });
  }

  zoom(options: { flicksPerPixel: number; x: number; frameRate: Rate }): void {
    this.#set(zoomedAround(this.#scale, options));
  }

  fit(duration: Flicks, frameRate: Rate): void {
    this.#set(fittedScale({ duration, widthPx: this.#widthPx, frameRate }));
  }

  reveal(time: Flicks): void {
    if (this.#widthPx > 0) this.#set(revealing(this.#scale, { time, widthPx: this.#widthPx }));
  }

  #set(scale: TimeScale): void {
    if (scale.origin === this.#scale.origin && scale.flicksPerPixel === this.#scale.flicksPerPixel)
      return;
    this.#scale = scale;
    this.#changed();
  }

  #changed(): void {
    const { origin, flicksPerPixel } = this.#scale;
    const width = this.#widthPx * flicksPerPixel;
    const { from, to } = this.#mounted;
    const isCovered =
      flicksPerPixel === this.#mounted.flicksPerPixel && from <= origin && origin + width <= to;
    if (!isCovered) {
      this.#mounted = {
        from: flicks(Math.max(0, Math.floor(origin - width * OVERSCAN))),
        to: flicks(Math.ceil(origin + width * (1 + OVERSCAN))),
        flicksPerPixel,
      };
    }
    for (const listener of this.#listeners) listener();
  }
}

/** The mounted stretch; renders again only when that changes. */
export function useMountedWindow(view: TimelineView): MountedWindow {
  return useSyncExternalStore(view.subscribe, () => view.mounted);
}
