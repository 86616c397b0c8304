import { type RefObject, useEffect } from 'react';
import type { Rate } from '#core/time/rate.ts';
import type { TimelineView } from './timelineView.ts';

/** Pixels of one line of a wheel that counts in lines. */
const LINE_PX = 40;

/** Wheel: along the film; with Ctrl or a pinch, zoom around the pointer. Over more lanes than fit, a plain turn goes up and down. */
export function useTimelineWheel(
  surface: RefObject<HTMLElement | null>,
  view: TimelineView,
  frameRate: Rate,
): void {
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const { left } = element.getBoundingClientRect();
        const factor = Math.exp((event.deltaY * unit) / 300);
        view.zoom({
          flicksPerPixel: view.scale.flicksPerPixel * factor,
          x: event.clientX - left,
          frameRate,
        });
        return;
      }
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const lanes = element.querySelector('[role="listbox"]');
      const scrolls = lanes !== null && lanes.scrollHeight > lanes.clientHeight + 1;
      if (!isSideways && scrolls) return;
      event.preventDefault();
      view.scrollBy((event.deltaX || event.deltaY) * unit);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [surface, view, frameRate]);
}
