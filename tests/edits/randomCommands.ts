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
  'rippleTrim',
  'roll',
  'slip',
  'slide',
  'nudge',
  'moveSeveral',
  'lift',
  'extract',
  'closeGap',
  'duplicate',
  'replace',
  'splitAll',
  'enable',
  'link',
  'unlink',
  'removeTrack',
  'reorder',
  'group',
  'mark',
  'mark',
  'unsync',
] as const;

export type IntentKind = (typeof KINDS)[number];

/** A wish for an edit; which command it is depends on the project at that moment. */
export type Intent = {
  kind: IntentKind;
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
/** A wish of one of the given kinds. */
function intentOf(...kinds: IntentKind[]) {
  return fc.record<Intent>({ kind: fc.constantFrom(...kinds), ...parameters });
}
const intent = intentOf(...KINDS);
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
  const secondId = items[intent.other % Math.max(1, items.length)]?.id ?? 'nothing';
  const tracks = sample.project.tracksOf(timelineId).map((track) => track.id);
  const trackId = tracks[intent.which % Math.max(1, tracks.length)] ?? 'nothing';
  const otherTrackId = tracks[intent.other % Math.max(1, tracks.length)] ?? 'nothing';
  const edge = intent.flag ? 'head' : 'tail';
  const distance = `${(intent.amount % 41) - 20}f` as const;
  const range = { from: at, to: flicks(at + ((intent.other % 40) + 1) * frame) };
  const mode = intent.flag ? 'overwrite' : 'insert';
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
    case 'rippleTrim':
      return { type: 'clip.rippleTrim', clipId: id, edge, by: distance, scope };
    case 'roll': {
      const cut = item === undefined ? 0 : intent.flag ? itemStart(item) : itemEnd(item);
      const to = flicks(Math.max(0, cut + ((intent.amount % 41) - 20) * frame));
      return { type: 'clip.roll', clipId: id, edge, to, scope };
    }
    case 'slip':
      return { type: 'clip.slip', clipId: id, by: distance, scope };
    case 'slide':
      return { type: 'clip.slide', clipId: id, by: distance, scope };
    case 'nudge':
      return {
        type: 'clip.nudge',
        clipIds: intent.flag ? [id] : [id, secondId],
        frames: (intent.amount % 41) - 20,
        scope,
      };
    case 'moveSeveral':
      return { type: 'clip.move', clipId: id, clipIds: [secondId], to: at, mode, scope };
    case 'lift':
    case 'extract':
      return {
        type: intent.kind === 'lift' ? 'clip.lift' : 'clip.extract',
        timelineId,
        ...range,
        ...(intent.flag ? {} : { trackIds: [trackId, otherTrackId] }),
      };
    case 'closeGap':
      return {
        type: 'gap.close',
        trackIds: intent.flag ? [trackId, otherTrackId] : [trackId],
        at: item !== undefined && intent.amount % 2 === 0 ? itemStart(item) : at,
      };
    case 'duplicate':
      return {
        type: 'clip.duplicate',
        clipIds: intent.amount % 3 === 0 ? [id] : [id, secondId],
        ...(intent.other % 2 === 0 ? { at } : {}),
        mode,
        scope,
      };
    case 'replace':
      return {
        type: 'clip.replace',
        clipId: id,
        assetId: assets[intent.other % assets.length] ?? '',
        ...(intent.flag ? { in: first } : {}),
        scope,
      };
    case 'splitAll':
      return { type: 'clip.splitAll', timelineId, at };
    case 'enable':
      return { type: 'clip.setEnabled', clipIds: [id], enabled: intent.flag, scope };
    case 'link':
      return { type: 'clip.link', clipIds: [id, secondId] };
    case 'unlink':
      return { type: 'clip.unlink', clipIds: [id] };
    case 'removeTrack':
      return { type: 'track.remove', trackId };
    case 'reorder':
      return {
        type: 'track.reorder',
        trackId,
        ...(intent.flag ? { aboveId: otherTrackId } : {}),
      };
    case 'group':
      return { type: 'clip.group', clipIds: [id, secondId] };
    case 'mark':
      return {
        type: 'marker.add',
        ownerId: intent.flag ? timelineId : id,
        at: intent.flag ? at : within(item, intent.amount),
        markerKind: intent.flag && intent.other % 2 === 0 ? 'chapter' : 'standard',
        name: `Marker ${intent.amount}`,
      };
    case 'unsync':
      return { type: 'track.set', trackId, syncLocked: !intent.flag };
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
