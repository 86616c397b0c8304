import { CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Job } from '#core/contract/jobs.ts';
import { isOver, useJob } from '../client/jobsStore.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { closeExport, type ExportKind, useExports } from './exportState.ts';
import { ExportFailure } from './ExportFailure.tsx';
import { JobButtons } from './JobButtons.tsx';
import { JobProgress } from './JobProgress.tsx';

type ExportWindowProps = {
  kind: ExportKind;
  title: string;
  /** What to say of a finished job. */
  result: (job: Job) => ReactNode;
  /** `wide`: the form has parts that scroll by themselves, and buttons of its own. */
  form: 'plain' | 'wide';
  /** The form, with its own button to begin. */
  children: ReactNode;
};

/** An export dialog: the form, then the job, then what it made. */
export function ExportWindow({ kind, title, result, form, children }: ExportWindowProps) {
  const open = useExports((state) => state.open === kind);
  const jobId = useExports((state) => state.jobId);
  const job = useJob(jobId);
  const isWide = job === undefined && form === 'wide';
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) closeExport();
      }}
      title={job?.title ?? title}
      size={job !== undefined ? 'medium' : isWide ? 'wide' : 'large'}
      scrolls={isWide ? 'inside' : 'whole'}
      {...(job && { footer: <JobButtons job={job} kind={kind} /> })}
    >
      {job === undefined && children}
      {job && !isOver(job) && <JobProgress job={job} />}
      {job?.state === 'done' && result(job)}
      {job?.state === 'failed' && job.fault && <ExportFailure fault={job.fault} />}
      {job?.state === 'cancelled' && (
        <EmptyState
          icon={CircleSlash}
          title="The export was cancelled"
          text="What it had begun to write was removed. Nothing else was changed."
        />
      )}
    </Dialog>
  );
}
