import { type PointerEvent, useRef } from 'react';
import type { Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { useFilm } from '../filmSession.ts';
import { rulerMarks } from './rulerMarks.ts';
import { RulerMarkers } from './RulerMarkers.tsx';
import { snapEdges, snapTargets, toFrame } from './snapping.ts';
import { timeAtX } from './timeScale.ts';
import { useMountedWindow } from './timelineView.ts';
import { useMovingLayer } from './useMovingLayer.ts';

const CATCH_PX = 6;

/** Timecode above the lanes; press and drag to scrub. */
export function Ruler({ timeline }: { timeline: Timeline }) {
  const session = useFilm();
  const { view, player, playhead, state } = session;
  const mounted = useMountedWindow(view);
  const layer = useMovingLayer(view, mounted);
  const isScrubbing = useRef(false);
  const { frameRate } = timeline.format;
  const widthPx = (mounted.to - mounted.from) / mounted.flicksPerPixel;
  const scale = { origin: mounted.from, flicksPerPixel: mounted.flicksPerPixel };
  const marks = view.widthPx === 0 ? [] : rulerMarks(scale, widthPx, frameRate);

  function scrub(event: PointerEvent<HTMLDivElement>): void {
    const { open } = projectStore.store.getState();
    if (open === null) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    const time = toFrame(timeAtX(view.scale, event.clientX - left), frameRate);
    const targets = snapTargets(open.project, timeline.id, {
      window: mounted,
      except: new Set(),
      playhead: time,
    }).filter((target) => target !== time);
    const caught = snapEdges([time], targets, {
      isOn: state.getState().isSnapping !== event.shiftKey,
      reach: CATCH_PX * view.scale.flicksPerPixel,
      seconds: false,
      frameRate,
    });
    const next = caught === null ? time : caught.at;
    if (next !== playhead.time) player.seek(next);
  }

  return (
    <div
      aria-hidden="true"
      className="relative h-7 flex-none touch-none overflow-hidden bg-raised"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        isScrubbing.current = true;
        player.pause();
        scrub(event);
      }}
      onPointerMove={(event) => {
        if (isScrubbing.current) scrub(event);
      }}
      onPointerUp={() => {
        isScrubbing.current = false;
      }}
      onPointerCancel={() => {
        isScrubbing.current = false;
      }}
    >
      <div ref={layer} className="pointer-events-none absolute inset-y-0 left-0">
        <RulerMarkers timeline={timeline} mounted={mounted} />
        {marks.map((mark) => (
          <div
            key={mark.frame}
            className={`absolute bottom-0 w-px ${mark.label === null ? 'h-1.5 bg-line' : 'h-3 bg-edge'}`}
            style={{ left: Math.round(mark.x) }}
          >
            {mark.label !== null && (
              <span className="absolute bottom-2 left-1 font-mono text-[0.6875rem] leading-4 text-faint">
                {mark.label}
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
