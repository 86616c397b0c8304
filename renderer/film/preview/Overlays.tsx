import type { CSSProperties } from 'react';
import { useStore } from 'zustand';
import { OverlayStack } from '#compositions/OverlayStack.tsx';
import type { TimelineFormat } from '#core/model/entities.ts';
import { useFilm } from '../filmSession.ts';

/** The export sets words on a bare page without hinting; nothing of the interface's type may reach them here. */
const AS_EXPORTED: CSSProperties = {
  fontVariantNumeric: 'normal',
  textRendering: 'geometricPrecision',
  WebkitFontSmoothing: 'auto',
};

/** Titles and captions over the picture: the same components as in the export, scaled to the monitor. */
export function Overlays({ format, scale }: { format: TimelineFormat; scale: number }) {
  const { player } = useFilm();
  const layers = useStore(player.state, (state) => state.overlays);
  if (layers.length === 0) return null;
  return (
    <div
      className="pointer-events-none absolute top-0 left-0 origin-top-left"
      style={{
        ...AS_EXPORTED,
        width: format.width,
        height: format.height,
        transform: `scale(${scale})`,
      }}
    >
      <OverlayStack
        layers={layers}
        width={format.width}
        height={format.height}
        frameRate={format.frameRate}
      />
    </div>
  );
}
