import type { TimelineFormat } from '#core/model/entities.ts';
import { type Box, cropBox, pictureBox, pictureMatrix } from '#core/render/pictureGeometry.ts';
import type { Blend, Look } from '#core/render/pictureSource.ts';
import type { TransitionPart } from '#core/render/transitionDrawing.ts';
import type { SceneTree, TreeLayer, TreePicture } from './sceneTree.ts';

/** A picture that can be drawn into a rectangle. */
export type Drawable = {
  width: number;
  height: number;
  /** Whether it hides everything below it. */
  isOpaque: boolean;
  draw(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void;
};

/** What is drawn, by the keys of a scene's pictures and, for its overlays, of its nested timelines. */
export type Drawables = ReadonlyMap<string, Drawable>;

/** A canvas that shows a frame of `format`, `x` and `y` canvas pixels to one of the frame. */
type Stage = {
  context: CanvasRenderingContext2D;
  format: TimelineFormat;
  x: number;
  y: number;
  /** How many timelines it lies inside. */
  depth: number;
};

/** The canvas operation of a way to blend: the W3C's names are its own. */
function operationOf(blend: Blend): GlobalCompositeOperation {
  if (blend === 'normal') return 'source-over';
  return blend === 'add' ? 'lighter' : blend;
}

/** Draws the pictures of one frame as the export does: layers on clear, bottom first, and the film over black. */
export class PicturePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #scratch = new Map<string, CanvasRenderingContext2D>();

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('This window cannot draw pictures.');
    this.#canvas = canvas;
    this.#context = context;
  }

  /** The size of what is painted, in pixels. */
  get size(): { width: number; height: number } {
    return { width: this.#canvas.width, height: this.#canvas.height };
  }

  paint(tree: SceneTree, drawables: Drawables): void {
    const context = this.#context;
    const { width, height } = this.#canvas;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.globalCompositeOperation = 'source-over';
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    const { format } = tree;
    const scale = { x: width / format.width, y: height / format.height, depth: 0 };
    if (tree.layers.every(({ blend }) => blend === 'normal')) {
      this.#layers({ context, format, ...scale }, tree, drawables);
      return;
    }
    // Blending looks at what is below, and below the lowest picture is nothing, not black.
    const clear = this.#clear('film', width, height);
    this.#layers({ context: clear, format, ...scale }, tree, drawables);
    context.drawImage(clear.canvas, 0, 0);
  }

  #layers(stage: Stage, tree: SceneTree, drawables: Drawables): void {
    for (const layer of tree.layers) {
      stage.context.globalCompositeOperation = operationOf(layer.blend);
      if (layer.kind === 'clip') this.#draw(stage, layer.picture, drawables, null);
      else this.#transition(stage, layer, drawables);
    }
    stage.context.globalCompositeOperation = 'source-over';
  }

  #transition(
    stage: Stage,
    layer: Extract<TreeLayer, { kind: 'transition' }>,
    drawables: Drawables,
  ): void {
    const { drawing, from, to } = layer;
    if (isPlainDissolve(layer, stage.format, drawables)) {
      this.#draw(stage, from, drawables, null);
      this.#draw(stage, to, drawables, drawing.to);
      return;
    }
    const { canvas } = stage.context;
    const context = this.#clear(`transition ${stage.depth}`, canvas.width, canvas.height);
    const own = { ...stage, context };
    context.globalCompositeOperation = drawing.operation === 'sum' ? 'lighter' : 'source-over';
    this.#draw(own, from, drawables, drawing.from);
    this.#draw(own, to, drawables, drawing.to);
    if (drawing.black > 0) {
      context.globalAlpha = drawing.black;
      context.fillStyle = '#000';
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
    stage.context.drawImage(context.canvas, 0, 0);
  }

  #draw(
    stage: Stage,
    picture: TreePicture,
    drawables: Drawables,
    part: TransitionPart | null,
  ): void {
    const { context, format } = stage;
    const { look, nested } = picture;
    const alpha = (look?.opacity ?? 1) * (part?.weight ?? 1);
    if (alpha === 0) return;
    const drawable =
      nested === null
        ? (drawables.get(picture.key) ?? null)
        : this.#nested(stage, nested, look, drawables);
    if (drawable === null) return;
    const { width, height } = drawable;
    context.save();
    context.globalAlpha = alpha;
    if (part !== null) movePart(stage, part);
    if (look === null) {
      const box = pictureBox(drawable, format);
      drawable.draw(
        context,
        box.x * stage.x,
        box.y * stage.y,
        box.width * stage.x,
        box.height * stage.y,
      );
    } else {
      context.scale(stage.x, stage.y);
      const { a, b, c, d, e, f } = pictureMatrix(look, drawable, format);
      context.transform(a, b, c, d, e, f);
      if (look.cropLeft + look.cropTop + look.cropRight + look.cropBottom > 0)
        clipTo(context, cropBox(look, drawable));
      drawable.draw(context, 0, 0, width, height);
    }
    context.restore();
  }

  /** A timeline as one picture of its own format, composed on clear with no more pixels than are seen. */
  #nested(stage: Stage, tree: SceneTree, look: Look | null, drawables: Drawables): Drawable {
    const { format } = tree;
    const depth = stage.depth + 1;
    const box = pictureBox(format, stage.format);
    const grown = Math.max(1, Math.abs(look?.scaleX ?? 1), Math.abs(look?.scaleY ?? 1));
    // In powers of two, so that a picture that grows does not need a new canvas for every frame.
    const zoom = 2 ** Math.ceil(Math.log2(grown));
    const share = Math.min(1, (zoom * stage.x * box.width) / format.width);
    const width = Math.max(1, Math.round(format.width * share));
    const height = Math.max(1, Math.round(format.height * share));
    const context = this.#clear(`nested ${depth}`, width, height);
    const inner = { context, format, x: width / format.width, y: height / format.height, depth };
    this.#layers(inner, tree, drawables);
    drawables.get(tree.key)?.draw(context, 0, 0, width, height);
    return {
      width: format.width,
      height: format.height,
      isOpaque: false,
      draw: (target, x, y, w, h) => target.drawImage(context.canvas, x, y, w, h),
    };
  }

  /** A clear canvas of a size, the same one for every use of a name. */
  #clear(name: string, width: number, height: number): CanvasRenderingContext2D {
    const context = this.#scratch.get(name) ?? document.createElement('canvas').getContext('2d');
    if (context === null) throw new Error('This window cannot draw pictures.');
    this.#scratch.set(name, context);
    const { canvas } = context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.globalCompositeOperation = 'source-over';
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    } else {
      context.clearRect(0, 0, width, height);
    }
    context.imageSmoothingQuality = 'high';
    return context;
  }
}

/** Moves what is drawn next, and cuts it to its own frame and to what the transition shows of it. */
function movePart(stage: Stage, { x, y, clip }: TransitionPart): void {
  const { context, format } = stage;
  if (x === 0 && y === 0 && clip.width === format.width && clip.height === format.height) return;
  const scaled = (box: Box): Box => ({
    x: box.x * stage.x,
    y: box.y * stage.y,
    width: box.width * stage.x,
    height: box.height * stage.y,
  });
  clipTo(context, scaled(clip));
  if (x !== 0 || y !== 0) {
    clipTo(context, scaled({ x, y, width: format.width, height: format.height }));
    context.translate(x * stage.x, y * stage.y);
  }
}

function clipTo(context: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

/** Whether a dissolve is the incoming picture laid over the outgoing: where it hides all of it in the end. */
function isPlainDissolve(
  layer: Extract<TreeLayer, { kind: 'transition' }>,
  format: TimelineFormat,
  drawables: Drawables,
): boolean {
  const { drawing, from, to, blend } = layer;
  const isWhole = ({ x, y, clip }: TransitionPart) =>
    x === 0 && y === 0 && clip.width === format.width && clip.height === format.height;
  if (drawing.operation !== 'sum' || drawing.black > 0 || blend !== 'normal') return false;
  if (!isWhole(drawing.from) || !isWhole(drawing.to)) return false;
  if (from.look !== null || to.look !== null) return false;
  const incoming = drawables.get(to.key);
  if (incoming?.isOpaque !== true) return false;
  const { width, height } = pictureBox(incoming, format);
  return width === format.width && height === format.height;
}
