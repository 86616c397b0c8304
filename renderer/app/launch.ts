import { openToRead } from '../reader/openToRead.ts';
import { openProjectAt } from './openings.ts';

/**
 * Opens the project, or the book to read, that the address of the window names (`#open=<path>`), once: after that the address is plain, so
 * that loading it again shows what was open last.
 */
export function openNamedProject(): void {
  const path = new URLSearchParams(location.hash.slice(1)).get('open');
  if (path === null || path === '') return;
  history.replaceState(null, '', location.pathname);
  void (/\.epub$/i.test(path) ? openToRead({ path }) : openProjectAt(path));
}
