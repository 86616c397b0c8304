import { create } from 'zustand';
import type { Job } from '#core/contract/jobs.ts';

export type ExportKind = 'film' | 'book';

type ExportState = {
  /** Which export dialog is open. */
  open: ExportKind | null;
  /** The job that the open dialog looks at; null shows the form. A job goes on while its dialog is closed. */
  jobId: string | null;
};

/** The export dialogs. */
export const useExports = create<ExportState>(() => ({ open: null, jobId: null }));

/** Opens the form for exporting a film or a book. */
export function openExport(kind: ExportKind): void {
  useExports.setState({ open: kind, jobId: null });
}

/** Opens the dialog of an export that waits, runs or has ended. */
export function showExport(job: Job): void {
  useExports.setState({ open: job.kind === 'book' ? 'book' : 'film', jobId: job.id });
}

export function closeExport(): void {
  useExports.setState({ open: null });
}

/** Lets the open dialog look at a job, or at the form again. */
export function watchExport(jobId: string | null): void {
  useExports.setState({ jobId });
}
