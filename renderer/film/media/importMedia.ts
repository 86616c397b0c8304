import { create } from 'zustand';
import type { CallOutput } from '#core/contract/contract.ts';
import { notify } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import { callOrNotify, refresh } from '../../client/query.ts';
import { chooseToOpen, isDesktop, pathsOfFiles } from '../../client/shell.ts';

export type ImportFailure = CallOutput<'media.import'>['failed'][number];

type ImportState = {
  /** Whether files are being read now. */
  isImporting: boolean;
  /** What could not be imported last, until it is put away. */
  failures: readonly ImportFailure[];
};

export const useImports = create<ImportState>(() => ({ isImporting: false, failures: [] }));

const FILTERS = [
  {
    name: 'Media',
    extensions: [
      ...['mp4', 'm4v', 'mov', 'mkv', 'webm', 'avi', 'mts', 'm2ts', 'ts', 'mpg', 'mpeg', 'mxf'],
      ...['mp3', 'm4a', 'aac', 'wav', 'flac', 'ogg', 'opus', 'aif', 'aiff'],
      ...['jpg', 'jpeg', 'png', 'webp', 'gif', 'tif', 'tiff', 'bmp', 'avif'],
    ],
  },
];

/** Asks for files and adds them to the library. */
export async function chooseMedia(): Promise<void> {
  await importPaths(
    await chooseToOpen({ title: 'Import media', choose: 'files', filters: FILTERS }),
  );
}

/** Adds dropped files where the shell knows their paths. */
export async function importDropped(files: Iterable<File>): Promise<void> {
  const paths = pathsOfFiles(files);
  if (paths.length > 0 || isDesktop) await importPaths(paths);
  else
    notify({
      text: 'A browser does not say where dropped files lie. Choose them with “Import” instead.',
      topic: 'drop',
    });
}

async function importPaths(paths: string[]): Promise<void> {
  const { open } = projectStore.store.getState();
  if (open === null || paths.length === 0) return;
  useImports.setState({ isImporting: true, failures: [] });
  const answer = await callOrNotify('media.import', { projectId: open.projectId, paths });
  useImports.setState({ isImporting: false, failures: answer?.failed ?? [] });
  refresh('media.status');
}
