import { refuse } from '#core/fault.ts';

/** Refuses `export/sound-failed` where ffmpeg had something to say about encoding sound. */
export function refuseSound(failure: string | null): void {
  if (failure === null) return;
  refuse(
    'export/sound-failed',
    'The sound of the film could not be encoded. The project is unchanged; the details say what ffmpeg reported.',
    { reason: failure },
  );
}
