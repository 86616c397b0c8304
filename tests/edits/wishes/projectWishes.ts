import { expect } from 'vitest';
import { PROJECT_OBJECT_ID } from '#core/edits/timelines/projectRename.ts';
import type { Asset } from '#core/model/entities.ts';
import { FLICKS_PER_SECOND, flicks } from '#core/time/flicks.ts';
import { type Moment, pick, type Wish } from '../wish.ts';

function anyAsset({ sample, chances }: Moment): Asset | undefined {
  return pick(sample.project.all('asset'), chances.which);
}

const assetId = (moment: Moment) => anyAsset(moment)?.id ?? 'nothing';
const stored = ({ sample }: Moment) =>
  new Set(sample.project.all('clip').map((clip) => clip.assetId));

export const PROJECT_WISHES: Record<string, Wish> = {
  projectRename: {
    prepare: ({ chances }) => (chances.flag ? [{ type: 'project.rename', name: 'Before' }] : []),
    command: ({ chances }) => ({ type: 'project.rename', name: `Film ${chances.amount}` }),
    registers: ['name'],
    scope: () => [PROJECT_OBJECT_ID],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'project.rename') return;
      const named = moment.sample.project.find('project', PROJECT_OBJECT_ID);
      expect(named?.name).toBe(command.name);
    },
  },
  timelineCreate: {
    command: ({ timeline, chances }) => ({
      type: 'timeline.create',
      name: `Cut ${chances.amount}`,
      format: { ...timeline.format, width: 2 * (chances.other + 1) },
      tracks: chances.flag ? 'none' : 'picture-and-sound',
    }),
    registers: [],
    scope: () => [],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'timeline.create') return;
      const { project } = moment.sample;
      const made = project.all('timeline').find(({ name }) => name === command.name);
      expect(made?.format).toEqual(command.format);
      const kinds = project.tracksOf(made?.id ?? '').map(({ trackKind }) => trackKind);
      expect(kinds.sort()).toEqual(command.tracks === 'none' ? [] : ['audio', 'video']);
    },
  },
  assetAdd: {
    command: (moment) => {
      const like = anyAsset(moment);
      if (like === undefined) throw new Error('The sample has lost its media');
      return {
        type: 'asset.add',
        name: `media ${moment.chances.amount}`,
        location: { absolute: `/media/${moment.chances.amount}` },
        identity: like.identity,
        facts: like.facts,
        ...(moment.chances.flag && { assetId: `asset-${moment.chances.other % 3}` }),
      };
    },
    registers: [],
    scope: () => [],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'asset.add') return;
      const { type: _, assetId: __, ...registers } = command;
      expect(moment.sample.project.all('asset')).toContainEqual(expect.objectContaining(registers));
    },
  },
  assetRelink: {
    command: (moment) => {
      const asset = anyAsset(moment);
      const { chances } = moment;
      const duration = flicks(Math.floor((chances.amount / 10) * FLICKS_PER_SECOND) + 1);
      return {
        type: 'asset.relink',
        assetId: asset?.id ?? 'nothing',
        location: { absolute: `/moved/${chances.amount}` },
        ...(chances.flag &&
          asset !== undefined && {
            file: { identity: asset.identity, facts: { ...asset.facts, duration } },
            longClips: chances.other % 3 === 0 ? ('refuse' as const) : ('trim' as const),
          }),
      };
    },
    registers: [
      'location',
      'contentHash',
      'identity',
      'facts',
      'span',
      'placement',
      'sourceRange',
      'fades',
      'gainDb',
      'parameters',
      'effects',
      'words',
    ],
    scope: (moment) => {
      const id = assetId(moment);
      const clips = moment.sample.project.all('clip').filter((clip) => clip.assetId === id);
      return [id, ...clips.map((clip) => clip.id)];
    },
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'asset.relink') return;
      const asset = moment.sample.project.find('asset', command.assetId);
      expect(asset?.location).toEqual(command.location);
      if (command.file !== undefined) expect(asset?.facts).toEqual(command.file.facts);
    },
  },
  assetRemove: {
    prepare: (moment) => {
      const like = anyAsset(moment);
      if (like === undefined) return [];
      const { identity, facts } = like;
      return [
        { type: 'asset.add', name: 'unused', location: { absolute: '/unused' }, identity, facts },
      ];
    },
    command: (moment) => ({ type: 'asset.remove', assetId: assetId(moment) }),
    registers: ['deleted'],
    scope: (moment) => [assetId(moment)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'asset.remove') return;
      expect(moment.sample.project.find('asset', command.assetId)).toBeUndefined();
      expect(stored(moment)).not.toContain(command.assetId);
    },
  },
};
