import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type OverlayFormat,
  type OverlayPicture,
  overlayPicture,
} from '#core/graphics/graphicKey.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { overlayLayersAt } from '#core/render/overlays.ts';
import type { ExportPlan, Span } from '#core/render/planExport.ts';
import type { OverlayRenderer } from '../../graphics/drawOverlays.ts';
import { nestFrames } from './nestFrames.ts';

/** The drawn graphics of a film and of the timelines nested in it, for any frame that has some. */
export type OverlayPictures = {
  /** The folder that they lie in. */
  folder: string;
  /** The PNG file of a frame; frames at rest share one. */
  pathOf: (timelineId: ObjectId, frame: number) => string;
};

/** One timeline's graphics: its distinct pictures, and which of them each frame shows. */
type Scene = {
  format: OverlayFormat;
  pictures: OverlayPicture[];
  ofFrame: Map<number, number>;
  pathOf: (picture: number) => string;
};

/**
 * Draws every distinct picture of titles and captions once, however many frames show it, and keeps them in `folder`.
 */
export async function drawOverlayPictures(options: {
  plan: ExportPlan;
  renderer: () => Promise<OverlayRenderer>;
  folder: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
}): Promise<OverlayPictures> {
  const { plan, folder } = options;
  const scenes = scenesOf(plan, folder);
  await drawScenes([...scenes.values()], options);
  const place = (timelineId: ObjectId, frame: number) => {
    const scene = scenes.get(timelineId);
    const picture = scene?.ofFrame.get(frame);
    if (scene === undefined || picture === undefined)
      throw new Error(`Frame ${frame} has no graphics`);
    return scene.pathOf(picture);
  };
  return { folder, pathOf: place };
}

function scenesOf(plan: ExportPlan, folder: string): Map<ObjectId, Scene> {
  const { width, height, frameRate } = plan;
  const shown = nestFrames(plan);
  const all = [
    { timelineId: plan.timelineId, format: { width, height, frameRate }, spans: plan.spans },
    ...plan.nests,
  ];
  return new Map(
    all.map(({ timelineId, format, spans }, index) => {
      const frames = index === 0 ? undefined : (shown.get(timelineId) ?? new Set<number>());
      const scene = sceneOf(spans, format, frames);
      const pathOf = (picture: number) => join(folder, `overlay-${index}-${picture}.png`);
      return [timelineId, { ...scene, format, pathOf }];
    }),
  );
}

function sceneOf(
  spans: readonly Span[],
  format: OverlayFormat,
  frames: ReadonlySet<number> | undefined,
): Pick<Scene, 'pictures' | 'ofFrame'> {
  const numbers = new Map<string, number>();
  const pictures: OverlayPicture[] = [];
  const ofFrame = new Map<number, number>();
  for (const span of spans.filter(({ overlays }) => overlays.length > 0)) {
    for (let frame = span.startFrame; frame < span.endFrame; frame++) {
      if (frames?.has(frame) === false) continue;
      const picture = overlayPicture(overlayLayersAt(span.overlays, frame), format);
      let number = numbers.get(picture.key);
      if (number === undefined) {
        number = pictures.length;
        numbers.set(picture.key, number);
        pictures.push(picture);
      }
      ofFrame.set(frame, number);
    }
  }
  return { pictures, ofFrame };
}

async function drawScenes(
  scenes: readonly Scene[],
  options: Parameters<typeof drawOverlayPictures>[0],
): Promise<void> {
  const total = scenes.reduce((sum, { pictures }) => sum + pictures.length, 0);
  let before = 0;
  for (const { format, pictures, pathOf } of scenes.filter((scene) => scene.pictures.length > 0)) {
    const { width, height, frameRate } = format;
    const renderer = await options.renderer();
    await renderer.render({
      ...{ width, height, frameRate },
      pictures,
      signal: options.signal,
      onPicture: (number, png) => writeFile(pathOf(number), png),
      onProgress: (drawn) => options.onProgress((before + drawn) / total),
    });
    before += pictures.length;
  }
}
