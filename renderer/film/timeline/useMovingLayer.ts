import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { MountedWindow, TimelineView } from './timelineView.ts';

/** A layer laid out from the beginning of the mounted stretch that scrolls by a transform, without rendering. */
export function useMovingLayer(
  view: TimelineView,
  mounted: MountedWindow,
): RefObject<HTMLDivElement | null> {
  const layer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      // A new stretch is rendered in a moment and places itself.
      if (layer.current === null || view.mounted !== mounted) return;
      const x = Math.round((mounted.from - view.scale.origin) / mounted.flicksPerPixel);
      layer.current.style.transform = `translateX(${x}px)`;
      // Names of clips that begin before the view stay in sight by this.
      layer.current.style.setProperty('--view-left', `${-x}px`);
    };
    place();
    return view.subscribe(place);
  }, [view, mounted]);
  return layer;
}
