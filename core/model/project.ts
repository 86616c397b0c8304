import type { z } from 'zod';
import { type Flicks, maxFlicks, ZERO } from '../time/flicks.ts';
import type {
  Asset,
  Clip,
  Entity,
  EntityKind,
  Item,
  Marker,
  ObjectId,
  Track,
  TrackKind,
  Transition,
} from './entities.ts';
import type { Block } from '../book/manuscript.ts';
import { ChapterTexts, hasText } from './chapterTexts.ts';
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
  /** Items that share a group, the given one included. */
  groupedWith(item: Item): Item[];
  /** Transitions into or out of a clip. */
  transitionsOf(clipId: ObjectId): Transition[];
  /** Markers of a timeline or clip, earliest first. */
  markersOf(ownerId: ObjectId): Marker[];
  /** Clips that show a timeline. */
  nestsOf(timelineId: ObjectId): Clip[];
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
  readonly #byGroup = new Map<string, Set<string>>();
  readonly #transitions = new Map<string, Set<string>>();
  readonly #markers = new Map<string, Set<string>>();
  readonly #nests = new Map<string, Set<string>>();
  readonly #texts = new ChapterTexts();

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

  /** The writes that make the text of a chapter be these blocks; `writer` names who writes, below 2³². */
  textWrites(chapterId: ObjectId, blocks: readonly Block[], writer: number): Write[] {
    return this.#texts.change(chapterId, this.#objects.get(chapterId) ?? {}, blocks, writer);
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
    return listed(this.#byLink, item.linkId).flatMap((id) => this.item(id) ?? []);
  }

  groupedWith(item: Item): Item[] {
    if (item.groupId === undefined) return [item];
    return listed(this.#byGroup, item.groupId).flatMap((id) => this.item(id) ?? []);
  }

  transitionsOf(clipId: ObjectId): Transition[] {
    return listed(this.#transitions, clipId).flatMap((id) => this.find('transition', id) ?? []);
  }

  markersOf(ownerId: ObjectId): Marker[] {
    return listed(this.#markers, ownerId)
      .flatMap((id) => this.find('marker', id) ?? [])
      .sort((a, b) => a.span.time - b.span.time);
  }

  nestsOf(timelineId: ObjectId): Clip[] {
    return listed(this.#nests, timelineId).flatMap((id) => this.find('clip', id) ?? []);
  }

  #refresh(id: string): void {
    const before = this.#entities.get(id);
    const after = this.#built(id);
    if (before !== undefined && after !== undefined && this.#replace(before, after)) return;
    if (before !== undefined) this.#unindex(before);
    if (after === undefined) {
      this.#entities.delete(id);
      return;
    }
    this.#entities.set(id, after);
    this.#index(after);
  }

  /** The object that the registers make; undefined when it is deleted or not whole. */
  #built(id: string): Entity | undefined {
    const registers = this.#objects.get(id);
    const kind = registers && kindOf(registers);
    if (kind === undefined || registers?.['deleted'] === true) return undefined;
    // Registers were checked by the edit that wrote them; unknown ones from newer versions ride along.
    const entity: MutableEntity = { ...registers, id, kind };
    if (kind === 'chapter' && registers !== undefined) this.#addBlocks(entity, registers);
    return entity as unknown as Entity;
  }

  /** A chapter has its text as blocks: at once where the text is at hand, else when somebody asks. */
  #addBlocks(entity: MutableEntity, registers: Record<string, Json>): void {
    const { id } = entity;
    if (this.#texts.has(id)) {
      entity['blocks'] = this.#texts.blocks(id, registers);
      return;
    }
    let blocks: Block[] | null = null;
    Object.defineProperty(entity, 'blocks', {
      enumerable: true,
      get: () => {
        const isPresent = this.#objects.get(id) === registers;
        blocks ??= (isPresent ? this.#texts : new ChapterTexts()).blocks(id, registers);
        return blocks;
      },
    });
  }

  /** Puts an object in the place of its former self where every list has it in the same place; false elsewhere. */
  #replace(before: Entity, after: Entity): boolean {
    if (before.kind !== after.kind || !this.#hasSameKeys(before, after)) return false;
    if (isItem(before) && isItem(after)) {
      const { trackId } = before.placement;
      if (trackId !== after.placement.trackId || itemStart(before) !== itemStart(after))
        return false;
      const items = this.#byTrack.get(trackId) ?? [];
      const index = firstIndexFrom(items, before);
      if (items[index] !== before) return false;
      items[index] = after;
    }
    this.#entities.set(after.id, after);
    return true;
  }

  #hasSameKeys(before: Entity, after: Entity): boolean {
    const keys = this.#keysOf(after);
    const former = this.#keysOf(before);
    return (
      keys.length === former.length &&
      keys.every(([index, key], at) => index === former[at]?.[0] && key === former[at][1])
    );
  }

  #index(entity: Entity): void {
    added(this.#byKind, entity.kind, entity.id);
    if (isItem(entity)) {
      const { trackId } = entity.placement;
      const items = this.#byTrack.get(trackId) ?? [];
      this.#byTrack.set(trackId, items);
      items.splice(firstIndexFrom(items, entity), 0, entity);
    }
    for (const [index, key] of this.#keysOf(entity)) added(index, key, entity.id);
  }

  #unindex(entity: Entity): void {
    this.#byKind.get(entity.kind)?.delete(entity.id);
    if (isItem(entity)) {
      const items = this.#byTrack.get(entity.placement.trackId);
      const index = items ? items.indexOf(entity, firstIndexFrom(items, entity)) : -1;
      if (items && index >= 0) items.splice(index, 1);
    }
    for (const [index, key] of this.#keysOf(entity)) index.get(key)?.delete(entity.id);
  }

  /** Where an object is listed beside its kind and track. */
  #keysOf(entity: Entity): [index: Map<string, Set<string>>, key: string][] {
    const keys: [Map<string, Set<string>>, string | undefined][] = [];
    if (isItem(entity)) keys.push([this.#byGroup, entity.groupId]);
    if (entity.kind === 'clip') {
      keys.push([this.#byLink, entity.linkId], [this.#nests, entity.nestedTimelineId]);
    }
    if (entity.kind === 'marker') keys.push([this.#markers, entity.ownerId]);
    if (entity.kind === 'transition') {
      keys.push([this.#transitions, entity.cut.outgoingId]);
      keys.push([this.#transitions, entity.cut.incomingId]);
    }
    return keys.flatMap(([index, key]) => (key === undefined ? [] : [[index, key]]));
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
  const isWhole =
    required?.every(
      (register) =>
        registers[register] !== undefined || (register === 'blocks' && hasText(registers)),
    ) ?? false;
  return isWhole ? (kind as EntityKind) : undefined;
}

/** Index of the first item of a sorted list that ends after `time`; the list's length if none does. */
export function firstIndexEndingAfter(items: readonly Item[], time: Flicks): number {
  return lowerBound(items, (item) => itemEnd(item) > time);
}

/** The asset that a clip shows; undefined for a nested timeline. */
export function assetOf(project: ProjectReader, clip: Clip): Asset | undefined {
  return clip.assetId === undefined ? undefined : project.find('asset', clip.assetId);
}

/** Tracks of one kind, lowest first. */
export function tracksOfKind(
  project: ProjectReader,
  timelineId: ObjectId,
  kind: TrackKind,
): Track[] {
  return project.tracksOf(timelineId).filter((track) => track.trackKind === kind);
}

/** End of the last item of any track. */
export function timelineEnd(project: ProjectReader, timelineId: ObjectId): Flicks {
  return project.tracksOf(timelineId).reduce<Flicks>((end, track) => {
    const last = project.itemsOn(track.id).at(-1);
    return last ? maxFlicks(end, itemEnd(last)) : end;
  }, ZERO);
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

function listed(index: ReadonlyMap<string, ReadonlySet<string>>, key: string): string[] {
  return [...(index.get(key) ?? [])].sort();
}

function added<K>(index: Map<K, Set<string>>, key: K, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}
