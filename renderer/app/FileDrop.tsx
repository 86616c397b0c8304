import { useEffect, useState } from 'react';
import { notify } from '../client/notices.ts';
import { projectStore } from '../client/project.ts';
import { pathsOfFiles } from '../client/shell.ts';
import { importDropped } from '../film/media/importMedia.ts';
import { openProjectAt } from './openings.ts';
import { usePlace } from './place.ts';

/** Takes files that are dropped on the window: media into the library, a project file is opened. */
export function FileDrop() {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      clearTimeout(leaving);
      // Browsers tell of a drag that goes on, but not reliably of one that leaves the window.
      leaving = setTimeout(() => setOver(false), 250);
      setOver(true);
    };
    const onDrop = (event: DragEvent) => {
      if (!isFiles(event)) return;
      setOver(false);
      if (event.defaultPrevented) return;
      event.preventDefault();
      receive([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    return () => {
      clearTimeout(leaving);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-end justify-center border-2 border-accent p-8">
      <p className="rounded-md bg-overlay px-3 py-2 text-sm shadow-overlay">
        Drop media to import it, or a project to open it
      </p>
    </div>
  );
}

function receive(files: File[]): void {
  const project = pathsOfFiles(files).find((path) => path.toLowerCase().endsWith('.inkreel'));
  const isOpen = projectStore.store.getState().open !== null;
  if (project !== undefined) void openProjectAt(project);
  else if (isOpen && usePlace.getState().room === 'film') void importDropped(files);
  else if (isOpen) {
    notify({
      text: 'Media is imported in the film room. Go there and drop it again.',
      topic: 'drop',
    });
  } else notify({ text: 'Open or make a project first, then drop media into it.', topic: 'drop' });
}
