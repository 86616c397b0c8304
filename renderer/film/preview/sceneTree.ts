import type { OverlayLayer } from '#core/graphics/graphicKey.ts';
import type { ObjectId, TimelineFormat } from '#core/model/entities.ts';
import { DEEPEST_NEST } from '#core/model/nestedTimelines.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { blendOf, type PictureLayer } from '#core/render/pictureLayers.ts';
import {
  type Blend,
  isUnchanged,
  type Look,
  lookAt,
  nestedFrame,
  type PictureSource,
} from '#core/render/pictureSource.ts';
import { sceneAt } from '#core/render/sceneAt.ts';
import { type TransitionDrawing, transitionDrawing } from '#core/render/transitionDrawing.ts';
import type { Rate } from '#core/time/rate.ts';

/** Everything that is drawn for one frame of a timeline, those nested in it included. */
export type SceneTree = {
  /** The clips through which the timeline is seen, the outermost first; empty for the film itself. */
  key: string;
  format: TimelineFormat;
  layers: TreeLayer[];
  overlays: OverlayLayer[];
};

export type TreeLayer =
  | { kind: 'clip'; blend: Blend; picture: TreePicture }
  | {
      kind: 'transition';
      blend: Blend;
      drawing: TransitionDrawing;
      from: TreePicture;
      to: TreePicture;
    };

/** The picture of one clip on one frame. */
export type TreePicture = {
  /** The same for all frames of the clip, different for each place in which it is seen. */
  key: string;
  source: PictureSource;
  frame: number;
  frameRate: Rate;
  /** Null for a picture that is only fitted into its frame. */
  look: Look | null;
  /** Of a clip that shows a timeline: what that timeline shows. */
  nested: SceneTree | null;
};

/** What frame `frame` of a timeline is made of. Timelines that show themselves are clear inside. */
export function sceneTree(
  project: ProjectReader,
  timelineId: ObjectId,
  frame: number,
): SceneTree | null {
  const format = project.find('timeline', timelineId)?.format;
  return format === undefined
    ? null
    : treeOf(project, { timelineId, format, frame, key: '', path: [] });
}

type Place = {
  timelineId: ObjectId;
  format: TimelineFormat;
  frame: number;
  key: string;
  path: readonly ObjectId[];
};

function treeOf(project: ProjectReader, place: Place): SceneTree {
  const { timelineId, format, frame, key, path } = place;
  if (path.includes(timelineId) || path.length >= DEEPEST_NEST)
    return { key, format, layers: [], overlays: [] };
  const { pictures, overlays } = sceneAt(project, timelineId, frame);
  return { key, format, layers: pictures.map((layer) => layerOf(project, layer, place)), overlays };
}

function layerOf(project: ProjectReader, layer: PictureLayer, place: Place): TreeLayer {
  const blend = blendOf(layer);
  if (layer.kind === 'clip')
    return { kind: 'clip', blend, picture: pictureOf(project, layer.source, place) };
  return {
    kind: 'transition',
    blend,
    drawing: transitionDrawing(layer, place.frame, place.format),
    from: pictureOf(project, layer.from, place),
    to: pictureOf(project, layer.to, place),
  };
}

function pictureOf(project: ProjectReader, source: PictureSource, place: Place): TreePicture {
  const { frame, path, timelineId } = place;
  const { frameRate } = place.format;
  const { content } = source;
  const key = `${place.key}/${source.clipId}`;
  const nested =
    content.kind === 'asset'
      ? null
      : treeOf(project, {
          timelineId: content.timelineId,
          format: content.format,
          frame: nestedFrame(source, content.format.frameRate, frame, frameRate),
          key,
          path: [...path, timelineId],
        });
  const look = isUnchanged(source) ? null : lookAt(source, frame, frameRate);
  return { key, source, frame, frameRate, look, nested };
}

/** The pictures of a layer: one, or both of a transition. */
export function picturesOf(layer: TreeLayer): TreePicture[] {
  return layer.kind === 'clip' ? [layer.picture] : [layer.from, layer.to];
}

/** All pictures that come from files, at any depth. */
export function filePictures(tree: SceneTree): TreePicture[] {
  return tree.layers
    .flatMap(picturesOf)
    .flatMap((picture) => (picture.nested === null ? [picture] : filePictures(picture.nested)));
}

/** The timelines at any depth inside of this one that draw titles or captions. */
export function nestedWithOverlays(tree: SceneTree): SceneTree[] {
  return tree.layers.flatMap(picturesOf).flatMap(({ nested }) => {
    if (nested === null) return [];
    const inner = nestedWithOverlays(nested);
    return nested.overlays.length > 0 ? [nested, ...inner] : inner;
  });
}

/** Whether any picture that is seen has effects. */
export function hasEffects(tree: SceneTree): boolean {
  return tree.layers
    .flatMap(picturesOf)
    .some(
      ({ source, nested }) => source.effects.length > 0 || (nested !== null && hasEffects(nested)),
    );
}
