import { parentPort } from 'node:worker_threads';
import { FrameDrawer } from './drawFrame.ts';
import type { FrameDrawing } from './frameDrawing.ts';
import type { Picture } from './picture.ts';

/** A frame to be drawn; all pictures are in shared memory. The answer is an empty message. */
export type DrawOrder = { frame: FrameDrawing; canvas: Picture };

const drawer = new FrameDrawer();
parentPort?.on('message', ({ frame, canvas }: DrawOrder) => {
  drawer.draw(frame, canvas);
  parentPort?.postMessage(null);
});
