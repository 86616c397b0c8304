import fc from 'fast-check';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Item } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { flicks } from '#core/time/flicks.ts';
import { frameDuration, type Rate, rate } from '#core/time/rate.ts';
import type { SampleProject } from './sampleProject.ts';

export const EDIT_RATES: readonly Rate[] = [
  rate(24000, 1001),
  rate(24),
  rate(25),
  rate(30000, 1001),
  rate(30),
  rate(60000, 1001),
  rate(60),
];

const KINDS = [
  'append',
  'append',
  'insert',
  'overwrite',
  'split',
  'split',
  'trim',
  'trim',
  'move',
  'delete',
  'dissolve',
  'dissolve',
  'undissolve',
  'title',
  'caption',
  'gain',
  'rename',
  'lock',
  'track',
  'nonsense',
] as const;

/** A wish for an edit; which command it is depends on the project at that moment. */
export type Intent = {
  kind: (typeof KINDS)[number];
  which: number;
  other: number;
  amount: number;
  flag: boolean;
};

const parameters = {
  which: fc.nat(1000),
  other: fc.nat(1000),
  amount: fc.nat(1000),
  flag: fc.boolean(),
};
const intent = fc.record<Intent>({ kind: fc.constantFrom(...KINDS), ...parameters });
/** Clips with spare media at both ends, so that there is something to edit and to dissolve. */
const opening = fc.record<Intent>({
  ...parameters,
  kind: fc.constant('append'),
  which: fc.constant(0),
  flag: fc.constant(true),
});

/** Three clips to start with, then up to `maxLength` wishes of all kinds. */
export function intents(maxLength: number) {
  const wishes = fc.array(intent, { minLength: 1, maxLength, size: 'max' });
  return fc
    .tuple(fc.array(opening, { minLength: 0, maxLength: 3, size: 'max' }), wishes)
    .map((parts) => parts.flat());
}

/** The command that an intent means now. Mostly it fits; some are meant to be refused. */
export function commandFor(sample: SampleProject, intent: Intent): EditCommand {
  const { timelineId } = sample;
  const timeline = sample.project.find('timeline', timelineId);
  const frame = frameDuration(timeline?.format.frameRate ?? rate(25));
  const items = itemsOf(sample);
  const item = items[intent.which % Math.max(1, items.length)];
  const assets = Object.values(sample.assets);
  const assetId = assets[intent.which % assets.length] ?? '';
  const end = items.reduce((latest, each) => Math.max(latest, itemEnd(each)), 0);
  // Not always on a frame: commands move times to the nearest one.
  const at = flicks(Math.floor((end * intent.amount) / 1000));
  const first = flicks((intent.other % 40) * frame + (intent.flag ? 1_234_567 : 0));
  const source = {
    timelineId,
    assetId,
    in: first,
    out: flicks(first + ((intent.amount % 50) + 1) * frame),
  };
  const id = item?.id ?? 'nothing';
  const scope = intent.other % 3 === 0 ? 'alone' : 'linked';
  switch (intent.kind) {
    case 'append':
      return intent.flag
        ? { type: 'clip.append', ...source }
        : { type: 'clip.append', timelineId, assetId };
    case 'insert':
      return { type: 'clip.insert', ...source, at };
    case 'overwrite':
      return { type: 'clip.overwrite', ...source, at };
    case 'split':
      return { type: 'clip.split', clipId: id, at: within(item, intent.amount), scope };
    case 'trim':
      return {
        type: 'clip.trim',
        clipId: id,
        edge: intent.flag ? 'head' : 'tail',
        to: flicks(Math.max(0, within(item, intent.amount) + ((intent.other % 21) - 10) * frame)),
        scope,
      };
    case 'move': {
      const tracks = sample.project.tracksOf(timelineId);
      const track = tracks[intent.other % Math.max(1, tracks.length)];
      return {
        type: 'clip.move',
        clipId: id,
        to: at,
        mode: intent.flag ? 'overwrite' : 'insert',
        scope,
        ...(intent.other % 2 === 0 && track !== undefined ? { trackId: track.id } : {}),
      };
    }
    case 'delete':
      return { type: 'clip.delete', clipIds: [id], gap: intent.flag ? 'keep' : 'close', scope };
    case 'dissolve': {
      const cuts = items.filter((each, index) => {
        const before = items[index - 1];
        return before?.kind === 'clip' && itemEnd(before) === itemStart(each);
      });
      return {
        type: 'transition.add',
        clipId: cuts[intent.which % Math.max(1, cuts.length)]?.id ?? id,
        edge: intent.amount % 10 === 0 ? 'tail' : 'head',
        duration: `${(intent.amount % 30) + 1}f`,
        ...(intent.other % 2 === 0 ? { before: `${intent.other % 15}f` } : {}),
        scope,
      };
    }
    case 'undissolve': {
      const all = sample.project.all('transition');
      const transition = all[intent.which % Math.max(1, all.length)];
      return { type: 'transition.remove', transitionId: transition?.id ?? 'nothing' };
    }
    case 'title':
      return {
        type: 'title.add',
        timelineId,
        at,
        duration: `${(intent.other % 60) + 1}f`,
        fields: { title: `Title ${intent.amount}` },
      };
    case 'caption':
      return {
        type: 'caption.add',
        timelineId,
        at,
        duration: `${(intent.other % 60) + 1}f`,
        text: `Caption ${intent.amount}`,
      };
    case 'gain':
      return { type: 'clip.setGain', clipId: id, gainDb: (intent.amount % 40) - 20 };
    case 'rename':
      return { type: 'clip.rename', clipId: id, name: `Name ${intent.amount}` };
    case 'lock': {
      const tracks = sample.project.tracksOf(timelineId);
      const track = tracks[intent.which % Math.max(1, tracks.length)];
      // Mostly unlocked, so that there is something left to edit.
      return {
        type: 'track.set',
        trackId: track?.id ?? 'nothing',
        locked: intent.amount % 4 === 0,
      };
    }
    case 'track':
      return { type: 'track.add', timelineId, trackKind: intent.flag ? 'video' : 'audio' };
    case 'nonsense':
      return {
        type: 'clip.insert',
        ...source,
        at: intent.flag ? Number.MAX_SAFE_INTEGER : -1 - intent.amount,
      };
  }
}

export function itemsOf(sample: SampleProject): Item[] {
  return sample.project
    .tracksOf(sample.timelineId)
    .flatMap((track) => [...sample.project.itemsOn(track.id)]);
}

function within(item: Item | undefined, thousandths: number): number {
  if (item === undefined) return 0;
  return itemStart(item) + Math.floor((itemDuration(item) * thousandths) / 1000);
}
