import type { ExportProgress } from '#core/contract/jobs.ts';
import { joinedStretches, type Stretch } from '#core/contract/stretches.ts';
import type { Piece } from '#core/render/planPieces.ts';
import type { JobContext } from '../jobs/jobRunner.ts';

/** Shares of the work that each step is taken to be, for the progress of the whole; 0 for what a film lacks. */
type Steps = { graphics: number; picture: number; sound: number; join: number };

type PieceProgress = { state: Stretch['state']; frames: number };

/** Counts what is there of a film, piece by piece, and tells it. */
export class FilmProgress {
  readonly #report: JobContext['report'];
  /** Null until it is known which there are. */
  #pieces: readonly Piece[] | null = null;
  #progress: PieceProgress[] = [];
  #steps: Steps = { graphics: 0.15, picture: 0.75, sound: 0.06, join: 0.04 };
  #graphics = 0;
  #sound = 0;
  #join = 0;

  constructor(report: JobContext['report']) {
    this.#report = report;
  }

  /** The pieces of the film, none of which is there yet. */
  begin(pieces: readonly Piece[]): void {
    this.#pieces = pieces;
    this.#progress = pieces.map(() => ({ state: 'waiting', frames: 0 }));
  }

  /** What is to be done; steps that a film has no need of take no share. */
  expect(needs: { graphics: boolean; sound: boolean }): void {
    if (!needs.graphics) this.#steps = { ...this.#steps, graphics: 0 };
    if (!needs.sound) this.#steps = { ...this.#steps, sound: 0 };
  }

  /** The state of a piece, with how many of its frames there are. */
  piece(index: number, state: Stretch['state'], frames = 0): void {
    const { startFrame = 0, endFrame = 0 } = this.#pieces?.[index] ?? {};
    const length = endFrame - startFrame;
    const isDone = state === 'made' || state === 'cached' || state === 'copied';
    this.#progress[index] = { state, frames: isDone ? length : Math.min(frames, length) };
  }

  tellFrames(): void {
    const { framesDone, framesTotal, framesCached } = this.frames();
    const kept = framesCached > 0 ? `, ${framesCached} kept from before` : '';
    this.#tell(`Frame ${framesDone} of ${framesTotal}${kept}`);
  }

  tellGraphics(share: number): void {
    this.#graphics = share;
    this.#tell('Drawing titles and captions');
  }

  tellSound(share: number): void {
    this.#sound = share;
    this.#tell('Mixing sound');
  }

  tellJoin(share: number, detail: string): void {
    this.#join = share;
    this.#tell(detail);
  }

  frames(): ExportProgress {
    const pieces = this.#pieces ?? [];
    const first = pieces[0]?.startFrame ?? 0;
    const stretches = pieces.map(({ startFrame, endFrame }, index) => ({
      startFrame: startFrame - first,
      endFrame: endFrame - first,
      state: this.#progress[index]?.state ?? 'waiting',
    }));
    const count = (states?: Stretch['state']) =>
      this.#progress
        .filter(({ state }) => states === undefined || state === states)
        .reduce((sum, { frames }) => sum + frames, 0);
    return {
      framesDone: count(),
      framesTotal: stretches.at(-1)?.endFrame ?? 0,
      framesCopied: count('copied'),
      framesCached: count('cached'),
      stretches: joinedStretches(stretches),
    };
  }

  #tell(detail: string): void {
    const { graphics, picture, sound, join } = this.#steps;
    const frames = this.frames();
    const isAlone = this.#pieces !== null && frames.framesTotal === 0;
    const pictureShare = isAlone ? 1 : frames.framesDone / Math.max(1, frames.framesTotal);
    const done =
      this.#graphics * graphics + pictureShare * picture + this.#sound * sound + this.#join * join;
    this.#report(done / (graphics + picture + sound + join), detail, frames);
  }
}
