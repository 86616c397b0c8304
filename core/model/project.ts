import type { z } from 'zod';
import type { Flicks } from '../time/flicks.ts';
import type {
  Entity,
  EntityKind,
  Item,
  ObjectId,
  Track,
  TrackKind,
  Transition,
} from './entities.ts';
import { registerSchemas } from './entities.ts';
import { isItem, itemEnd, itemStart } from './items.ts';
import type { Json, Write } from './write.ts';

/** Reads a project. Everything that is handed out is live (not deleted) and immutable. */
export interface ProjectReader {
  find<K extends EntityKind>(kind: K, id: ObjectId): Entity<K> | undefined;
  /** Objects of a kind in the order of their ids. */
  all<K extends EntityKind>(kind: K): Entity<K>[];
  item(id: ObjectId): Item | undefined;
  /** Items of a track, earliest first. */
  itemsOn(trackId: ObjectId): readonly Item[];
  /** Tracks of a timeline, lowest first. */
  tracksOf(timelineId: ObjectId): Track[];
  /** Clips, graphics or cues that share a link, the given one included. */
  linkedWith(item: Item): Item[];
  /** Transitions into or out of a clip. */
  transitionsOf(clipId: ObjectId): Transition[];
}

type MutableEntity = { id: string; kind: EntityKind; [register: string]: unknown };

/**
 * A project in memory: the materialised registers with the look-ups that edits and views need. `apply` is the only
 * way in; its cost depends on the writes and their tracks, not on the size of the project.
 */
export class Project implements ProjectReader {
  readonly #objects = new Map<string, Record<string, Json>>();
  readonly #entities = new Map<string, Entity>();
  readonly #byKind = new Map<EntityKind, Set<string>>();
  readonly #byTrack = new Map<string, Item[]>();
  readonly #byLink = new Map<string, Set<string>>();
  readonly #transitions = new Map<string, Set<string>>();

  constructor(writes: Iterable<Write> = []) {
    this.apply(writes);
  }

  /** Applies writes in order; returns the writes that take them back, to be applied in the order given. */
  apply(writes: Iterable<Write>): Write[] {
    const inverse = new Map<string, Write>();
    const touched = new Set<string>();
    for (const { object, register, value } of writes) {
      const registers = this.#objects.get(object) ?? {};
      const key = `${object}\n${register}`;
      if (!inverse.has(key))
        inverse.set(key, { object, register, value: registers[register] ?? null });
      const next = { ...registers };
      if (value === null) delete next[register];
      else next[register] = value;
      if (Object.keys(next).length === 0) this.#objects.delete(object);
      else this.#objects.set(object, next);
      touched.add(object);
    }
    for (const object of touched) this.#refresh(object);
    return [...inverse.values()];
  }

  /** Every register as a write, in the order of object ids: applied to an empty project it gives this one. */
  snapshot(): Write[] {
    return [...this.#objects.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([object, registers]) =>
        Object.entries(registers)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([register, value]) => ({ object, register, value })),
      );
  }

  find<K extends EntityKind>(kind: K, id: ObjectId): Entity<K> | undefined {
    const entity = this.#entities.get(id);
    return entity?.kind === kind ? (entity as Entity<K>) : undefined;
  }

  all<K extends EntityKind>(kind: K): Entity<K>[] {
    const ids = [...(this.#byKind.get(kind) ?? [])].sort();
    return ids.flatMap((id) => this.find(kind, id) ?? []);
  }

  item(id: ObjectId): Item | undefined {
    const entity = this.#entities.get(id);
    return entity !== undefined && isItem(entity) ? entity : undefined;
  }

  itemsOn(trackId: ObjectId): readonly Item[] {
    return this.#byTrack.get(trackId) ?? [];
  }

  tracksOf(timelineId: ObjectId): Track[] {
    return this.all('track')
      .filter((track) => track.timelineId === timelineId)
      .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1));
  }

  linkedWith(item: Item): Item[] {
    if (item.kind !== 'clip' || item.linkId === undefined) return [item];
    return [...(this.#byLink.get(item.linkId) ?? [])].sort().flatMap((id) => this.item(id) ?? []);
  }

  transitionsOf(clipId: ObjectId): Transition[] {
    return [...(this.#transitions.get(clipId) ?? [])]
      .sort()
      .flatMap((id) => this.find('transition', id) ?? []);
  }

  #refresh(id: string): void {
    const before = this.#entities.get(id);
    if (before !== undefined) this.#unindex(before);
    const registers = this.#objects.get(id);
    const kind = registers && kindOf(registers);
    if (registers === undefined || kind === undefined || registers['deleted'] === true) {
      this.#entities.delete(id);
      return;
    }
    // Registers were checked by the edit that wrote them; unknown ones from newer versions ride along.
    const entity = { ...registers, id, kind } as MutableEntity as unknown as Entity;
    this.#entities.set(id, entity);
    this.#index(entity);
  }

  #index(entity: Entity): void {
    added(this.#byKind, entity.kind, entity.id);
    if (isItem(entity)) {
      const { trackId } = entity.placement;
      const items = this.#byTrack.get(trackId) ?? [];
      this.#byTrack.set(trackId, items);
      items.splice(firstIndexFrom(items, entity), 0, entity);
    }
    if (entity.kind === 'clip' && entity.linkId !== undefined) {
      added(this.#byLink, entity.linkId, entity.id);
    }
    if (entity.kind === 'transition') {
      added(this.#transitions, entity.cut.outgoingId, entity.id);
      added(this.#transitions, entity.cut.incomingId, entity.id);
    }
  }

  #unindex(entity: Entity): void {
    this.#byKind.get(entity.kind)?.delete(entity.id);
    if (isItem(entity)) {
      const items = this.#byTrack.get(entity.placement.trackId);
      const index = items ? items.indexOf(entity, firstIndexFrom(items, entity)) : -1;
      if (items && index >= 0) items.splice(index, 1);
    }
    if (entity.kind === 'clip' && entity.linkId !== undefined) {
      this.#byLink.get(entity.linkId)?.delete(entity.id);
    }
    if (entity.kind === 'transition') {
      this.#transitions.get(entity.cut.outgoingId)?.delete(entity.id);
      this.#transitions.get(entity.cut.incomingId)?.delete(entity.id);
    }
  }
}

/** Registers that an object of a kind has from the beginning. */
const REQUIRED = new Map<string, readonly string[]>(
  Object.entries(registerSchemas).map(([kind, { shape }]) => [
    kind,
    Object.entries<z.ZodType>(shape).flatMap(([register, schema]) =>
      schema.safeParse(undefined).success ? [] : [register],
    ),
  ]),
);

/**
 * The kind of an object that is whole. One of an unknown kind, or of which a merge has brought only some registers
 * yet, is kept but not shown.
 */
function kindOf(registers: Record<string, Json>): EntityKind | undefined {
  const { kind } = registers;
  const required = typeof kind === 'string' ? REQUIRED.get(kind) : undefined;
  const isWhole = required?.every((register) => registers[register] !== undefined) ?? false;
  return isWhole ? (kind as EntityKind) : undefined;
}

/** Index of the first item of a sorted list that ends after `time`; the list's length if none does. */
export function firstIndexEndingAfter(items: readonly Item[], time: Flicks): number {
  return lowerBound(items, (item) => itemEnd(item) > time);
}

/** Tracks of one kind, lowest first. */
export function tracksOfKind(
  project: ProjectReader,
  timelineId: ObjectId,
  kind: TrackKind,
): Track[] {
  return project.tracksOf(timelineId).filter((track) => track.trackKind === kind);
}

function firstIndexFrom(items: readonly Item[], item: Item): number {
  return lowerBound(
    items,
    (other) =>
      itemStart(other) > itemStart(item) ||
      (itemStart(other) === itemStart(item) && other.id >= item.id),
  );
}

function lowerBound<T>(list: readonly T[], isAtOrAfter: (value: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAtOrAfter(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function added<K>(index: Map<K, Set<string>>, key: K, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}
