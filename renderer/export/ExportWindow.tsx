import { CircleSlash, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Job } from '#core/contract/jobs.ts';
import { isOver, useJob } from '../client/jobsStore.ts';
import { useProjectState } from '../client/project.ts';
import { callOrNotify } from '../client/query.ts';
import { isDesktop, showInFolder } from '../client/shell.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FaultMessage } from '../ui/FaultMessage.tsx';
import { closeExport, type ExportKind, useExports, watchExport } from './exportState.ts';
import { JobProgress } from './JobProgress.tsx';
import { outputOf } from './jobOutput.ts';

type ExportWindowProps = {
  kind: ExportKind;
  title: string;
  /** What to say of a finished job. */
  result: (job: Job) => ReactNode;
  /** The form, with its own button to begin. */
  children: ReactNode;
};

/** An export dialog: the form, then the job, then what it made. */
export function ExportWindow({ kind, title, result, children }: ExportWindowProps) {
  const open = useExports((state) => state.open === kind);
  const jobId = useExports((state) => state.jobs[kind]);
  const projectId = useProjectState((state) => state.open?.projectId);
  const watched = useJob(jobId);
  // An export of another project goes on under jobs; here it would be in the way.
  const job = watched?.projectId === projectId ? watched : undefined;
  const again = () => watchExport(kind, null);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) return;
        closeExport();
        // A job that goes on is shown again; one that has ended makes room for the form.
        if (job && isOver(job)) again();
      }}
      title={job?.title ?? title}
      size={job === undefined ? 'large' : 'medium'}
      {...(job && { footer: <JobButtons job={job} onAgain={again} /> })}
    >
      {job === undefined && children}
      {job && !isOver(job) && <JobProgress job={job} />}
      {job?.state === 'done' && result(job)}
      {job?.state === 'failed' && job.fault && <FaultMessage fault={job.fault} />}
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

function JobButtons({ job, onAgain }: { job: Job; onAgain: () => void }) {
  const output = outputOf(job);
  if (!isOver(job)) {
    return (
      <>
        <Button onClick={() => void callOrNotify('job.cancel', { jobId: job.id })}>
          Cancel export
        </Button>
        <Button look="primary" onClick={closeExport}>
          Go on in the background
        </Button>
      </>
    );
  }
  return (
    <>
      <Button look="quiet" onClick={onAgain}>
        {job.state === 'done' ? 'Export again' : 'Back to the settings'}
      </Button>
      {output !== null && isDesktop && (
        <Button icon={FolderOpen} onClick={() => showInFolder(output)}>
          Show in folder
        </Button>
      )}
      <Button
        look="primary"
        onClick={() => {
          closeExport();
          onAgain();
        }}
      >
        Done
      </Button>
    </>
  );
}
