import { refuse } from '#core/fault.ts';
import type { FilmChapter } from '#core/render/filmChapters.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';

/** An encoded stretch of the film. */
export type JoinedPiece = { path: string; frames: number };

/** The sound of a film: as mixed, to be encoded when all is joined; or encoded already, an MP4 of it alone. */
export type JoinedSound =
  | {
      kind: 'mixed';
      /** Raw samples from `mixSound`. */
      path: string;
      /** Gives them to the encoder through a pipe, when they are still being made. */
      feed?: (stdin: NodeJS.WritableStream) => Promise<void>;
    }
  | { kind: 'encoded'; path: string };

/** Captions of one language as a file. */
export type SoftCaptions = { path: string; language?: string; title: string };

export type FilmParts = {
  /** In order; none for sound alone. */
  pieces: readonly JoinedPiece[];
  /** All pictures in one MP4 with the times of the film, in place of pieces. */
  pictures?: string;
  /** Null for a film without sound. */
  sound: JoinedSound | null;
  captions: readonly SoftCaptions[];
  chapters: readonly FilmChapter[];
};

export type JoinOptions = FilmParts & {
  tools: Ffmpeg;
  plan: ExportPlan;
  settings: ExportSettings;
  title: string;
  folder: string;
  /** The file to write; for a folder of pictures a folder that is there. */
  output: string;
  signal: AbortSignal;
};

/** Input options that read a list of pieces. */
export function concatInput(list: string): string[] {
  return ['-f', 'concat', '-safe', '0', '-i', list];
}

/** Refuses `export/join-failed` where ffmpeg had something to say. */
export function refuseJoin(failure: string | null): void {
  if (failure === null) return;
  refuse(
    'export/join-failed',
    'The parts of the film could not be joined. The project is unchanged; the details say what ffmpeg reported.',
    { reason: failure },
  );
}
