import { createStore, type StoreApi } from 'zustand';
import { type OverlayLayer, overlayKey } from '#core/graphics/graphicKey.ts';
import type { ObjectId, Timeline } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { timelineFrames } from '#core/render/sceneAt.ts';
import { soundParts } from '#core/render/soundParts.ts';
import { type Flicks, flicks, flicksFromSeconds, secondsFromFlicks } from '#core/time/flicks.ts';
import { frameAt, frameStart } from '#core/time/rate.ts';
import { MediaPool } from './mediaPool.ts';
import { type FileState, PictureDesk } from './pictureDesk.ts';
import { type Drawables, PicturePainter } from './picturePainter.ts';
import { PlaybackClock, systemClock } from './playbackClock.ts';
import type { Playhead } from './playhead.ts';
import { filePictures, hasEffects, type SceneTree, sceneTree } from './sceneTree.ts';
import { SoundMixer } from './soundMixer.ts';

/** What the controls of playback show. Changes rarely; the time itself is in the playhead. */
export type PlayerState = {
  isPlaying: boolean;
  /** 1, 2 or 4; negative backwards. */
  speed: number;
  isLooping: boolean;
  isMuted: boolean;
  /** Graphics over the frame that is painted; a new list only when the picture changes. */
  overlays: readonly OverlayLayer[];
  /** Whether a picture that is seen has effects, which only the export draws. */
  hasEffects: boolean;
};

/** Time between the key press and the first sound, enough to decode some. */
const START_DELAY_SECONDS = 0.12;
/** How far ahead a cut is prepared. */
const PREPARE_SECONDS = 0.8;

/** Plays and scrubs one timeline onto a canvas, with sound, on the clock of the sound card. */
export class Player {
  readonly state: StoreApi<PlayerState> = createStore<PlayerState>(() => ({
    isPlaying: false,
    speed: 1,
    isLooping: false,
    isMuted: false,
    overlays: [],
    hasEffects: false,
  }));
  /** Frames that playback painted, and those that came late or were skipped. */
  readonly counts = { painted: 0, late: 0 };
  readonly playhead: Playhead;
  readonly #project: () => Project;
  readonly #timelineId: ObjectId;
  readonly #pool: MediaPool;
  readonly #desk: PictureDesk;
  #painter: PicturePainter | null = null;
  #sound: { context: AudioContext; mixer: SoundMixer } | null = null;
  #clock: PlaybackClock | null = null;
  #animation = 0;
  /** Pictures whose decoders this run of playback has opened, and the last frame it has looked at for them. */
  readonly #prepared = new Set<string>();
  #preparedUntil = -1;
  #shownFrame = -1;
  #overlayKey = '';
  /** The frame that is being found for a standing picture, and the one that is wanted next. */
  #isSeeking = false;
  #wantedFrame: number | null = null;
  #isDisposed = false;

  constructor(options: {
    projectId: string;
    timelineId: ObjectId;
    project: () => Project;
    playhead: Playhead;
  }) {
    this.#project = options.project;
    this.#timelineId = options.timelineId;
    this.playhead = options.playhead;
    this.#pool = new MediaPool(options.projectId);
    this.#desk = new PictureDesk({
      project: options.project,
      pool: this.#pool,
      screen: () => this.#painter?.size ?? { width: 0, height: 0 },
    });
  }

  /** Gives the canvas to paint on; null takes it away. */
  attach(canvas: HTMLCanvasElement | null): void {
    this.#painter = canvas === null ? null : new PicturePainter(canvas);
    if (canvas !== null) this.repaint();
  }

  get #timeline(): Timeline | undefined {
    return this.#project().find('timeline', this.#timelineId);
  }

  /** Length of the film in frames. */
  get frames(): number {
    return timelineFrames(this.#project(), this.#timelineId);
  }

  toggle(): void {
    if (this.state.getState().isPlaying) this.pause();
    else this.play(1);
  }

  /** Plays at a speed; at the end it begins again from the start. */
  play(speed: number): void {
    const timeline = this.#timeline;
    const { frames } = this;
    if (timeline === undefined || frames === 0 || this.#isDisposed) return;
    this.#halt();
    const { frameRate } = timeline.format;
    const frame = frameAt(this.playhead.time, frameRate);
    if (speed > 0 && frame >= frames - 1) this.playhead.set(flicks(0));
    if (speed < 0 && frame <= 0) return;
    this.state.setState({ isPlaying: true, speed });
    void this.#run(speed, timeline);
  }

  pause(): void {
    if (!this.state.getState().isPlaying) return;
    this.#halt();
    this.state.setState({ isPlaying: false, speed: 1 });
    this.repaint();
  }

  /** L: forwards, faster each time. J: backwards, faster each time. */
  shuttle(direction: 1 | -1): void {
    const { isPlaying, speed } = this.state.getState();
    const isSame = isPlaying && Math.sign(speed) === direction;
    const next = isSame ? Math.min(4, Math.abs(speed) * 2) : 1;
    if (!isSame || next !== Math.abs(speed)) this.play(direction * next);
  }

  /** Goes to a time, on the frame that covers it. Playback goes on from there. */
  seek(time: Flicks): void {
    const timeline = this.#timeline;
    if (timeline === undefined) return;
    const { frameRate } = timeline.format;
    const snapped = frameStart(Math.max(0, frameAt(time, frameRate)), frameRate);
    this.playhead.set(snapped);
    const { isPlaying, speed } = this.state.getState();
    if (isPlaying) this.play(speed);
    else this.repaint();
  }

  /** Goes by frames and stands. */
  step(frames: number): void {
    const timeline = this.#timeline;
    if (timeline === undefined) return;
    this.pause();
    const { frameRate } = timeline.format;
    const frame = Math.max(0, frameAt(this.playhead.time, frameRate) + frames);
    this.playhead.set(frameStart(frame, frameRate));
    this.repaint();
  }

  setLooping(isLooping: boolean): void {
    this.state.setState({ isLooping });
  }

  setMuted(isMuted: boolean): void {
    this.state.setState({ isMuted });
    if (this.#sound !== null) this.#sound.mixer.volume = isMuted ? 0 : 1;
  }

  /** For changes of the project: shows the frame anew, and plays the sound as it is now. */
  refresh(): void {
    const { isPlaying, speed } = this.state.getState();
    this.#shownFrame = -1;
    if (isPlaying) this.play(speed);
    else this.repaint();
  }

  /** For media that was found again. */
  forgetMedia(assetIds: Iterable<ObjectId>): void {
    for (const assetId of assetIds) this.#pool.forget(assetId);
    this.#desk.clear();
    this.refresh();
  }

  /** Tells which files are gone or changed: slates are shown in their place. */
  setFileStates(states: ReadonlyMap<ObjectId, FileState>): void {
    const changed = this.#desk.setFileStates(states);
    if (changed.length > 0) this.forgetMedia(changed);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#halt();
    this.#painter = null;
    // What is being found would open again what is closed here.
    this.#wantedFrame = null;
    this.#desk.dispose();
    this.#pool.dispose();
    void this.#sound?.context.close();
    this.#sound = null;
  }

  /** Paints the frame at the playhead exactly; requests that come faster than pictures are skipped over. */
  repaint(): void {
    const timeline = this.#timeline;
    if (timeline === undefined || this.#painter === null) return;
    this.#wantedFrame = frameAt(this.playhead.time, timeline.format.frameRate);
    if (!this.#isSeeking) void this.#seekAndPaint();
  }

  async #seekAndPaint(): Promise<void> {
    this.#isSeeking = true;
    while (this.#wantedFrame !== null) {
      const frame: number = this.#wantedFrame;
      this.#wantedFrame = null;
      const timeline = this.#timeline;
      if (timeline === undefined) break;
      const tree = sceneTree(this.#project(), this.#timelineId, frame);
      if (tree === null) break;
      const speed = this.#clock?.speed ?? 0;
      const drawables = await this.#desk.exact(tree, speed < 0 ? 'backwards' : 'forwards');
      const isOvertaken = this.#clock !== null && this.#clock.speed > 0;
      if (!isOvertaken) this.#paint(tree, drawables, frame);
    }
    this.#isSeeking = false;
  }

  #paint(tree: SceneTree, drawables: Drawables, frame: number): void {
    this.#painter?.paint(tree, drawables);
    this.#shownFrame = frame;
    const withEffects = hasEffects(tree);
    if (withEffects !== this.state.getState().hasEffects)
      this.state.setState({ hasEffects: withEffects });
    const key = overlayKey(tree.overlays, tree.format);
    if (key === this.#overlayKey) return;
    this.#overlayKey = key;
    this.state.setState({ overlays: tree.overlays });
  }

  async #run(speed: number, timeline: Timeline): Promise<void> {
    const from = secondsFromFlicks(this.playhead.time);
    const source = speed > 0 ? await this.#startSound() : null;
    const { isPlaying, speed: wanted } = this.state.getState();
    if (!isPlaying || wanted !== speed || this.#clock !== null || this.#isDisposed) return;
    const clock = new PlaybackClock(source?.context ?? systemClock, {
      from,
      speed,
      delay: speed > 0 ? START_DELAY_SECONDS : 0,
      // The picture waits for the sound to come out of the loudspeaker.
      latency: source?.context.outputLatency ?? 0,
    });
    this.#clock = clock;
    const parts = soundParts(this.#project(), timeline);
    source?.mixer.start(parts, clock, timeline.format.sampleRateHz);
    const tick = () => {
      if (this.#clock !== clock) return;
      this.#tick(clock, timeline);
      if (this.#clock === clock) this.#animation = requestAnimationFrame(tick);
    };
    this.#animation = requestAnimationFrame(tick);
  }

  #tick(clock: PlaybackClock, timeline: Timeline): void {
    const { frameRate } = timeline.format;
    const seconds = clock.now();
    const frame = frameAt(flicksFromSeconds(Math.max(0, seconds)), frameRate);
    const { frames } = this;
    if ((clock.speed > 0 && frame >= frames) || (clock.speed < 0 && seconds <= 0)) {
      this.#reachEnd(clock, frames, timeline);
      return;
    }
    if (frame === this.#shownFrame) return;
    this.playhead.set(frameStart(frame, frameRate));
    if (clock.speed < 0) this.#paintBackwards(frame);
    else this.#paintLive(frame, timeline);
  }

  #paintLive(frame: number, timeline: Timeline): void {
    const tree = sceneTree(this.#project(), this.#timelineId, frame);
    if (tree === null) return;
    const { drawables, isComplete } = this.#desk.live(tree);
    const skipped = this.#shownFrame >= 0 ? Math.max(0, frame - this.#shownFrame - 1) : 0;
    this.#paint(tree, drawables, frame);
    this.#count(isComplete, skipped);
    for (const { key } of filePictures(tree)) this.#prepared.add(key);
    this.#prepareAhead(frame, timeline);
  }

  /** Opens the pictures that begin soon, each once, at its first frame. */
  #prepareAhead(frame: number, timeline: Timeline): void {
    const { frameRate } = timeline.format;
    const soon = frame + Math.ceil((PREPARE_SECONDS * frameRate.num) / frameRate.den);
    for (let next = Math.max(frame, this.#preparedUntil) + 1; next <= soon; next++) {
      const tree = sceneTree(this.#project(), this.#timelineId, next);
      if (tree === null) break;
      this.#desk.prepareOverlays(tree);
      for (const picture of filePictures(tree)) {
        if (this.#prepared.has(picture.key)) continue;
        this.#prepared.add(picture.key);
        this.#desk.prepare(picture);
      }
    }
    this.#preparedUntil = soon;
  }

  #paintBackwards(frame: number): void {
    this.#wantedFrame = frame;
    if (!this.#isSeeking) void this.#seekAndPaint();
  }

  #count(isComplete: boolean, skipped: number): void {
    this.counts.painted += 1;
    this.counts.late += skipped + (isComplete ? 0 : 1);
  }

  #reachEnd(clock: PlaybackClock, frames: number, timeline: Timeline): void {
    const { isLooping } = this.state.getState();
    if (clock.speed > 0 && isLooping) {
      this.playhead.set(flicks(0));
      this.play(clock.speed);
      return;
    }
    const last = clock.speed > 0 ? frames - 1 : 0;
    this.playhead.set(frameStart(last, timeline.format.frameRate));
    this.pause();
  }

  /** The sound card, woken up; null when there is none that runs. */
  async #startSound(): Promise<{ context: AudioContext; mixer: SoundMixer } | null> {
    const rate = this.#timeline?.format.sampleRateHz;
    if (this.#sound === null && rate !== undefined) {
      const context = new AudioContext({ latencyHint: 'balanced', sampleRate: rate });
      const mixer = new SoundMixer(context, async (assetId) => {
        const kind = this.#project().find('asset', assetId)?.facts.mediaKind ?? 'audio';
        const { sound, firstTimestamp } = await this.#pool.open(assetId, kind);
        return sound === null ? null : { sink: sound, firstTimestamp };
      });
      this.#sound = { context, mixer };
    }
    const sound = this.#sound;
    if (sound === null) return null;
    const silence = new Promise((resolve) => setTimeout(resolve, 400));
    await Promise.race([sound.context.resume(), silence]).catch(() => undefined);
    return sound.context.state === 'running' ? sound : null;
  }

  #halt(): void {
    cancelAnimationFrame(this.#animation);
    this.#clock = null;
    this.#shownFrame = -1;
    this.#prepared.clear();
    this.#preparedUntil = -1;
    this.#sound?.mixer.stop();
  }
}
