import { FrameDrawer } from './drawFrame.ts';
import { type ComposedScene, type Composing, frameDrawings } from './frameDrawings.ts';
import { clearPicture, type Picture } from './picture.ts';

/**
 * Composes frames of a scene on clear, in the order of the list, in this thread. Each picture is good until the next is
 * asked for. Refuses `export/picture-failed`.
 */
export async function* composeFrames(
  composing: Composing,
  scene: ComposedScene,
  frames: readonly number[],
): AsyncGenerator<Picture, void> {
  const canvas = clearPicture(scene.width, scene.height);
  const drawer = new FrameDrawer();
  for await (const drawing of frameDrawings(composing, scene, frames)) {
    drawer.draw(drawing, canvas);
    yield canvas;
  }
}
