import { FolderOpen, Pause, Play } from 'lucide-react';
import type { Job } from '#core/contract/jobs.ts';
import { callOrNotify } from '../client/query.ts';
import { isOver } from '../client/jobsStore.ts';
import { Button } from '../ui/Button.tsx';
import { closeExport, type ExportKind, watchExport } from './exportState.ts';
import { openOutput, outputOf, showOutput } from './jobOutput.ts';

/** What can be done about an export, below it. */
export function JobButtons({ job, kind }: { job: Job; kind: ExportKind }) {
  return isOver(job) ? <EndedButtons job={job} /> : <GoingButtons job={job} kind={kind} />;
}

function GoingButtons({ job, kind }: { job: Job; kind: ExportKind }) {
  const { id: jobId, state, canPause } = job;
  const isPaused = state === 'paused';
  return (
    <>
      <Button
        look="quiet"
        className="mr-auto -ml-3"
        onClick={() => void callOrNotify('job.cancel', { jobId })}
      >
        Cancel export
      </Button>
      {kind === 'film' && (
        <Button look="quiet" onClick={() => watchExport(null)}>
          Another export
        </Button>
      )}
      {canPause && !isPaused && (
        <Button icon={Pause} onClick={() => void callOrNotify('job.pause', { jobId })}>
          Pause
        </Button>
      )}
      {isPaused ? (
        <Button
          look="primary"
          icon={Play}
          onClick={() => void callOrNotify('job.resume', { jobId })}
        >
          Go on
        </Button>
      ) : (
        <Button look="primary" onClick={closeExport}>
          Go on in the background
        </Button>
      )}
    </>
  );
}

function EndedButtons({ job }: { job: Job }) {
  const hasOutput = outputOf(job) !== null;
  const isDone = job.state === 'done';
  return (
    <>
      <Button look="quiet" className="mr-auto -ml-3" onClick={() => watchExport(null)}>
        {isDone ? 'Export again' : 'Back to the settings'}
      </Button>
      {hasOutput && (
        <>
          <Button icon={FolderOpen} onClick={() => showOutput(job)}>
            Show in folder
          </Button>
          <Button icon={Play} onClick={() => openOutput(job)}>
            Open
          </Button>
        </>
      )}
      {isDone ? (
        <Button look="primary" onClick={closeExport}>
          Done
        </Button>
      ) : (
        <Button look="primary" onClick={() => void callOrNotify('job.retry', { jobId: job.id })}>
          Try again
        </Button>
      )}
    </>
  );
}
