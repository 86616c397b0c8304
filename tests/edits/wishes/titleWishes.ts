import { expect } from 'vitest';
import type { Graphic, ObjectId } from '#core/model/entities.ts';
import { anyTime, type Moment, pick, type Wish } from '../wish.ts';

function titlesOf({ items }: Moment): Graphic[] {
  return items.filter((item): item is Graphic => item.kind === 'graphic');
}

function chosen(moment: Moment): { titleId: ObjectId; titleIds: ObjectId[] } {
  const { which, other, flag } = moment.chances;
  const titles = titlesOf(moment);
  return {
    titleId: pick(titles, which)?.id ?? 'nothing',
    titleIds: flag ? [pick(titles, other)?.id ?? 'nothing'] : [],
  };
}

const template = ({ chances }: Moment) => (chances.amount % 2 === 0 ? 'title' : 'lowerThird');

export const TITLE_WISHES: Record<string, Wish> = {
  titleAdd: {
    command: (moment) => ({
      type: 'title.add',
      timelineId: moment.timeline.id,
      at: anyTime(moment),
      duration: `${1 + (moment.chances.other % 50)}f`,
      template: template(moment),
      fields: { title: `T${moment.chances.which}`, name: `N${moment.chances.which}` },
    }),
    registers: [],
    scope: ({ tracks }) =>
      tracks.filter((track) => track.trackKind === 'graphics').map((track) => track.id),
    expectDefinition: ({ before, now }) => {
      for (const [id, item] of before) expect(now(id)).toEqual(item);
    },
  },
  titleSetFields: {
    command: (moment) => ({
      type: 'title.setFields',
      ...chosen(moment),
      fields: { color: '#abcdef', title: `New ${moment.chances.amount}` },
    }),
    registers: ['fields', 'name'],
    scope: (_, command) =>
      command.type === 'title.setFields' ? [command.titleId, ...(command.titleIds ?? [])] : [],
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'title.setFields') return;
      for (const id of [command.titleId, ...(command.titleIds ?? [])]) {
        const [old, title] = [before.get(id), now(id)];
        if (old?.kind !== 'graphic' || title?.kind !== 'graphic') throw new Error('It is gone');
        const words = title.template === 'title' ? { title: command.fields['title'] } : {};
        expect(title.fields).toEqual({ ...old.fields, color: '#abcdef', ...words });
      }
    },
  },
  titleSetTemplate: {
    command: (moment) => ({
      type: 'title.setTemplate',
      ...chosen(moment),
      template: template(moment),
    }),
    registers: ['fields', 'name', 'template'],
    scope: (_, command) =>
      command.type === 'title.setTemplate' ? [command.titleId, ...(command.titleIds ?? [])] : [],
    expectDefinition: ({ command, before, now }) => {
      if (command.type !== 'title.setTemplate') return;
      const says = ({ fields }: Graphic) => [
        fields['title'] ?? fields['name'],
        fields['subtitle'] ?? fields['role'],
        fields['color'],
        fields['accent'],
      ];
      for (const id of [command.titleId, ...(command.titleIds ?? [])]) {
        const [old, title] = [before.get(id), now(id)];
        if (old?.kind !== 'graphic' || title?.kind !== 'graphic') throw new Error('It is gone');
        expect(title.template).toBe(command.template);
        expect(says(title)).toEqual(says(old));
        expect([title.placement, title.duration]).toEqual([old.placement, old.duration]);
      }
    },
  },
};
