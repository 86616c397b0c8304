import type { ExportProgress } from '#core/contract/jobs.ts';
import type { Stretch } from '#core/contract/stretches.ts';
import { classes } from '../ui/classes.ts';
import { countText } from '../ui/words.ts';

const STATES: readonly { state: Stretch['state']; word: string; look: string }[] = [
  { state: 'copied', word: 'Copied', look: 'bg-track-nested' },
  { state: 'cached', word: 'Made before', look: 'bg-track-video' },
  { state: 'made', word: 'Made now', look: 'bg-accent' },
  { state: 'making', word: 'In the making', look: 'strip-making' },
  { state: 'waiting', word: 'Waiting', look: 'bg-pressed' },
];

type StretchStripProps = { label: string; progress: number; frames: ExportProgress };

/** The film from its first frame to its last, in the tints of how far each part is. */
export function StretchStrip({ label, progress, frames }: StretchStripProps) {
  const { stretches, framesTotal } = frames;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(progress * 100)}
      className="flex h-3 overflow-hidden rounded-sm bg-pressed"
    >
      {stretches.map(({ startFrame, endFrame, state }) => (
        <span
          key={startFrame}
          // What waits is the ground of the strip.
          className={classes(
            state !== 'waiting' && STATES.find((one) => one.state === state)?.look,
          )}
          style={{ width: `${((endFrame - startFrame) / Math.max(1, framesTotal)) * 100}%` }}
        />
      ))}
    </div>
  );
}

/** The tints of the strip in words, with how many frames each stands for. */
export function StretchLegend({ frames }: { frames: ExportProgress }) {
  const shown = STATES.map((one) => ({ ...one, count: countOf(frames.stretches, one.state) }));
  return (
    <ul aria-label="Frames of the film" className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {shown
        .filter(({ count }) => count > 0)
        .map(({ state, word, look, count }) => (
          <li key={state} className="flex items-center gap-1.5 text-muted">
            <span aria-hidden="true" className={classes('size-2.5 rounded-sm', look)} />
            {word} <span className="text-strong tabular-nums">{countText(count)}</span>
          </li>
        ))}
    </ul>
  );
}

function countOf(stretches: readonly Stretch[], state: Stretch['state']): number {
  return stretches
    .filter((stretch) => stretch.state === state)
    .reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame, 0);
}
