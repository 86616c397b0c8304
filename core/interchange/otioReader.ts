import type { z } from 'zod';
import type { Loss } from '../contract/films.ts';
import { refuse } from '../fault.ts';
import type { Flicks } from '../time/flicks.ts';
import type { InterchangeSequence } from './interchangeTimeline.ts';
import { KNOWN_VERSIONS, type OtioItem, schemaOf, TIME_EFFECTS } from './otioSchema.ts';
import type { Rate } from '../time/rate.ts';
import { flicksFromRational, type RationalTime } from './rationalTime.ts';

/** What is gathered while an OpenTimelineIO file is read: losses, and the rates its picture is counted in. */
export class OtioReader {
  readonly losses: Loss[] = [];
  /** How many source ranges of picture clips are counted at a rate, by its decimal. */
  readonly pictureRates = new Map<number, number>();
  /** Nested timelines by their keys; those without a rate of their own are at that of the whole. */
  readonly nested = new Map<
    string,
    Omit<InterchangeSequence, 'frameRate'> & { frameRate: Rate | null }
  >();
  readonly #newer = new Set<string>();
  /** How often each other program has left notes. */
  readonly #foreignMetadata = new Map<string, number>();

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

  /** Reports what an object has that is not kept of it: its effects, and markers where they have no place. */
  noteUnkept(item: OtioItem, where: string, what: { markers: 'kept' | 'left out' }): void {
    this.noteMetadata(item.metadata);
    for (const effect of item.effects ?? []) {
      const isTimed = TIME_EFFECTS.includes(schemaOf(effect)?.name ?? '');
      if (isTimed) this.loseSpeed(where);
      else this.loseEffect(where);
    }
    const markers = item.markers?.length ?? 0;
    if (markers > 0 && what.markers === 'left out') {
      this.lose(
        'interchange/marker',
        where,
        `${markers === 1 ? 'A marker was' : `${markers} markers were`} left out.`,
      );
    }
  }

  loseSpeed(where: string): void {
    this.lose(
      'interchange/speed',
      where,
      'A change of speed was left out. The clip plays at its own speed for the same time.',
    );
  }

  loseEffect(where: string): void {
    this.lose('interchange/effect', where, 'An effect was left out.');
  }

  noteMetadata(metadata: unknown): void {
    if (typeof metadata !== 'object' || metadata === null) return;
    for (const owner of Object.keys(metadata)) {
      if (owner === 'inkreel') continue;
      this.#foreignMetadata.set(owner, (this.#foreignMetadata.get(owner) ?? 0) + 1);
    }
  }

  /** A line for each program that keeps notes of its own, which nearly every file has many of. */
  reportMetadata(): void {
    const owners = [...this.#foreignMetadata];
    for (const [owner, count] of owners.slice(0, MOST_OWNERS)) {
      this.lose(
        'interchange/metadata',
        'timeline',
        `Notes that another program keeps under “${owner.slice(0, 100)}” were left out (${count} of them).`,
      );
    }
    if (owners.length > MOST_OWNERS) {
      this.lose(
        'interchange/metadata',
        'timeline',
        `Notes under ${owners.length - MOST_OWNERS} more names were left out.`,
      );
    }
  }
}

/** Names beyond these are counted together in the report. */
const MOST_OWNERS = 20;
