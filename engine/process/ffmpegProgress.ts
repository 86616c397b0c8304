/** Who is told what `ffmpeg -progress` reports: frames written, microseconds written. */
export type FfmpegProgress = {
  frame?: (frames: number) => void;
  timeUs?: (microseconds: number) => void;
};

/** Reader of the lines that `ffmpeg -progress` prints. */
export function ffmpegProgress(on: FfmpegProgress): (line: string) => void {
  return (line) => {
    const match = /^(frame|out_time_us)=\s*(\d+)\s*$/.exec(line);
    if (match === null) return;
    if (match[1] === 'frame') on.frame?.(Number(match[2]));
    else on.timeUs?.(Number(match[2]));
  };
}
