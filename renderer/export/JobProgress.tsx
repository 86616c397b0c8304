import type { Job } from '#core/contract/jobs.ts';
import { Progress } from '../ui/Progress.tsx';
import { countText, remainingText } from '../ui/words.ts';
import { StretchLegend, StretchStrip } from './StretchStrip.tsx';

/** An export that is not over, large. */
export function JobProgress({ job }: { job: Job }) {
  const { frames, state, remainingMs } = job;
  const hasStrip = frames !== undefined && frames.stretches.length > 0 && state !== 'queued';
  const left = state === 'running' && remainingMs !== undefined ? remainingText(remainingMs) : '';
  const counted =
    frames === undefined || frames.framesTotal === 0
      ? ''
      : `${countText(frames.framesDone)} of ${countText(frames.framesTotal)} frames`;
  return (
    <div className="grid gap-4 pt-1 pb-2">
      <div className="grid gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <p className="text-xl font-semibold tabular-nums">{Math.floor(job.progress * 100)} %</p>
          <p className="truncate text-sm text-muted tabular-nums">{left}</p>
        </div>
        {!hasStrip && (
          <Progress
            label={job.title}
            value={state === 'queued' ? null : job.progress}
            className="h-3 rounded-sm"
          />
        )}
        {hasStrip && <StretchStrip label={job.title} progress={job.progress} frames={frames} />}
        <p className="flex min-h-5 justify-between gap-3 text-sm text-muted tabular-nums">
          <span className="truncate">{stateWords(job)}</span>
          <span className="flex-none">{counted}</span>
        </p>
      </div>
      {hasStrip && <StretchLegend frames={frames} />}
      <p className="text-sm text-muted">{nextWords(job)}</p>
    </div>
  );
}

function stateWords(job: Job): string {
  const { state, place } = job;
  if (state === 'queued')
    return place === undefined || place === 1 ? 'Next in turn' : `Number ${place} in turn`;
  if (state === 'paused') return 'Paused';
  return detailWords(job);
}

/** What happens now, where how many frames there are is said beside it; sound alone has none. */
function detailWords({ detail, frames }: Job): string {
  if (!/^Frame \d/.test(detail)) return detail;
  return frames?.framesTotal === 0 ? 'Preparing' : 'Making the picture';
}

function nextWords({ kind, state, isLeftOver, canPause, frames }: Job): string {
  if (isLeftOver)
    return 'Inkreel was closed before this was finished. It goes on when you say so, with the project as it is then; parts that were finished are used again where nothing has changed.';
  if (state === 'paused' && kind === 'book')
    return 'Sentences that were spoken are kept: it goes on with those that are missing.';
  if (state === 'paused' && frames?.framesTotal === 0)
    return 'Sound alone is made in one go: it begins anew when it goes on.';
  if (state === 'paused')
    return 'It begins again where its finished parts end: those are kept, the one that was in the making is made anew.';
  if (canPause)
    return 'You can close this window and go on working. The export is listed under jobs.';
  return 'You can close this window and go on working. It is listed under jobs.';
}
