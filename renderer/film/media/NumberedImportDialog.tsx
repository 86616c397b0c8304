import { type FormEvent, type ReactNode, useState } from 'react';
import type { Job } from '#core/contract/jobs.ts';
import type { Timeline } from '#core/model/entities.ts';
import { parseRate, type Rate, sameRate } from '#core/time/rate.ts';
import { useJob } from '../../client/jobsStore.ts';
import { callOrNotify } from '../../client/query.ts';
import { chooseToSave } from '../../client/shell.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FaultMessage } from '../../ui/FaultMessage.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { fileName, folderOf, plural } from '../../ui/words.ts';
import {
  chooseNumbered,
  closeNumbered,
  type NumberedPictures,
  startNumbered,
  useNumberedImport,
} from './importNumbered.ts';

type NumberedImportDialogProps = { timeline: Timeline };

const TITLE = 'Import numbered pictures';

type NumberedDialogProps = { description?: string; footer: ReactNode; children: ReactNode };

function NumberedDialog(props: NumberedDialogProps) {
  return <Dialog open onOpenChange={closeNumbered} title={TITLE} size="small" {...props} />;
}

/** Says which pictures would become one clip, asks how fast they follow one another, and shows how far the import is. */
export function NumberedImportDialog({ timeline }: NumberedImportDialogProps) {
  const { pictures, fault, jobId, isOpen } = useNumberedImport();
  const job = useJob(jobId);
  if (!isOpen) return null;
  if (jobId !== null) return <Going job={job} />;
  if (pictures !== null)
    return <Form key={pictures.path} pictures={pictures} rate={timeline.format.frameRate} />;
  return (
    <NumberedDialog
      footer={
        <>
          <Button onClick={closeNumbered}>Close</Button>
          <Button look="primary" onClick={() => void chooseNumbered()}>
            Choose another picture…
          </Button>
        </>
      }
    >
      {fault && <FaultMessage fault={fault} />}
    </NumberedDialog>
  );
}

type FormProps = {
  pictures: NumberedPictures;
  /** That of the timeline. */
  rate: Rate;
};

function Form({ pictures, rate }: FormProps) {
  const { path, first, last, count, beyondGaps } = pictures;
  const { fault, wish, isStarting } = useNumberedImport();
  const [typed, setTyped] = useState(rateWords(wish?.frameRate ?? rate));
  const [target, setTarget] = useState({
    output: wish?.output ?? pictures.output,
    force: wish?.force ?? false,
  });
  const frameRate = parseRate(typed);
  const isTaken = fault?.code === 'file/exists';
  const start = (event: FormEvent) => {
    event.preventDefault();
    if (frameRate !== null)
      void startNumbered({ path, frameRate, ...target, force: target.force || isTaken });
  };
  const chooseTarget = async () => {
    const output = await chooseToSave({
      title: 'Save the movie of the pictures',
      defaultPath: target.output,
      filters: [{ name: 'MOV', extensions: ['mov'] }],
    });
    if (output === null) return;
    setTarget({ output, force: true });
    useNumberedImport.setState({ fault: null });
  };
  return (
    <NumberedDialog
      footer={
        <>
          <Button onClick={closeNumbered}>Cancel</Button>
          <Button
            type="submit"
            form="import-numbered"
            look="primary"
            disabled={frameRate === null || isStarting}
          >
            {isTaken ? 'Replace the movie' : 'Import as one clip'}
          </Button>
        </>
      }
    >
      <form id="import-numbered" className="grid gap-3" onSubmit={start}>
        <p data-selectable className="text-sm wrap-anywhere">
          {plural(count, 'picture')}, {first} to {last}
        </p>
        {beyondGaps > 0 && (
          <p className="text-sm text-muted">
            A number is missing, so {plural(beyondGaps, 'more picture')} with this name{' '}
            {beyondGaps === 1 ? 'is' : 'are'} left out.
          </p>
        )}
        <TextField
          label="Pictures per second"
          value={typed}
          maxLength={20}
          inputMode="decimal"
          error={frameRate === null ? 'Type a number such as 25 or 29.97.' : undefined}
          hint={frameRate === null ? undefined : lengthWords(count, frameRate, rate)}
          onFocus={(event) => event.currentTarget.select()}
          onChange={setTyped}
        />
        <div className="flex items-end justify-between gap-3">
          <p className="min-w-0 text-xs text-muted">
            Makes the movie{' '}
            <span data-selectable className="wrap-anywhere text-strong" title={target.output}>
              {fileName(target.output)}
            </span>{' '}
            {folderOf(target.output) === folderOf(path)
              ? 'beside the pictures.'
              : `in ${folderOf(target.output)}.`}
          </p>
          <Button size="small" onClick={() => void chooseTarget()}>
            Choose…
          </Button>
        </div>
        {fault && <FaultMessage fault={fault} />}
      </form>
    </NumberedDialog>
  );
}

/** `job` is undefined for the moment before it is known here. */
function Going({ job }: { job: Job | undefined }) {
  const isRunning = job?.state === 'running';
  return (
    <NumberedDialog
      description="You can close this window and go on working. It is listed under jobs."
      footer={
        <Button
          disabled={job === undefined}
          onClick={() => job && void callOrNotify('job.cancel', { jobId: job.id })}
        >
          Cancel import
        </Button>
      }
    >
      <div className="grid gap-1.5 pt-1">
        <Progress label={job?.title ?? TITLE} value={isRunning ? job.progress : null} />
        <p className="min-h-5 text-sm text-muted tabular-nums">
          {isRunning ? job.detail : 'Next in turn'}
        </p>
      </div>
    </NumberedDialog>
  );
}

/** A rate as people write it: 29.97, where that means just this one. */
function rateWords(rate: Rate): string {
  const short = String(Number((rate.num / rate.den).toFixed(3)));
  const meant = parseRate(short);
  return meant !== null && sameRate(meant, rate) ? short : `${rate.num}/${rate.den}`;
}

function lengthWords(count: number, frameRate: Rate, timeline: Rate): string {
  const seconds = Number(((count * frameRate.den) / frameRate.num).toFixed(2));
  const other = sameRate(frameRate, timeline) ? '' : ` The timeline has ${rateWords(timeline)}.`;
  return `The clip lasts ${seconds} s.${other}`;
}
