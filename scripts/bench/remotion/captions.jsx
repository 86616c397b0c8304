/* The film of F5 as Remotion alone makes it: the recording and its captions, every frame drawn by the browser. */
import {
  AbsoluteFill,
  Composition,
  OffthreadVideo,
  registerRoot,
  staticFile,
  useCurrentFrame,
} from 'remotion';
import '../../../compositions/fonts.ts';
import { OverlayStack } from '../../../compositions/OverlayStack.tsx';

const RATE = { num: 30, den: 1 };

function Captions({ cues, width, height }) {
  const frame = useCurrentFrame();
  const layers = cues
    .filter(({ start, end }) => start <= frame && frame < end)
    .map(({ text, start, end }) => ({
      template: 'caption',
      fields: { text },
      frame: frame - start,
      durationFrames: end - start,
    }));
  return (
    <AbsoluteFill style={{ background: 'black' }}>
      <OffthreadVideo src={staticFile('talking-head.mp4')} />
      <AbsoluteFill>
        <OverlayStack layers={layers} width={width} height={height} frameRate={RATE} />
      </AbsoluteFill>
    </AbsoluteFill>
  );
}

registerRoot(() => (
  <Composition
    id="captions"
    component={Captions}
    width={1920}
    height={1080}
    fps={RATE.num}
    durationInFrames={1}
    defaultProps={{ cues: [], width: 1920, height: 1080, frames: 1 }}
    calculateMetadata={({ props }) => ({
      durationInFrames: props.frames,
      width: props.width,
      height: props.height,
    })}
  />
));
