import type { z } from 'zod';
import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import type { Flicks } from '../time/flicks.ts';
import { KNOWN_VERSIONS, type OtioItem, schemaOf } from './otioSchema.ts';
import { flicksFromRational, type RationalTime } from './rationalTime.ts';

/** What is gathered while an OpenTimelineIO file is read: losses, and the rates its picture is counted in. */
export class OtioReader {
  readonly losses: Loss[] = [];
  /** How many source ranges of picture clips are counted at a rate, by its decimal. */
  readonly pictureRates = new Map<number, number>();
  readonly #newer = new Set<string>();
  #foreignMetadata = 0;

  lose(code: string, where: string, message: string): void {
    this.losses.push({ code, where, message });
  }

  /** `value` as the schema says, or a refusal `interchange/malformed` that names the place. */
  parse<S extends z.ZodType>(schema: S, value: unknown, where: string): z.infer<S> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    refuse('interchange/malformed', `This file is damaged at ${where}. Nothing was imported.`, {
      where,
      path: issue?.path.join('.') ?? '',
      issue: issue?.message ?? '',
    });
  }

  /** A time that may be negative. */
  time(time: RationalTime, where: string): Flicks {
    return (
      flicksFromRational(time) ??
      refuse(
        'interchange/malformed',
        `A time in this file cannot be, at ${where}. Nothing was imported.`,
        { where, value: time.value, rate: time.rate },
      )
    );
  }

  duration(time: RationalTime, where: string): Flicks {
    const duration = this.time(time, where);
    if (duration < 0) {
      refuse(
        'interchange/malformed',
        `Something in this file lasts less than nothing, at ${where}. Nothing was imported.`,
        { where, value: time.value, rate: time.rate },
      );
    }
    return duration;
  }

  noteVersion(schema: { name: string; version: number }, where: string): void {
    const known = KNOWN_VERSIONS[schema.name];
    if (known === undefined || schema.version <= known || this.#newer.has(schema.name)) return;
    this.#newer.add(schema.name);
    this.lose(
      'interchange/newer-version',
      where,
      `“${schema.name}” is of a newer version (${schema.version}) than this program knows. Check the result.`,
    );
  }

  /** Reports what an item carries beside its content. */
  noteItem(item: OtioItem, where: string): void {
    this.noteMetadata(item.metadata);
    for (const effect of item.effects ?? []) this.#noteEffect(effect, where);
    const markers = item.markers?.length ?? 0;
    if (markers > 0) {
      this.lose(
        'interchange/marker',
        where,
        `${markers === 1 ? 'A marker was' : `${markers} markers were`} left out.`,
      );
    }
  }

  noteMetadata(metadata: unknown): void {
    if (typeof metadata !== 'object' || metadata === null) return;
    if (Object.keys(metadata).some((key) => key !== 'inkreel')) this.#foreignMetadata += 1;
  }

  /** One line for all notes of other programs, which nearly every file has. */
  reportMetadata(): void {
    if (this.#foreignMetadata === 0) return;
    this.lose(
      'interchange/metadata',
      'timeline',
      `Notes that other programs keep for themselves were left out (${this.#foreignMetadata} of them).`,
    );
  }

  #noteEffect(effect: unknown, where: string): void {
    const name = schemaOf(effect)?.name;
    const isTimed = name === 'LinearTimeWarp' || name === 'FreezeFrame' || name === 'TimeEffect';
    if (isTimed) {
      this.lose(
        'interchange/speed',
        where,
        'A change of speed was left out. The clip plays at its own speed for the same time.',
      );
    } else this.lose('interchange/effect', where, 'An effect was left out.');
  }
}
