import type { VideoSample } from 'mediabunny';
import { videoStreamOf } from '#core/media/facts.ts';
import type { Asset, ObjectId } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { fitInside } from '#core/render/pictureGeometry.ts';
import { hasAlpha } from '#core/render/pictureLayers.ts';
import { BackwardReader } from './backwardReader.ts';
import { type DecodedPicture, FrameReader } from './frameReader.ts';
import { limitSeconds, runsBackwards } from './frameRule.ts';
import type { MediaPool, OpenMedia, PictureProblem } from './mediaPool.ts';
import { NestedOverlays } from './nestedOverlays.tsx';
import type { Drawable, Drawables } from './picturePainter.ts';
import { filePictures, nestedWithOverlays, type SceneTree, type TreePicture } from './sceneTree.ts';
import { slatePicture, slateWords } from './slate.ts';

/** Decoders are few: the ones used last stay open. */
const READERS_OPEN_AT_ONCE = 6;

/** What is known of the file of an asset. */
export type FileState = 'online' | 'changed' | 'offline';

/** A decoded picture in memory of its own, so that the decoder has its room back. */
type Copy = DecodedPicture & {
  image: ImageBitmap;
  width: number;
  height: number;
  isOpaque: boolean;
};

type Desk = {
  media: OpenMedia;
  forward: FrameReader<VideoSample> | null;
  /** Made when the clip is first played backwards. */
  backward: BackwardReader<Copy> | null;
};

type Opened = { assetId: ObjectId; opening: Promise<Desk>; desk: Desk | null };

/** Which way the film is shown. */
export type Direction = 'forwards' | 'backwards';

/** Finds the pictures that a frame of the timeline is made of, one reader for each place in which a clip is seen. */
export class PictureDesk {
  readonly #project: () => Project;
  readonly #pool: MediaPool;
  readonly #overlays = new NestedOverlays();
  readonly #desks = new Map<string, Opened>();
  #states: ReadonlyMap<ObjectId, FileState> = new Map();
  /** Size of the picture on the screen: copies need no more. */
  readonly #screen: () => { width: number; height: number };

  constructor(options: {
    project: () => Project;
    pool: MediaPool;
    screen: () => { width: number; height: number };
  }) {
    this.#project = options.project;
    this.#pool = options.pool;
    this.#screen = options.screen;
  }

  /** Files that are gone or changed are shown as slates; gives the assets whose state is new. */
  setFileStates(states: ReadonlyMap<ObjectId, FileState>): ObjectId[] {
    const before = this.#states;
    this.#states = states;
    const isNew = ([id, state]: [ObjectId, FileState]) => (before.get(id) ?? 'online') !== state;
    return [...states].filter(isNew).map(([id]) => id);
  }

  /** Exactly the pictures of a frame. */
  async exact(tree: SceneTree, direction: Direction = 'forwards'): Promise<Drawables> {
    const pictures = this.#picturesOf(tree);
    const found = await Promise.all([
      ...pictures.map(async (picture) => {
        const desk = await this.#desk(picture).opening;
        return [picture.key, await this.#read(desk, picture, direction)] as const;
      }),
      ...nestedWithOverlays(tree).map(
        async (nested) => [nested.key, await this.#overlays.find(nested)] as const,
      ),
    ]);
    return drawn(found);
  }

  /** What is decoded already; `isComplete` says whether every picture is the right one. */
  live(tree: SceneTree): { drawables: Drawables; isComplete: boolean } {
    let isComplete = true;
    const found = this.#picturesOf(tree).map((picture) => {
      const { desk } = this.#desk(picture);
      const still = desk && this.#without(desk, picture);
      if (desk === null || still !== null || desk.forward === null) {
        isComplete &&= desk !== null;
        return [picture.key, still] as const;
      }
      const limit = limitOf(desk, picture);
      const isBackwards = runsBackwards(picture.source, picture.frame, picture.frameRate);
      const reader = isBackwards ? this.#backward(desk) : desk.forward;
      if (reader === null) return [picture.key, null] as const;
      reader.prepare(limit);
      const exact = reader.peek(limit);
      isComplete &&= exact !== null;
      const shown = exact ?? reader.latest;
      return [picture.key, shown && drawableOf(shown)] as const;
    });
    const overlays = nestedWithOverlays(tree).map((nested) => {
      const { drawable, isExact } = this.#overlays.peek(nested);
      isComplete &&= isExact;
      return [nested.key, drawable] as const;
    });
    return { drawables: drawn([...found, ...overlays]), isComplete };
  }

  /** Opens a picture that comes soon, so that a cut does not wait for its decoder. */
  prepare(picture: TreePicture): void {
    void this.#desk(picture).opening.then((desk) => {
      const limit = limitOf(desk, picture);
      const isBackwards = runsBackwards(picture.source, picture.frame, picture.frameRate);
      (isBackwards ? this.#backward(desk) : desk.forward)?.prepare(limit);
    });
  }

  /** Begins to draw the titles inside the nested timelines of a frame that comes soon. */
  prepareOverlays(tree: SceneTree): void {
    for (const nested of nestedWithOverlays(tree)) this.#overlays.prepare(nested);
  }

  /** Closes what was opened; the next frame opens what it needs. */
  clear(): void {
    for (const key of [...this.#desks.keys()]) this.#close(key);
  }

  dispose(): void {
    this.clear();
    this.#overlays.clear();
  }

  /** The pictures of a frame, with room for all of them to be open. */
  #picturesOf(tree: SceneTree): TreePicture[] {
    const pictures = filePictures(tree);
    this.#pool.makeRoom(pictures.length + 2);
    const excess = this.#desks.size - Math.max(READERS_OPEN_AT_ONCE, pictures.length);
    const needed = new Set(pictures.map(({ key }) => key));
    const idle = [...this.#desks.keys()].filter((key) => !needed.has(key));
    for (const key of idle.slice(0, Math.max(0, excess))) this.#close(key);
    return pictures;
  }

  async #read(desk: Desk, picture: TreePicture, direction: Direction): Promise<Drawable | null> {
    const still = this.#without(desk, picture);
    if (still !== null || desk.forward === null) return still;
    const limit = limitOf(desk, picture);
    const isBackwards = runsBackwards(picture.source, picture.frame, picture.frameRate);
    // A film that plays backwards shows what runs backwards in it forwards.
    const reader = direction === 'backwards' && !isBackwards ? this.#backward(desk) : desk.forward;
    const found = (await reader?.read(limit)) ?? null;
    return found && drawableOf(found);
  }

  #backward(desk: Desk): BackwardReader<Copy> | null {
    const { picture } = desk.media;
    if (picture.kind !== 'video') return null;
    desk.backward ??= new BackwardReader<Copy>((start) =>
      copies(picture.sink.samples(start), this.#screen),
    );
    return desk.backward;
  }

  /** What is drawn where there is nothing to decode: a still picture or a slate. */
  #without(desk: Desk, { source }: TreePicture): Drawable | null {
    const { picture } = desk.media;
    const asset = this.#project().find('asset', assetIdOf(source));
    const state = asset === undefined ? undefined : this.#states.get(asset.id);
    if (state === 'offline') return slateOf(asset, { reason: 'missing', codec: '' });
    if (state === 'changed') return slateOf(asset, { reason: 'changed', codec: '' });
    if (picture.kind === 'video') return null;
    if (picture.kind === 'none') return slateOf(asset, picture.problem);
    return stillPicture(picture.image, asset);
  }

  #desk(picture: TreePicture): Opened {
    const { key, source } = picture;
    const assetId = assetIdOf(source);
    const kind = this.#project().find('asset', assetId)?.facts.mediaKind ?? 'video';
    // Asking the pool each time keeps the file among those used last.
    const media = this.#pool.open(assetId, kind);
    const known = this.#desks.get(key);
    if (known !== undefined && known.assetId === assetId) {
      this.#desks.delete(key);
      this.#desks.set(key, known);
      return known;
    }
    if (known !== undefined) this.#close(key);
    const opened: Opened = {
      assetId,
      desk: null,
      opening: media.then((found) => {
        const forward =
          found.picture.kind === 'video'
            ? new FrameReader<VideoSample>(samplesOf(found.picture.sink))
            : null;
        opened.desk = { media: found, forward, backward: null };
        return opened.desk;
      }),
    };
    this.#desks.set(key, opened);
    return opened;
  }

  #close(key: string): void {
    const known = this.#desks.get(key);
    this.#desks.delete(key);
    void known?.opening.then(({ forward, backward }) => {
      forward?.dispose();
      backward?.dispose();
    });
  }
}

function samplesOf(sink: { samples(start: number): AsyncGenerator<VideoSample, void> }) {
  return (start: number) => sink.samples(start);
}

function drawn(found: readonly (readonly [string, Drawable | null])[]): Drawables {
  return new Map(found.flatMap(([key, drawable]) => (drawable === null ? [] : [[key, drawable]])));
}

function limitOf(desk: Desk, { source, frame, frameRate }: TreePicture): number {
  return limitSeconds(source, frame, frameRate) + desk.media.firstTimestamp;
}

function assetIdOf({ content }: TreePicture['source']): ObjectId {
  return content.kind === 'asset' ? content.assetId : '';
}

function drawableOf(picture: VideoSample | Copy): Drawable {
  if ('image' in picture) return imagePicture(picture.image, picture);
  return {
    width: picture.displayWidth,
    height: picture.displayHeight,
    isOpaque: picture.hasAlpha !== true,
    draw: (context, x, y, w, h) => picture.draw(context, x, y, w, h),
  };
}

/** A picture in memory that stands for one of `width` × `height` pixels. */
function imagePicture(
  image: ImageBitmap,
  { width, height, isOpaque }: Pick<Drawable, 'width' | 'height' | 'isOpaque'>,
): Drawable {
  return {
    width,
    height,
    isOpaque,
    draw: (context, x, y, w, h) => context.drawImage(image, x, y, w, h),
  };
}

function stillPicture(image: ImageBitmap, asset: Asset | undefined): Drawable {
  const stream = asset && videoStreamOf(asset.facts);
  const { width, height } = image;
  const isOpaque = stream !== undefined && !hasAlpha(stream.pixelFormat);
  return imagePicture(image, { width, height, isOpaque });
}

const USUAL_SIZE = { width: 1920, height: 1080 };

function slateOf(asset: Asset | undefined, problem: PictureProblem): Drawable {
  const stream = asset && videoStreamOf(asset.facts);
  const size = stream ? { width: stream.displayWidth, height: stream.displayHeight } : USUAL_SIZE;
  return slatePicture(slateWords(asset, problem), size);
}

/** Decoded pictures as copies no larger than the screen shows them. */
async function* copies(
  samples: AsyncIterable<VideoSample>,
  screen: () => { width: number; height: number },
): AsyncGenerator<Copy, void> {
  for await (const sample of samples) {
    const { displayWidth: width, displayHeight: height, timestamp } = sample;
    const { width: screenWidth, height: screenHeight } = screen();
    const size =
      screenWidth < width && screenHeight < height
        ? fitInside(width, height, screenWidth, screenHeight)
        : { width, height };
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
    if (context === null) throw new Error('This window cannot draw pictures.');
    sample.draw(context, 0, 0, size.width, size.height);
    const isOpaque = sample.hasAlpha !== true;
    sample.close();
    const image = context.canvas.transferToImageBitmap();
    yield { timestamp, image, width, height, isOpaque, close: () => image.close() };
  }
}
