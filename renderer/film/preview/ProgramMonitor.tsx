import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import '#compositions/fonts.ts';
import type { Timeline } from '#core/model/entities.ts';
import { useRemembered } from '../../ui/remembered.ts';
import { useFilm } from '../filmSession.ts';
import { useMediaStatus } from '../mediaStatus.ts';
import { Overlays } from './Overlays.tsx';
import { type MonitorZoom, Transport } from './Transport.tsx';

const MARGIN_PX = 12;

/** The picture of the film at the playhead, with the controls of playback below. */
export function ProgramMonitor({ timeline }: { timeline: Timeline }) {
  const [zoom, setZoom] = useRemembered<MonitorZoom>('film.monitorZoom', 'fit');
  return (
    <section aria-label="Preview" className="flex min-h-0 grow flex-col bg-app">
      <FileStates />
      <div className="relative flex min-h-0 grow flex-col">
        <Screen timeline={timeline} zoom={zoom} />
        <Note />
      </div>
      <Transport timeline={timeline} zoom={zoom} onZoom={setZoom} />
    </section>
  );
}

/** Tells the player which files are gone or changed. */
function FileStates() {
  const { player } = useFilm();
  const status = useMediaStatus();
  useEffect(() => {
    player.setFileStates(new Map([...status].map(([id, { state }]) => [id, state])));
  }, [player, status]);
  return null;
}

/** What the preview cannot show, while it matters: in a corner, out of the way. */
function Note() {
  const { player } = useFilm();
  const hasEffects = useStore(player.state, (state) => state.hasEffects);
  return (
    <p
      role="status"
      className={
        hasEffects
          ? 'pointer-events-none absolute right-2 bottom-2 z-10 rounded-sm bg-panel px-2 py-0.5 text-xs text-muted'
          : 'sr-only'
      }
    >
      {hasEffects ? 'Effects show in the exported film' : ''}
    </p>
  );
}

function Screen({ timeline, zoom }: { timeline: Timeline; zoom: MonitorZoom }) {
  const { player } = useFilm();
  const { format } = timeline;
  const room = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const ratio = window.devicePixelRatio;
  const fit = Math.min(
    Math.max(1, size.width - 2 * MARGIN_PX) / format.width,
    Math.max(1, size.height - 2 * MARGIN_PX) / format.height,
  );
  const scale = zoom === 'fit' ? fit : 1 / ratio;
  const width = Math.round(format.width * scale);
  const height = Math.round(format.height * scale);
  // No more pixels than are seen, and never more than the film has.
  const pixels = {
    width: Math.max(2, Math.min(format.width, Math.round(width * ratio))),
    height: Math.max(2, Math.min(format.height, Math.round(height * ratio))),
  };

  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null || size.width === 0) return;
    if (element.width !== pixels.width) element.width = pixels.width;
    if (element.height !== pixels.height) element.height = pixels.height;
    player.repaint();
  }, [player, pixels.width, pixels.height, size.width]);

  useLayoutEffect(() => {
    player.attach(canvas.current);
    return () => player.attach(null);
  }, [player]);

  return (
    <div
      ref={room}
      className={`min-h-0 grow ${zoom === 'fit' ? 'overflow-hidden' : 'overflow-auto'}`}
    >
      <div
        className="grid min-h-full min-w-full place-items-center"
        style={{ width: zoom === 'fit' ? '100%' : 'max-content', height: '100%' }}
      >
        <div className="relative overflow-hidden bg-black" style={{ width, height }}>
          <canvas
            ref={canvas}
            role="img"
            aria-label="Picture of the film at the playhead"
            className="absolute inset-0 size-full"
          />
          <Overlays format={format} scale={width / format.width} />
        </div>
      </div>
    </div>
  );
}
