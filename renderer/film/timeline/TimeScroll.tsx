import { type PointerEvent, useEffect, useRef } from 'react';
import type { Flicks } from '#core/time/flicks.ts';
import { useFilm } from '../filmSession.ts';

const SHORTEST_THUMB_PX = 32;

/** Where the view lies in the film, to drag. Native scrolling ends where a film is longer than a page can be wide. */
export function TimeScroll({ end }: { end: Flicks }) {
  const { view } = useFilm();
  const thumb = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; origin: number } | null>(null);

  useEffect(() => {
    const place = () => {
      if (thumb.current === null) return;
      const { whole, width } = extent(view, end);
      const length = Math.max(SHORTEST_THUMB_PX, (width / whole) * view.widthPx);
      const room = view.widthPx - length;
      const left = whole <= width ? 0 : (view.scale.origin / (whole - width)) * room;
      thumb.current.style.width = `${length}px`;
      thumb.current.style.transform = `translateX(${Math.min(room, left)}px)`;
      thumb.current.style.visibility = whole <= width ? 'hidden' : 'visible';
    };
    place();
    return view.subscribe(place);
  }, [view, end]);

  function onPointerMove(event: PointerEvent): void {
    if (drag.current === null || thumb.current === null) return;
    const { whole, width } = extent(view, end);
    const room = view.widthPx - thumb.current.offsetWidth;
    if (room <= 0) return;
    const moved = ((event.clientX - drag.current.x) / room) * (whole - width);
    view.scrollTo(Math.min(whole - width, drag.current.origin + moved));
  }

  return (
    <div aria-hidden="true" className="relative h-3 flex-none bg-panel">
      <div
        ref={thumb}
        className="absolute inset-y-1 left-0 touch-none rounded-full bg-edge opacity-60 hover:opacity-100"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, origin: view.scale.origin };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      />
    </div>
  );
}

/** The time that can be scrolled through, and the time in view. */
function extent(
  view: { widthPx: number; scale: { origin: number; flicksPerPixel: number } },
  end: Flicks,
) {
  const width = view.widthPx * view.scale.flicksPerPixel;
  return {
    width,
    whole:
      end <= width && view.scale.origin === 0
        ? width
        : Math.max(end + width * 0.25, view.scale.origin + width),
  };
}
