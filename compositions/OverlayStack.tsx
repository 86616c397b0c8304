import type { ReactElement } from 'react';
import type { OverlayFormat, OverlayLayer } from '#core/graphics/graphicKey.ts';
import { GraphicLayer } from './GraphicLayer.tsx';

export type OverlayStackProps = OverlayFormat & {
  /** From the bottom up. */
  layers: readonly OverlayLayer[];
};

/**
 * Everything drawn over one frame, in a box of exactly `width` × `height` pixels. The preview scales the box with a
 * CSS transform; the export draws it as it is.
 */
export function OverlayStack({
  layers,
  width,
  height,
  frameRate,
}: OverlayStackProps): ReactElement {
  return (
    <div style={{ position: 'relative', width, height, overflow: 'hidden' }}>
      {layers.map((layer, index) => (
        <GraphicLayer
          // Layers have no identity of their own within a picture: their place in the stack is what they are.
          key={`${index}-${layer.template}`}
          layer={layer}
          width={width}
          height={height}
          frameRate={frameRate}
        />
      ))}
    </div>
  );
}
