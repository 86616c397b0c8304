import { create } from 'zustand';
import type { CallOutput } from '#core/contract/contract.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { Fault } from '#core/fault.ts';
import type { Rate } from '#core/time/rate.ts';
import { engine } from '../../client/engineClient.ts';
import { isOver, useJobs } from '../../client/jobsStore.ts';
import { projectStore } from '../../client/project.ts';
import { chooseToOpen } from '../../client/shell.ts';

export type NumberedPictures = CallOutput<'media.findNumbered'> & {
  /** The one that was chosen. */
  path: string;
};

type NumberedImportState = {
  /** What the dialog is about; null while it is closed. */
  pictures: NumberedPictures | null;
  /** Why no pictures were found, or why they were not imported. */
  fault: Fault | null;
  /** How they were to be imported the last time, to try again. */
  wish: Wish | null;
  isStarting: boolean;
  /** The job that the dialog looks at. It goes on while the dialog is closed. */
  jobId: string | null;
  isOpen: boolean;
};

export type Wish = { path: string; frameRate: Rate; output: string; force: boolean };

const CLOSED: NumberedImportState = {
  pictures: null,
  fault: null,
  wish: null,
  isStarting: false,
  jobId: null,
  isOpen: false,
};

/** The dialog for importing numbered pictures. */
export const useNumberedImport = create<NumberedImportState>(() => CLOSED);

const FILTERS = [
  { name: 'Pictures', extensions: ['png', 'jpg', 'jpeg', 'tif', 'tiff', 'webp', 'bmp'] },
];

/** Asks for one of numbered pictures, and opens the dialog with all that stand in a row with it. */
export async function chooseNumbered(): Promise<void> {
  const [path] = await chooseToOpen({
    title: 'Choose one of the numbered pictures',
    choose: 'file',
    filters: FILTERS,
  });
  if (path === undefined) return;
  const answer = await engine.call('media.findNumbered', { path });
  useNumberedImport.setState({
    ...CLOSED,
    isOpen: true,
    ...(answer.ok ? { pictures: { ...answer.value, path } } : { fault: answer.error }),
  });
}

export function closeNumbered(): void {
  useNumberedImport.setState(CLOSED);
}

/** Begins the import; a refusal is shown in the dialog. */
export async function startNumbered(wish: Wish): Promise<void> {
  const { open } = projectStore.store.getState();
  if (open === null || useNumberedImport.getState().isStarting) return;
  useNumberedImport.setState({ fault: null, wish, isStarting: true });
  const answer = await engine.call('media.importNumbered', { projectId: open.projectId, ...wish });
  useNumberedImport.setState({
    isStarting: false,
    ...(answer.ok ? { jobId: answer.value.jobId } : { fault: answer.error }),
  });
  // A few small pictures are done before the answer is here.
  const job = useJobs.getState().jobs.find(({ id }) => answer.ok && id === answer.value.jobId);
  if (job && isOver(job)) isSeenInDialog(job);
}

/** Told how an import ended; whether the dialog has told it. One that is done closes it and is told elsewhere. */
export function isSeenInDialog({ id, state, fault }: Job): boolean {
  const { jobId } = useNumberedImport.getState();
  if (jobId !== id) return false;
  if (state === 'done') {
    closeNumbered();
    return false;
  }
  useNumberedImport.setState({ jobId: null, fault: fault ?? null });
  return true;
}
