import type { EditCommand } from '#core/edits/registry.ts';
import type { Item, ObjectId, Timeline, Track } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { type Flicks, flicks } from '#core/time/flicks.ts';
import { frameDuration } from '#core/time/rate.ts';
import { itemsOf } from './randomCommands.ts';
import type { SampleProject } from './sampleProject.ts';

/** The random numbers that a wish makes its command from: three up to 1,000, and a coin. */
export type Chances = { which: number; other: number; amount: number; flag: boolean };

/** A project at the moment of a wish, with ways to choose from it at random. */
export type Moment = {
  sample: SampleProject;
  timeline: Timeline;
  frame: Flicks;
  items: Item[];
  tracks: Track[];
  chances: Chances;
};

/**
 * A way to make random commands of one type, and what the type promises. Mostly the commands fit; some are meant to be
 * refused, and then nothing may change.
 */
export type Wish = {
  /**
   * Commands that make something to work on, where random projects seldom have it; refused ones do no harm. It is asked
   * twice: the second time it can build on what the first made.
   */
  prepare?(moment: Moment): readonly EditCommand[];
  command(moment: Moment): EditCommand;
  /** Registers of existing objects that it may write, new objects and transitions apart. */
  registers: readonly string[];
  /**
   * What it may write to: items on these tracks, and objects with these ids (tracks, timelines, markers, clips).
   * Asked for before the command is applied.
   */
  scope(moment: Moment, command: EditCommand): readonly ObjectId[];
  /** Compares the project after the command, when it was accepted, with the items before it. */
  expectDefinition?(context: {
    moment: Moment;
    command: EditCommand;
    before: ReadonlyMap<ObjectId, Item>;
    now: (id: ObjectId) => Item | undefined;
  }): void;
};

export function momentOf(sample: SampleProject, chances: Chances): Moment {
  const timeline = sample.project.find('timeline', sample.timelineId);
  if (timeline === undefined) throw new Error('The sample has lost its timeline');
  return {
    sample,
    timeline,
    chances,
    frame: frameDuration(timeline.format.frameRate),
    items: itemsOf(sample),
    tracks: sample.project.tracksOf(timeline.id),
  };
}

/** One of a list by a random number; undefined of an empty one. */
export function pick<T>(list: readonly T[], chance: number): T | undefined {
  return list[chance % Math.max(1, list.length)];
}

/** The id of a random item, or one that nothing has. */
export function anyItemId({ items, chances }: Moment): ObjectId {
  return pick(items, chances.which)?.id ?? 'nothing';
}

/** A time in the timeline, not always on a frame: commands move times to the nearest one. */
export function anyTime({ items, chances }: Moment): Flicks {
  const end = items.reduce((latest, item) => Math.max(latest, itemEnd(item)), 0);
  return flicks(Math.floor((end * chances.amount) / 1000));
}

/** A time strictly inside an item, unless it lasts one frame only. */
export function timeWithin(item: Item, moment: Moment): Flicks {
  const frames = itemDuration(item) / moment.frame;
  const frame = 1 + (moment.chances.amount % Math.max(1, frames - 1));
  return flicks(itemStart(item) + frame * moment.frame);
}

/** The tracks of items and of all that is linked with them. */
export function linkedTracks(moment: Moment, ids: readonly ObjectId[]): ObjectId[] {
  const { project } = moment.sample;
  return ids.flatMap((id) => {
    const item = project.item(id);
    return item === undefined
      ? []
      : project.linkedWith(item).map((other) => other.placement.trackId);
  });
}
