import { generateKeyBetween } from 'fractional-indexing';
import type { Block } from '../book/manuscript.ts';
import { refuse } from '../fault.ts';
import type {
  Entity,
  EntityKind,
  Item,
  ObjectId,
  Registers,
  Timeline,
  Track,
} from '../model/entities.ts';
import type { Project } from '../model/project.ts';
import type { Json, Write } from '../model/write.ts';

/** What an edit needs from outside: identifiers that nobody else has. */
export type EditContext = {
  newId: () => ObjectId;
  /** Names who writes in texts with this edit: a number below 2³² that no edit elsewhere has at the same time. */
  writer?: number;
};

/**
 * One edit while it is being made. Writes go straight into the project, so that later steps of the edit see them;
 * `finish` gives them out, `rollBack` takes them all back.
 */
export class Draft {
  readonly project: Project;
  readonly #newId: () => ObjectId;
  readonly #writes = new Map<string, Write>();
  readonly #inverse = new Map<string, Write>();
  #touched = new Set<ObjectId>();
  #writer: number;

  constructor(project: Project, context: EditContext) {
    this.project = project;
    this.#newId = context.newId;
    this.#writer = context.writer ?? 1;
  }

  newId(): ObjectId {
    return this.#newId();
  }

  /** Says who writes in texts from now on; the same writer in edits that follow one another keeps texts small. */
  writeAs(writer: number): void {
    this.#writer = writer;
  }

  create<K extends EntityKind>(
    kind: K,
    registers: Registers<K>,
    id: ObjectId = this.newId(),
  ): ObjectId {
    const kindWrite: Write = { object: id, register: 'kind', value: kind };
    // In one go: an object that has a kind has its registers too.
    const before = this.#write([kindWrite, ...this.#registerWrites(id, registers)]);
    // Deleted objects keep their ids too: what an undo brings back must not be something else by then.
    if (before.some(({ value }) => value !== null)) {
      refuse('edit/id-taken', 'This object exists already. Try again.', { id });
    }
    return id;
  }

  /** Sets registers of an object; `undefined` makes one absent. */
  set<K extends EntityKind>(
    id: ObjectId,
    registers: { [R in keyof Registers<K>]?: Registers<K>[R] | undefined },
  ): void {
    this.#write(this.#registerWrites(id, registers));
  }

  remove(id: ObjectId): void {
    this.#write([{ object: id, register: 'deleted', value: true }]);
  }

  /** The net writes of the edit and those that undo it; registers that ended as they began are left out. */
  finish(): { writes: Write[]; inverse: Write[] } {
    const changed = [...this.#writes.entries()].filter(
      ([key, write]) =>
        JSON.stringify(write.value) !== JSON.stringify(this.#inverse.get(key)?.value ?? null),
    );
    return {
      writes: changed.map(([, write]) => write),
      inverse: changed.flatMap(([key]) => this.#inverse.get(key) ?? []),
    };
  }

  /** Objects written to since the last call. */
  takeTouched(): ReadonlySet<ObjectId> {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  rollBack(): void {
    this.project.apply(this.#inverse.values());
  }

  /** Writes of registers; the blocks of a chapter become an update of its text. */
  #registerWrites(object: ObjectId, registers: Record<string, unknown>): Write[] {
    return Object.entries(registers).flatMap(([register, value]): Write[] =>
      register === 'blocks'
        ? this.project.textWrites(object, value as Block[], this.#writer)
        : [{ object, register, value: (value ?? null) as Json }],
    );
  }

  #write(writes: Write[]): Write[] {
    const inverses = this.project.apply(writes);
    for (const inverse of inverses) {
      const key = `${inverse.object}\n${inverse.register}`;
      if (!this.#inverse.has(key)) this.#inverse.set(key, inverse);
    }
    for (const write of writes) {
      this.#writes.set(`${write.object}\n${write.register}`, write);
      this.#touched.add(write.object);
    }
    return inverses;
  }

  // What an edit command may assume, or refuse with a code of its own.

  need<K extends EntityKind>(kind: K, id: ObjectId): Entity<K> {
    return (
      this.project.find(kind, id) ??
      refuse(`edit/no-such-${kind}`, `That ${kind} is no longer in the project.`, { id })
    );
  }

  needItem(id: ObjectId): Item {
    return (
      this.project.item(id) ??
      refuse('edit/no-such-item', 'That item is no longer on the timeline.', { id })
    );
  }

  trackOf(item: Item): Track {
    return this.need('track', item.placement.trackId);
  }

  timelineOf(item: Item): Timeline {
    return this.need('timeline', this.trackOf(item).timelineId);
  }

  refuseLocked(track: Track): void {
    if (track.locked) {
      refuse('edit/track-locked', `Track “${track.name}” is locked. Unlock it to edit it.`, {
        trackId: track.id,
      });
    }
  }
}

/** A fractional index between two neighbours; either may be missing at an end. */
export function orderBetween(before: string | undefined, after: string | undefined): string {
  return generateKeyBetween(before ?? null, after ?? null);
}
