import type { VideoSample } from 'mediabunny';
import type { ObjectId, TimelineFormat } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { type PictureLayer, type PictureSource, sourcesOf } from '#core/render/pictureLayers.ts';
import { FrameReader } from './frameReader.ts';
import { pictureLimit } from './frameRule.ts';
import type { MediaPool, OpenMedia } from './mediaPool.ts';
import type { Drawable } from './picturePainter.ts';
import { slatePicture, slateWords } from './slate.ts';

/** Decoders are few: the ones used last stay open. */
const READERS_OPEN_AT_ONCE = 6;

type Desk = { media: OpenMedia; reader: FrameReader<VideoSample> | null };

/** Finds the pictures that a frame of the timeline is made of, one reader for each clip. */
export class PictureDesk {
  readonly #project: () => Project;
  readonly #pool: MediaPool;
  readonly #desks = new Map<ObjectId, { opening: Promise<Desk>; desk: Desk | null }>();

  constructor(project: () => Project, pool: MediaPool) {
    this.#project = project;
    this.#pool = pool;
  }

  /** Exactly the pictures of these layers, by clip. */
  async exact(
    layers: readonly PictureLayer[],
    format: TimelineFormat,
  ): Promise<Map<ObjectId, Drawable>> {
    const found = await Promise.all(
      layers.flatMap(sourcesOf).map(async (source) => {
        const desk = await this.#desk(source).opening;
        return [source.clipId, await this.#read(desk, source, format)] as const;
      }),
    );
    return new Map(found.flatMap(([id, picture]) => (picture === null ? [] : [[id, picture]])));
  }

  /** What is decoded already; `isComplete` says whether every picture is the right one. */
  live(
    layers: readonly PictureLayer[],
    format: TimelineFormat,
  ): { pictures: Map<ObjectId, Drawable>; isComplete: boolean } {
    const pictures = new Map<ObjectId, Drawable>();
    let isComplete = true;
    for (const source of layers.flatMap(sourcesOf)) {
      const { desk } = this.#desk(source);
      if (desk === null) {
        isComplete = false;
        continue;
      }
      const still = this.#without(desk, source, format);
      if (still !== null) pictures.set(source.clipId, still);
      if (desk.reader === null) continue;
      const limit = this.#limit(desk, source, format);
      desk.reader.prepare(limit);
      const sample = desk.reader.peek(limit);
      if (sample === null) isComplete = false;
      const shown = sample ?? desk.reader.latest;
      if (shown !== null) pictures.set(source.clipId, drawableOf(shown));
    }
    return { pictures, isComplete };
  }

  /** Opens a clip that comes soon and decodes its first pictures, so that a cut does not wait for its decoder. */
  prepare(source: PictureSource, format: TimelineFormat): void {
    const { opening } = this.#desk(source);
    void opening.then((desk) => desk.reader?.prepare(this.#limit(desk, source, format)));
  }

  /** Closes what was opened; the next frame opens what it needs. */
  clear(): void {
    for (const clipId of [...this.#desks.keys()]) this.#close(clipId);
  }

  async #read(desk: Desk, source: PictureSource, format: TimelineFormat): Promise<Drawable | null> {
    if (desk.reader === null) return this.#without(desk, source, format);
    const sample = await desk.reader.read(this.#limit(desk, source, format));
    return sample === null ? null : drawableOf(sample);
  }

  /** What is drawn where there is nothing to decode: a still picture or a slate. */
  #without(desk: Desk, source: PictureSource, format: TimelineFormat): Drawable | null {
    const { picture } = desk.media;
    if (picture.kind === 'video') return null;
    if (picture.kind === 'still') return stillPicture(picture.image);
    const asset = this.#project().find('asset', source.assetId);
    return slatePicture(slateWords(asset, picture.problem), format);
  }

  #limit(desk: Desk, source: PictureSource, format: TimelineFormat): number {
    return pictureLimit(source.sourceIn, format.frameRate) + desk.media.firstTimestamp;
  }

  #desk(source: PictureSource): { opening: Promise<Desk>; desk: Desk | null } {
    const known = this.#desks.get(source.clipId);
    if (known !== undefined) {
      this.#desks.delete(source.clipId);
      this.#desks.set(source.clipId, known);
      return known;
    }
    const kind = this.#project().find('asset', source.assetId)?.facts.mediaKind ?? 'video';
    const opened: { opening: Promise<Desk>; desk: Desk | null } = {
      desk: null,
      opening: this.#pool.open(source.assetId, kind).then((media) => {
        const { picture } = media;
        const reader =
          picture.kind === 'video'
            ? new FrameReader<VideoSample>((start) => picture.sink.samples(start))
            : null;
        opened.desk = { media, reader };
        return opened.desk;
      }),
    };
    this.#desks.set(source.clipId, opened);
    for (const clipId of [...this.#desks.keys()].slice(0, -READERS_OPEN_AT_ONCE))
      this.#close(clipId);
    return opened;
  }

  #close(clipId: ObjectId): void {
    const known = this.#desks.get(clipId);
    this.#desks.delete(clipId);
    void known?.opening.then(({ reader }) => reader?.dispose());
  }
}

function drawableOf(sample: VideoSample): Drawable {
  return {
    width: sample.displayWidth,
    height: sample.displayHeight,
    draw: (context, x, y, w, h) => sample.draw(context, x, y, w, h),
  };
}

function stillPicture(image: ImageBitmap): Drawable {
  return {
    width: image.width,
    height: image.height,
    draw: (context, x, y, w, h) => context.drawImage(image, x, y, w, h),
  };
}
