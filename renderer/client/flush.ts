const flushers = new Set<() => void>();

/** Registers work that turns what was typed into an edit, until the returned function is called. */
export function onFlush(flush: () => void): () => void {
  flushers.add(flush);
  return () => flushers.delete(flush);
}

/** Makes edits of everything that still waits for a pause in typing. */
export function flushEdits(): void {
  for (const flush of [...flushers]) flush();
}

/** Flushes when the page is hidden or goes away: closing a window gives no other chance. */
export function flushWhenLeaving(): void {
  window.addEventListener('pagehide', flushEdits);
  window.addEventListener('blur', flushEdits);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flushEdits();
  });
}
