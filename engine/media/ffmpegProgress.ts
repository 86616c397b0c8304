/**
 * Reader of the lines that `ffmpeg -progress` prints: calls `onFrame` with frames written and `onTime` with
 * microseconds written, whenever ffmpeg reports them.
 */
export function ffmpegProgress(on: {
  frame?: (frames: number) => void;
  timeUs?: (microseconds: number) => void;
}): (line: string) => void {
  return (line) => {
    const match = /^(frame|out_time_us)=\s*(\d+)\s*$/.exec(line);
    if (match === null) return;
    if (match[1] === 'frame') on.frame?.(Number(match[2]));
    else on.timeUs?.(Number(match[2]));
  };
}
