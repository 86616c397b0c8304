import type { EngineEvent } from '#core/contract/contract.ts';

/** Counts the exports that wait or run, so that nobody closes the program over them unasked. */
export class ExportWatch {
  readonly #going = new Set<string>();

  /** Told of everything that happens in the engine. */
  receive(event: EngineEvent): void {
    if (event.type !== 'job.changed') return;
    const { id, kind, state } = event.job;
    const isAwaited = kind === 'export' || kind === 'book';
    if (isAwaited && (state === 'queued' || state === 'running')) this.#going.add(id);
    else this.#going.delete(id);
  }

  get count(): number {
    return this.#going.size;
  }
}

/** What is asked before the program ends over exports; the first answer keeps it running. */
export function closingQuestion(count: number): {
  type: 'question';
  message: string;
  detail: string;
  buttons: string[];
  defaultId: number;
  cancelId: number;
} {
  return {
    type: 'question',
    message:
      count === 1 ? 'An export is not finished yet.' : `${count} exports are not finished yet.`,
    detail:
      'Closing Inkreel stops the work. Films can go on from their finished parts the next time; nothing begins by itself.',
    buttons: ['Keep Inkreel open', 'Close anyway'],
    defaultId: 0,
    cancelId: 0,
  };
}
