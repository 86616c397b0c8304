import { Refusal } from '#core/fault.ts';

/** The refusal `export/composing-stopped`: a thread that composes is gone, for want of memory say. */
export function composingStopped(error: unknown, details: Record<string, unknown> = {}): Refusal {
  const reason = error instanceof Error ? error.message : String(error);
  return new Refusal(
    {
      code: 'export/composing-stopped',
      message:
        'A stretch of the film could not be drawn: the part of Inkreel that draws pictures ended before it was done, perhaps for want of memory. The project is unchanged. Close other programs and export again.',
      details: { ...details, reason },
    },
    error,
  );
}

/** Whether a thread ended because it had no memory left, and not by an error in it. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
