import { useEffect, useRef } from 'react';
import { useFilm } from '../filmSession.ts';
import { xOfTime } from './timeScale.ts';

/** The playhead over ruler and lanes; moves without rendering and turns the page while the film plays. */
export function PlayheadLine() {
  const { view, playhead, player } = useFilm();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      if (line.current === null) return;
      const x = Math.round(xOfTime(view.scale, playhead.time));
      line.current.style.visibility = x < 0 || x > view.widthPx ? 'hidden' : 'visible';
      line.current.style.transform = `translateX(${x}px)`;
    };
    const follow = () => {
      if (player.state.getState().isPlaying) view.reveal(playhead.time);
      place();
    };
    place();
    const stops = [playhead.subscribe(follow), view.subscribe(place)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [view, playhead, player]);
  return (
    <div
      ref={line}
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 left-0 z-20 w-px bg-accent"
    >
      <div className="absolute top-0 left-1/2 h-3 w-2.5 -translate-x-1/2 rounded-b-sm bg-accent" />
    </div>
  );
}
