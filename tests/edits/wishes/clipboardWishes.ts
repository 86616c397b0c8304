import { expect } from 'vitest';
import type { Clipboard } from '#core/clipboard/clipboard.ts';
import { copyItems } from '#core/clipboard/copyItems.ts';
import type { Asset, Clip, Item } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { CLIP_PARAMETERS } from '#core/model/parameters.ts';
import { sourceTimeAt } from '#core/model/sourceRange.ts';
import { flicks, ZERO } from '#core/time/flicks.ts';
import { rate } from '#core/time/rate.ts';
import { apply, sampleProject } from '../sampleProject.ts';
import { anyTime, type Moment, pick, type Wish } from '../wish.ts';

const RATES = [rate(24000, 1001), rate(25), rate(30), rate(60000, 1001), rate(60)];
const PARAMETERS = Object.keys(CLIP_PARAMETERS);

/** Up to three items of the project at hand, or of one at another frame rate, each with a name of its own. */
function aClipboard(moment: Moment): Clipboard | null {
  const { which, other, amount, flag } = moment.chances;
  const source = flag ? moment.sample : foreignProject(moment);
  const items = source.project
    .tracksOf(source.timelineId)
    .flatMap((track) => [...source.project.itemsOn(track.id)]);
  const chosen = [which, other, amount].flatMap((chance) => pick(items, chance)?.id ?? []);
  if (chosen.length === 0) return null;
  const scope = other % 4 === 0 ? 'alone' : 'linked';
  const clipboard = copyItems(source.project, chosen, { scope });
  // The project grows with each paste, so that no earlier one has the names of this.
  const paste = moment.sample.project.snapshot().length;
  clipboard.main.items.forEach((item, index) => {
    const name = `pasted ${paste}.${index}`;
    if (item.kind !== 'cue') item.name = name;
    else if (item.words === undefined) item.text = name;
    else {
      // Some captions come as they never could be: word times of another text.
      if (other % 5 > 0) item.words = [{ text: name, start: ZERO, end: item.duration }];
      item.text = name;
    }
  });
  return clipboard;
}

function foreignProject({ chances }: Moment) {
  const sample = sampleProject(pick(RATES, chances.which) ?? rate(25));
  const { project, timelineId, assets } = sample;
  const source = { timelineId, assetId: assets.film, in: '30f' };
  apply(project, 'foreign', [
    {
      type: 'clip.append',
      ...source,
      out: `${31 + (chances.amount % 40)}f`,
      clipIds: ['f1', 's1'],
    },
    { type: 'clip.append', ...source, out: `${40 + (chances.other % 40)}f`, clipIds: ['f2', 's2'] },
    { type: 'clip.append', timelineId, assetId: assets.short, clipIds: ['f3', 's3'] },
    { type: 'keyframe.set', clipId: 'f1', parameter: 'opacity', at: '1f', value: 0.25 },
    { type: 'effect.add', clipIds: ['f1', 'f2'], effect: 'blur' },
    { type: 'clip.setFades', clipIds: ['f1'], in: '7f', out: '9f' },
    { type: 'title.add', timelineId, at: '5f', duration: '13f' },
  ]);
  return sample;
}

const libraryBefore = new WeakMap<Moment, readonly Asset[]>();

/** Whether a copied clip shows its media to the last frame, or beyond what the file of that name has here. */
function usesLastOfMedia({ sample, frame }: Moment, copied: Item): boolean {
  if (copied.kind !== 'clip' || copied.assetId === undefined) return false;
  const { facts } = sample.project.find('asset', copied.assetId) ?? {};
  return facts === undefined || copied.sourceRange.out > facts.duration - frame;
}

const named = (items: readonly Item[], name: string) =>
  items.find((item) => (item.kind === 'cue' ? item.text : item.name) === name);

export const CLIPBOARD_WISHES: Record<string, Wish> = {
  paste: {
    command: (moment) => ({
      type: 'clip.paste',
      timelineId: moment.timeline.id,
      at: anyTime(moment),
      clipboard: aClipboard(moment),
      mode: moment.chances.amount % 2 === 0 ? 'insert' : 'overwrite',
    }),
    // What stands there is replaced, cut, or makes room.
    registers: [
      'placement',
      'sourceRange',
      'duration',
      'motion',
      'words',
      'deleted',
      'linkId',
      'fades',
      'ownerId',
      'span',
      'effects',
      ...PARAMETERS,
    ],
    // Markers follow the half of a cut clip that shows them, and those of the timeline what follows.
    scope: (moment) => {
      libraryBefore.set(moment, moment.sample.project.all('asset'));
      return [moment.timeline, ...moment.tracks, ...moment.items].map(({ id }) => id);
    },
    expectDefinition: ({ moment, command, before }) => {
      if (command.type !== 'clip.paste') return;
      const { main } = command.clipboard as Clipboard;
      const { project, timelineId } = moment.sample;
      const tracks = project.tracksOf(timelineId);
      const all = tracks.flatMap((track) => [...project.itemsOn(track.id)]);
      const nearest = (time: number) =>
        Math.floor((2 * time + moment.frame) / (2 * moment.frame)) * moment.frame;
      const at = nearest(Number(command.at));
      const isSameRate = main.format.frameRate.num === moment.timeline.format.frameRate.num;
      const pairs = main.items.flatMap((copied) => {
        const item = named(all, copied.kind === 'cue' ? copied.text : copied.name);
        const start = nearest(at + itemStart(copied));
        const end = nearest(at + itemEnd(copied));
        if (end === start) expect(item).toBeUndefined();
        if (end === start || item === undefined) return [];
        expect(itemStart(item)).toBe(start);
        expect(itemEnd(item)).toBeLessThanOrEqual(end);
        // Only where its media ends an item may be shorter than asked for.
        if (!usesLastOfMedia(moment, copied)) expect(itemEnd(item)).toBe(end);
        return [{ copied, item }];
      });
      expect(pairs.length).toBeGreaterThan(0);
      if (isSameRate) expect(pairs.length).toBe(main.items.length);
      for (const { copied, item } of pairs) {
        expect(before.has(item.id)).toBe(false);
        const kindOf = (trackId: string) =>
          [...tracks, ...main.tracks].find(({ id }) => id === trackId)?.trackKind;
        expect(kindOf(item.placement.trackId)).toBe(kindOf(copied.placement.trackId));
        if (isSameRate) expect(itemDuration(item)).toBe(itemDuration(copied));
        if (copied.kind !== 'clip' || item.kind !== 'clip') continue;
        expect(sourceTimeAt(item.sourceRange, flicks(0))).toBe(
          sourceTimeAt(copied.sourceRange, flicks(0)),
        );
        expect(item.effects).toEqual(copied.effects);
        for (const name of PARAMETERS) {
          expect(item[name as 'opacity']).toEqual(copied[name as 'opacity']);
        }
        const { in: fadeIn, out: fadeOut } = copied.fades ?? { in: 0, out: 0 };
        const fits = fadeIn + fadeOut <= itemDuration(copied);
        if (isSameRate && fits) expect(item.fades).toEqual(copied.fades);
        for (const other of pairs) {
          if (other.copied.kind !== 'clip' || other.item.kind !== 'clip') continue;
          if (other.copied.id === copied.id) continue;
          const wereLinked = copied.linkId !== undefined && copied.linkId === other.copied.linkId;
          expect(item.linkId !== undefined && item.linkId === other.item.linkId).toBe(wereLinked);
        }
        expect(linkedBefore(item, before)).toEqual([]);
      }
      // A file that the library has already is not added again.
      const library = libraryBefore.get(moment) ?? [];
      const known = new Set(library.map(({ identity }) => identity.hash));
      const added = project.all('asset').filter(({ id }) => library.every((old) => old.id !== id));
      expect(added.filter(({ identity }) => known.has(identity.hash))).toEqual([]);
    },
  },
  pasteAttributes: {
    command: (moment) => ({
      type: 'clip.pasteAttributes',
      clipIds: [pick(moment.items, moment.chances.other)?.id ?? 'nothing'],
      clipboard: aClipboard(moment),
      which: pick(
        [['parameters'], ['effects', 'blend'], ['fades'], ['speed'], ['parameters', 'fades']],
        moment.chances.amount,
      ) as ['parameters'],
    }),
    registers: ['effects', 'fades', 'blend', 'sourceRange', ...PARAMETERS],
    scope: (moment) => {
      const item = pick(moment.items, moment.chances.other);
      if (item === undefined) return [];
      return moment.sample.project.linkedWith(item).map((each) => each.placement.trackId);
    },
    expectDefinition: ({ moment, command, before, now }) => {
      if (command.type !== 'clip.pasteAttributes') return;
      const { main } = command.clipboard as Clipboard;
      const item = now(command.clipIds[0] ?? '');
      if (item?.kind !== 'clip') return;
      const isSound = (trackId: string) =>
        [...moment.tracks, ...main.tracks].find(({ id }) => id === trackId)?.trackKind === 'audio';
      const source = main.items.find(
        (copied): copied is Clip & typeof copied =>
          copied.kind === 'clip' &&
          isSound(copied.placement.trackId) === isSound(item.placement.trackId),
      );
      for (const old of before.values()) {
        // Nothing moves, nothing becomes longer or shorter.
        const still = now(old.id);
        expect(still?.placement).toEqual(old.placement);
        expect(still && itemDuration(still)).toBe(itemDuration(old));
      }
      if (source === undefined) return;
      if (command.which.includes('parameters')) {
        const half = isSound(item.placement.trackId) ? 'sound' : 'picture';
        for (const [name, { of }] of Object.entries(CLIP_PARAMETERS)) {
          if (of === half) expect(item[name as 'opacity']).toEqual(source[name as 'opacity']);
        }
      }
      if (command.which.includes('blend')) expect(item.blend).toBe(source.blend);
      if (command.which.includes('effects')) {
        const count = source.effects?.length ?? 0;
        const bare = (clip: { effects?: Clip['effects'] }) =>
          (clip.effects ?? []).slice(-count).map(({ id: _id, ...effect }) => effect);
        if (count > 0) expect(bare(item)).toEqual(bare(source));
      }
    },
  },
};

/** Items that were there before and have the link of a pasted one. */
function linkedBefore(item: Clip, before: ReadonlyMap<string, Item>): string[] {
  return [...before.values()].flatMap((old) =>
    old.kind === 'clip' && old.linkId !== undefined && old.linkId === item.linkId ? [old.id] : [],
  );
}
