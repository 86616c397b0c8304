import { join } from 'node:path';
import type { FilmResult } from '#core/contract/films.ts';
import type { Clip, TimelineFormat, Track, TrackKind } from '#core/model/entities.ts';
import { Project } from '#core/model/project.ts';
import type { Json } from '#core/model/write.ts';
import { exportSettingsSchema } from '#core/render/settings.ts';
import { type Flicks, flicks } from '#core/time/flicks.ts';
import { frameStart, type Rate } from '#core/time/rate.ts';
import { exportFilm } from '#engine/export/exportFilm.ts';
import type { FilmExport } from '#engine/export/filmExport.ts';
import type { JobContext } from '#engine/jobs/jobRunner.ts';
import { identify } from '#engine/media/identity.ts';
import { probeMedia } from '#engine/media/probe.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';

type Registers = Record<string, unknown>;

/** A project put together register by register, for films that try one thing each. */
export class FilmBench {
  readonly project = new Project();
  readonly #folder: string;
  #made = 0;
  #order = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  put(id: string, registers: Registers): string {
    this.project.apply(
      Object.entries(registers).map(([register, value]) => ({
        object: id,
        register,
        value: JSON.parse(JSON.stringify(value)) as Json,
      })),
    );
    return id;
  }

  timeline(format: Partial<TimelineFormat> & { frameRate: Rate }): string {
    const whole = { width: 320, height: 180, sampleRateHz: 48_000, ...format };
    return this.put(this.#id('timeline'), { kind: 'timeline', name: 'Bench', format: whole });
  }

  track(timelineId: string, trackKind: TrackKind, registers: Partial<Track> = {}): string {
    const id = this.#id('track');
    this.#order += 1;
    const order = `a${String(this.#order).padStart(4, '0')}`;
    return this.put(id, { kind: 'track', timelineId, trackKind, order, name: id, ...registers });
  }

  async asset(path: string): Promise<string> {
    const facts = await probeMedia(await findFfmpeg(), path);
    return this.put(this.#id('asset'), {
      kind: 'asset',
      name: path,
      location: { absolute: path },
      identity: await identify(path),
      facts,
    });
  }

  clip(trackId: string, start: Flicks, clip: Partial<Clip> & Pick<Clip, 'sourceRange'>): string {
    const id = this.#id('clip');
    return this.put(id, { kind: 'clip', name: id, placement: { trackId, start }, ...clip });
  }

  /** Exports a timeline and gives the path of the film. */
  async export(timelineId: string, more: Partial<FilmExport> = {}): Promise<string> {
    return (await this.make(timelineId, more)).output;
  }

  /** Exports a timeline and gives what is told of the film. */
  async make(
    timelineId: string,
    more: Partial<FilmExport> = {},
    context: Partial<JobContext> = {},
  ): Promise<FilmResult> {
    this.#made += 1;
    const film: FilmExport = {
      project: this.project,
      projectPath: join(this.#folder, 'bench.inkreel'),
      timelineId,
      title: 'Bench',
      settings: exportSettingsSchema.parse({ encoderPreset: 'veryfast', crf: 10 }),
      output: join(this.#folder, `film-${this.#made}.mp4`),
      force: false,
      workers: 2,
      cacheDir: join(this.#folder, 'cache'),
      tools: await findFfmpeg(),
      overlays: () => Promise.reject(new Error('This film has no graphics')),
      overlayBuild: () => Promise.resolve('bench'),
      ...more,
    };
    const { signal } = new AbortController();
    return exportFilm(film, { signal, report: () => undefined, ...context });
  }

  #id(kind: string): string {
    this.#made += 1;
    return `${kind}-${this.#made}`;
  }
}

/** The time of a frame; of fractions of frames too, to the nearest flick. */
export function at(frame: number, rate: Rate): Flicks {
  return Number.isInteger(frame)
    ? frameStart(frame, rate)
    : flicks(Math.round(frame * frameStart(1, rate)));
}
