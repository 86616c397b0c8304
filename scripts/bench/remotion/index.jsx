/* The cut of F1 as Remotion alone makes it: every frame drawn by the browser. */
import {
  AbsoluteFill,
  Composition,
  Html5Audio,
  OffthreadVideo,
  registerRoot,
  Sequence,
  staticFile,
  useCurrentFrame,
} from 'remotion';

const WIDTH = 1920;
const HEIGHT = 1080;
const FRAMES_PER_SECOND = 30;

function startsOf({ clips, dissolve }) {
  let start = 0;
  return clips.map(([, frames]) => {
    const own = start;
    start += frames - dissolve;
    return own;
  });
}

function Clip({ from, frames, dissolve, isFirst, isLast }) {
  const frame = useCurrentFrame();
  const opacity = isFirst ? 1 : Math.min(1, (frame + 1) / (dissolve + 1));
  const volume = (at) =>
    Math.min(isFirst ? 1 : at / dissolve, isLast ? 1 : (frames - at) / dissolve, 1);
  const src = staticFile('talking-head.mp4');
  return (
    <AbsoluteFill style={{ opacity }}>
      <OffthreadVideo src={src} trimBefore={from} muted />
      <Html5Audio src={src} trimBefore={from} volume={volume} />
    </AbsoluteFill>
  );
}

function Cut({ clips, dissolve }) {
  const starts = startsOf({ clips, dissolve });
  return (
    <AbsoluteFill style={{ background: 'black' }}>
      {clips.map(([from, frames], index) => (
        <Sequence key={from} from={starts[index]} durationInFrames={frames}>
          <Clip
            from={from}
            frames={frames}
            dissolve={dissolve}
            isFirst={index === 0}
            isLast={index === clips.length - 1}
          />
        </Sequence>
      ))}
    </AbsoluteFill>
  );
}

registerRoot(() => (
  <Composition
    id="cut"
    component={Cut}
    width={WIDTH}
    height={HEIGHT}
    fps={FRAMES_PER_SECOND}
    durationInFrames={1}
    defaultProps={{ clips: [], dissolve: 0 }}
    calculateMetadata={({ props }) => ({
      durationInFrames: (startsOf(props).at(-1) ?? 0) + (props.clips.at(-1)?.[1] ?? 1),
    })}
  />
));
