import { projectStore } from '../client/project.ts';
import { isDesktop } from '../client/shell.ts';

/** Asks before a browser window closes over edits that are not written. The desktop shell has received them by then. */
export function guardUnsaved(): void {
  if (isDesktop) return;
  window.addEventListener('beforeunload', (event) => {
    if ((projectStore.store.getState().open?.unsaved ?? 0) > 0) event.preventDefault();
  });
}
