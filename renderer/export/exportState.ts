import { create } from 'zustand';

export type ExportKind = 'film' | 'book';

type ExportState = {
  /** Which export dialog is open. */
  open: ExportKind | null;
  /** The job each dialog looks at; null shows the form. A job goes on while its dialog is closed. */
  jobs: Record<ExportKind, string | null>;
};

/** The export dialogs. */
export const useExports = create<ExportState>(() => ({
  open: null,
  jobs: { film: null, book: null },
}));

/** Opens the export of a film or a book: the form, or the export that is under way. */
export function openExport(kind: ExportKind): void {
  useExports.setState({ open: kind });
}

export function closeExport(): void {
  useExports.setState({ open: null });
}

/** Lets a dialog look at a job, or at the form again. */
export function watchExport(kind: ExportKind, jobId: string | null): void {
  useExports.setState(({ jobs }) => ({ jobs: { ...jobs, [kind]: jobId } }));
}
