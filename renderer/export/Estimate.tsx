import { CircleAlert } from 'lucide-react';
import type { Preflight } from '#core/contract/exports.ts';
import { Icon } from '../ui/Icon.tsx';
import { bytesText, durationText, plural } from '../ui/words.ts';

type EstimateProps = {
  /** How long the film is, in words. */
  length: string;
  preflight: Preflight | undefined;
  /** Exports that come before this one. */
  waiting: number;
};

/** What an export would come to: how long, how large, how soon. */
export function Estimate({ length, preflight, waiting }: EstimateProps) {
  const { sizeBytes = 0, freeBytes = null, timeMs = null, warnings = [] } = preflight ?? {};
  const facts = [
    length,
    ...(sizeBytes > 0 ? [`about ${bytesText(rounded(sizeBytes))}`] : []),
    ...(timeMs === null ? [] : [`about ${durationText(Math.max(1_000, timeMs))} to make`]),
    ...(freeBytes === null ? [] : [`${bytesText(rounded(freeBytes))} free`]),
  ];
  return (
    <div className="grid min-w-0 gap-0.5 text-xs">
      <p className="text-muted tabular-nums">{facts.join(' · ')}</p>
      {waiting > 0 && (
        <p className="text-faint">
          {plural(waiting, 'export')} before it; it begins when{' '}
          {waiting === 1 ? 'that has' : 'they have'} ended.
        </p>
      )}
      {warnings.map(({ code, message }) => (
        <p key={code} role="status" className="flex items-start gap-1.5">
          <Icon icon={CircleAlert} size={14} className="mt-px flex-none text-danger" />
          {message}
        </p>
      ))}
    </div>
  );
}

/** Two figures are as many as an estimate is worth. */
function rounded(bytes: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(bytes)) - 1);
  return Math.round(bytes / step) * step;
}
