import { type ReactElement, useLayoutEffect } from 'react';
import { Composition, continueRender, delayRender, useCurrentFrame } from 'remotion';
import { OVERLAY_COMPOSITION, type OverlayProps } from '#core/graphics/overlayProps.ts';
import { OverlayStack } from './OverlayStack.tsx';

function Overlay({ pictures, width, height, frameRate }: OverlayProps): ReactElement {
  const frame = useCurrentFrame();
  useLayoutEffect(() => waitForFonts(frame), [frame]);
  return (
    <OverlayStack
      layers={pictures[frame]?.layers ?? []}
      width={width}
      height={height}
      frameRate={frameRate}
    />
  );
}

/** Holds the picture back while fonts that its words asked for are still loading. */
function waitForFonts(frame: number): void {
  // Reading a measure lays the words out, which is what makes the browser ask for the fonts they need.
  document.body.getBoundingClientRect();
  if (document.fonts.status === 'loaded') return;
  const handle = delayRender(`Fonts of picture ${frame}`);
  void document.fonts.ready.then(() => continueRender(handle));
}

export function Root(): ReactElement {
  return (
    <Composition
      id={OVERLAY_COMPOSITION}
      component={Overlay}
      width={1280}
      height={720}
      fps={30}
      durationInFrames={1}
      defaultProps={{ width: 1280, height: 720, frameRate: { num: 30, den: 1 }, pictures: [] }}
    />
  );
}
