import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef } from 'react';
import type { Peaks } from '#core/contract/media.ts';
import type { Clip } from '#core/model/entities.ts';
import { valueAt } from '#core/model/keyframes.ts';
import { sourceTimeAt } from '#core/model/sourceRange.ts';
import { gainFactor } from '#core/render/soundParts.ts';
import { flicks } from '#core/time/flicks.ts';
import { useTheme } from '../../ui/theme.ts';
import { waveColumns } from './waveColumns.ts';

type WaveformProps = {
  peaks: Peaks;
  clip: Clip;
  height: number;
  flicksPerPixel: number;
  /** Pixels of the clip that are mounted, from its left edge. */
  from: number;
  to: number;
};

/** Sound of a clip as it is heard, its volume included. */
export function Waveform({ peaks, clip, height, flicksPerPixel, from, to }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const bytes = usePeakBytes(peaks.path);
  const theme = useTheme((state) => state.choice);
  const width = Math.max(1, Math.round(to - from));

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current || bytes === undefined) return;
    const ratio = Math.min(2, window.devicePixelRatio);
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    const timeOf = (column: number) => flicks(Math.round((from + column / ratio) * flicksPerPixel));
    const columns = waveColumns(peaks, bytes, {
      columns: canvas.current.width,
      sourceAt: (column) => sourceTimeAt(clip.sourceRange, timeOf(column)),
      factorAt: (column) => gainFactor(valueAt(clip.gainDb ?? 0, timeOf(column))),
    });
    context.fillStyle = getComputedStyle(canvas.current).color;
    const middle = canvas.current.height / 2;
    for (const [x, { low, high }] of columns.entries()) {
      const top = middle - high * (middle - 1);
      context.fillRect(x, top, 1, Math.max(ratio, (high - low) * (middle - 1)));
    }
  }, [bytes, peaks, width, height, flicksPerPixel, from, clip, theme]);

  return (
    <canvas
      ref={canvas}
      className="absolute top-0 text-on-track opacity-70"
      style={{ left: from, width, height }}
    />
  );
}

function usePeakBytes(path: string): Int8Array | undefined {
  const { data } = useQuery({
    queryKey: ['peaks', path],
    queryFn: async () => {
      const response = await fetch(path);
      if (!response.ok) throw new Error(`The peaks cannot be read: ${response.status}`);
      return new Int8Array(await response.arrayBuffer());
    },
    staleTime: Infinity,
  });
  return data;
}
