import { parentPort, workerData } from 'node:worker_threads';
import { type Fault, Refusal } from '#core/fault.ts';
import { Cancelled } from '../../process/run.ts';
import { CanvasQueue } from './canvasQueue.ts';
import { DrawThreads } from './drawThreads.ts';
import { withPictures } from './frameDrawing.ts';
import { type ComposedScene, type Composing, frameDrawings } from './frameDrawings.ts';
import { type OverlayPaths, overlaysByPath } from './overlaysByPath.ts';
import type { Picture } from './picture.ts';
import { SharedPictures } from './sharedPictures.ts';

/** What is to be composed. Plain data, so that it can cross to a thread. */
export type ComposeOrder = Pick<Composing, 'tools' | 'files' | 'nests'> & {
  scene: ComposedScene;
  frames: readonly number[];
  /** Files of titles and captions, by timeline and frame. */
  overlays: OverlayPaths;
  /** Threads that draw, and frames that may be under way at the same time. */
  threads: number;
  framesUnderWay: number;
};

/** Frames come in order; `canvas` is given back with `release` when `data` is no longer looked at. */
export type ComposeNews =
  | { kind: 'frame'; canvas: number; data: Uint8Array }
  | { kind: 'refused'; fault: Fault }
  | { kind: 'failed'; error: unknown }
  | { kind: 'done' };

export type ComposeCall = { kind: 'release'; canvas: number } | { kind: 'stop' };

/*
 * The thread that leads the composing of one stretch: it reads the pictures, hands frames out to the threads that draw,
 * and tells of them in order. It draws nothing itself, so that it always has time to read.
 */
const stop = new AbortController();
const order = workerData as ComposeOrder;
const canvases = new CanvasQueue(order.framesUnderWay, order.scene);

parentPort?.on('message', (call: ComposeCall) => {
  if (call.kind === 'release') {
    canvases.release(call.canvas);
    return;
  }
  canvases.fail(new Cancelled());
  stop.abort();
});

await compose().then(
  () => tell({ kind: 'done' }),
  (error: unknown) => {
    if (error instanceof Refusal) tell({ kind: 'refused', fault: error.fault });
    else if (!(error instanceof Cancelled)) tell({ kind: 'failed', error });
  },
);
parentPort?.close();

async function compose(): Promise<void> {
  const composing: Composing = {
    ...order,
    overlayOf: overlaysByPath(order.overlays),
    signal: stop.signal,
  };
  const threads = new DrawThreads(order.threads);
  const shared = new SharedPictures();
  let told = Promise.resolve();
  try {
    for await (const frame of frameDrawings(composing, order.scene, order.frames)) {
      const canvas = await canvases.take();
      const taken: Picture[] = [];
      const drawing = withPictures(frame, (picture) => {
        const copy = shared.take(picture);
        taken.push(copy);
        return copy;
      });
      const drawn = threads.draw({ frame: drawing, canvas: canvas.picture }).finally(() => {
        for (const picture of taken) shared.release(picture);
      });
      told = Promise.all([told, drawn]).then(() =>
        tell({ kind: 'frame', canvas: canvas.number, data: canvas.picture.data }),
      );
      told.catch((error: unknown) =>
        canvases.fail(error instanceof Error ? error : new Error(String(error))),
      );
    }
    await told;
  } finally {
    await threads.close();
  }
}

function tell(news: ComposeNews): void {
  parentPort?.postMessage(news);
}
