import {
  ALL_FORMATS,
  AudioBufferSink,
  Input,
  Logging,
  LogLevel,
  UrlSource,
  VideoSampleSink,
} from 'mediabunny';
import type { ObjectId } from '#core/model/entities.ts';
import { type PictureSink, pictureMovie } from './pictureMovie.ts';

/** Why a picture cannot be shown here. */
export type PictureProblem = {
  reason: 'missing' | 'changed' | 'codec' | 'unreadable';
  codec: string;
};

export type OpenMedia = {
  /** Seconds on the file's own count at which the media begins. */
  firstTimestamp: number;
  picture:
    | { kind: 'video'; sink: PictureSink }
    | { kind: 'still'; image: ImageBitmap }
    | { kind: 'none'; problem: PictureProblem };
  sound: AudioBufferSink | null;
};

// A codec that it does not know is shown nevertheless, or told on a slate.
Logging.level = LogLevel.Errors;

const FILES_OPEN_AT_ONCE = 8;
const RETRY_SECONDS = 0.3;
const RETRIES = 2;

/** Files that are open for reading, the last used ones. Media is read in ranges from the address of its asset. */
export class MediaPool {
  readonly #projectId: string;
  readonly #open = new Map<ObjectId, { input: Input | null; media: Promise<OpenMedia> }>();
  #room = FILES_OPEN_AT_ONCE;

  constructor(projectId: string) {
    this.#projectId = projectId;
  }

  /** Sees to it that so many files may be open at once: all that one frame needs, and some to come. */
  makeRoom(files: number): void {
    this.#room = Math.max(FILES_OPEN_AT_ONCE, files);
  }

  /** Opens the media of an asset, or gives it again. Never rejects: what cannot be read says so. */
  open(assetId: ObjectId, kind: 'video' | 'audio' | 'image'): Promise<OpenMedia> {
    const known = this.#open.get(assetId);
    if (known !== undefined) {
      this.#open.delete(assetId);
      this.#open.set(assetId, known);
      return known.media;
    }
    const url = `/media/${encodeURIComponent(this.#projectId)}/${encodeURIComponent(assetId)}`;
    const input = kind === 'image' ? null : inputAt(url);
    const media = input === null ? openStill(url) : openFilm(input);
    this.#open.set(assetId, { input, media });
    this.#closeOldest();
    return media;
  }

  /** Lets go of an asset, so that the next use reads its file anew: after it was found again, for example. */
  forget(assetId: ObjectId): void {
    const known = this.#open.get(assetId);
    this.#open.delete(assetId);
    if (known !== undefined) release(known);
  }

  dispose(): void {
    for (const known of this.#open.values()) release(known);
    this.#open.clear();
  }

  #closeOldest(): void {
    for (const assetId of this.#open.keys()) {
      if (this.#open.size <= this.#room) return;
      this.forget(assetId);
    }
  }
}

function inputAt(url: string): Input {
  const source = new UrlSource(new URL(url, window.location.href), {
    getRetryDelay: (attempts) => (attempts < RETRIES ? RETRY_SECONDS : null),
    // Whoever waits for the read is told; a read ahead that nobody waits for may fail in silence.
    handleUnhandledError: () => undefined,
  });
  return new Input({ source, formats: ALL_FORMATS });
}

async function openFilm(input: Input): Promise<OpenMedia> {
  try {
    const [video, audio] = await Promise.all([
      input.getPrimaryVideoTrack(),
      input.getPrimaryAudioTrack(),
    ]);
    const [canShow, canHear, firstTimestamp] = await Promise.all([
      video?.canDecode() ?? false,
      audio?.canDecode() ?? false,
      input.getFirstTimestamp(),
    ]);
    const sink = video && (canShow ? new VideoSampleSink(video) : await pictureMovie(video));
    const codec = video === null ? '' : String(video.codec ?? video.internalCodecId ?? '');
    return {
      // Encoders put silence before the first sound, which has a negative time and is never heard.
      firstTimestamp: Math.max(0, firstTimestamp),
      picture:
        sink === null
          ? { kind: 'none', problem: { reason: 'codec', codec } }
          : { kind: 'video', sink },
      sound: audio !== null && canHear ? new AudioBufferSink(audio) : null,
    };
  } catch (error) {
    return unreadable(error);
  }
}

async function openStill(url: string): Promise<OpenMedia> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(String(response.status));
    const image = await createImageBitmap(await response.blob());
    return { firstTimestamp: 0, picture: { kind: 'still', image }, sound: null };
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): OpenMedia {
  const isMissing = error instanceof Error && /\b(403|404|410)\b/.test(error.message);
  const problem: PictureProblem = { reason: isMissing ? 'missing' : 'unreadable', codec: '' };
  return { firstTimestamp: 0, picture: { kind: 'none', problem }, sound: null };
}

function release(known: { input: Input | null; media: Promise<OpenMedia> }): void {
  known.input?.dispose();
  void known.media.then(({ picture }) => {
    if (picture.kind === 'still') picture.image.close();
  });
}
