import type { Clip } from '#core/model/entities.ts';
import { rangeDuration, type SourceRange, sourceTimeAt } from '#core/model/sourceRange.ts';
import { type Flicks, flicks } from '#core/time/flicks.ts';

/** How fast a clip plays, in per cent, whichever way; null along a curve of time. */
export function speedPercent({ retime }: SourceRange): number | null {
  if (retime === undefined) return 100;
  if (retime.kind === 'curve') return null;
  return Number(((Math.abs(retime.speed.num) / retime.speed.den) * 100).toFixed(4));
}

/** Whether a clip plays backwards at one speed. */
export function isReversed({ retime }: SourceRange): boolean {
  return retime?.kind === 'constant' && retime.speed.num < 0;
}

/** A percentage as edit commands take it. */
export function percentText(percent: number): string {
  return `${Number(percent.toFixed(4))}%`;
}

/** What a clip does with its time, in words. */
export function timeWords({ sourceRange }: Clip): string {
  const { retime } = sourceRange;
  if (retime === undefined) return 'As recorded';
  if (retime.kind === 'curve') return 'By time keys';
  if (retime.speed.num === 0) return 'Frozen';
  const size = `${speedPercent(sourceRange)} %`;
  return retime.speed.num < 0 ? `${size}, backwards` : size;
}

/** The first and the last moment of the source that a clip shows, in the order in which it shows them. */
export function shownEnds(range: SourceRange): { from: Flicks; to: Flicks } {
  return {
    from: sourceTimeAt(range, flicks(0)),
    to: sourceTimeAt(range, rangeDuration(range)),
  };
}
