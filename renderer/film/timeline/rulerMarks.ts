import { type Rate, frameAt, frameStart } from '#core/time/rate.ts';
import { formatTimecode, nominalRate } from '#core/time/timecode.ts';
import { flicks } from '#core/time/flicks.ts';
import { type TimeScale, pixelsOf, xOfTime } from './timeScale.ts';

/** One line of the ruler; those without a label are short. */
export type RulerMark = { frame: number; x: number; label: string | null };

const ROOM_FOR_LABEL_PX = 112;
const ROOM_FOR_TICK_PX = 7;
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000];
const TICKS_PER_LABEL = [10, 5, 6, 4, 3, 2, 1];

/** Frames between two labels at this zoom: few frames, then the steps of a clock. */
export function labelStep(scale: TimeScale, frameRate: Rate): number {
  const nominal = nominalRate(frameRate);
  const framePx = pixelsOf(scale, frameStart(1, frameRate));
  const steps = [
    ...[1, 2, 5, 10, 15].filter((frames) => frames < nominal && nominal % frames === 0),
    ...SECONDS.map((seconds) => seconds * nominal),
  ];
  const fitting = steps.find((frames) => frames * framePx >= ROOM_FOR_LABEL_PX);
  if (fitting !== undefined) return fitting;
  const longest = 36_000 * nominal;
  return longest * Math.ceil(ROOM_FOR_LABEL_PX / (longest * framePx));
}

/** The marks in view, labels on round timecodes and short lines that divide them evenly. */
export function rulerMarks(scale: TimeScale, widthPx: number, frameRate: Rate): RulerMark[] {
  const step = labelStep(scale, frameRate);
  const framePx = pixelsOf(scale, frameStart(1, frameRate));
  const parts =
    TICKS_PER_LABEL.find(
      (count) => step % count === 0 && (step / count) * framePx >= ROOM_FOR_TICK_PX,
    ) ?? 1;
  const tick = step / parts;
  const left = frameAt(flicks(Math.floor(scale.origin)), frameRate);
  const first = Math.max(0, Math.floor(left / step) * step);
  const marks: RulerMark[] = [];
  for (let frame = first; ; frame += tick) {
    const x = xOfTime(scale, frameStart(frame, frameRate));
    if (x > widthPx) return marks;
    const isLabelled = frame % step === 0;
    marks.push({ frame, x, label: isLabelled ? formatTimecode(frame, frameRate) : null });
  }
}
