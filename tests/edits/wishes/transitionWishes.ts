import { expect } from 'vitest';
import type { EditCommand } from '#core/edits/registry.ts';
import {
  type Clip,
  type ObjectId,
  type Transition,
  TRANSITION_DIRECTIONS,
  TRANSITION_KINDS,
} from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { flicks } from '#core/time/flicks.ts';
import { linkedTracks, type Moment, pick, type Wish } from '../wish.ts';

type Kind = (typeof TRANSITION_KINDS)[number];

/** Edit points: clips that touch the one before them on their track. */
function cutsOf({ items }: Moment): Clip[] {
  return items.filter((item, index): item is Clip => {
    const before = items[index - 1];
    return (
      item.kind === 'clip' &&
      before?.placement.trackId === item.placement.trackId &&
      itemEnd(before) === itemStart(item)
    );
  });
}

function anyTransition(moment: Moment): Transition | undefined {
  return pick(moment.sample.project.all('transition'), moment.chances.which);
}

function anyLook({ chances }: Moment): { transitionKind: Kind; direction?: 'left' } {
  const transitionKind = pick(TRANSITION_KINDS, chances.other) ?? 'dissolve';
  const isMoving = !['dissolve', 'dip'].includes(transitionKind);
  const direction = pick(TRANSITION_DIRECTIONS, chances.amount) ?? 'left';
  return isMoving && chances.flag
    ? ({ transitionKind, direction } as ReturnType<typeof anyLook>)
    : { transitionKind };
}

const idOf = (object: { id: ObjectId } | undefined) => object?.id ?? 'nothing';

/** Nothing moves, and sound cross-fades: true of every command on transitions. */
function expectClipsAsBefore({
  moment,
  before,
  now,
}: Parameters<NonNullable<Wish['expectDefinition']>>[0]): void {
  const { project } = moment.sample;
  for (const [id, item] of before) expect(now(id)).toEqual(item);
  for (const transition of project.all('transition')) {
    const incoming = project.find('clip', transition.cut.incomingId);
    const track = incoming && project.find('track', incoming.placement.trackId);
    if (track?.trackKind !== 'audio') continue;
    expect([transition.transitionKind, transition.direction]).toEqual(['dissolve', undefined]);
  }
}

/** Transitions and the ids of those at linked clips. */
function withLinked(moment: Moment, transition: Transition | undefined): ObjectId[] {
  const { project } = moment.sample;
  const incoming = transition && project.item(transition.cut.incomingId);
  if (transition === undefined || incoming === undefined) return [];
  return project
    .linkedWith(incoming)
    .flatMap((clip) => project.transitionsOf(clip.id).map((other) => other.id));
}

function someTransitions(moment: Moment): EditCommand[] {
  return cutsOf(moment)
    .slice(0, 3)
    .map((clip) => ({
      type: 'transition.add',
      clipId: clip.id,
      duration: `${1 + (moment.chances.other % 9)}f`,
      ...anyLook(moment),
    }));
}

export const TRANSITION_WISHES: Record<string, Wish> = {
  transitionAdd: {
    command: (moment) => ({
      type: 'transition.add',
      clipId: idOf(pick(cutsOf(moment), moment.chances.which)),
      duration: `${1 + (moment.chances.amount % 12)}f`,
      ...anyLook(moment),
    }),
    registers: ['deleted'],
    scope: (moment, command) =>
      command.type === 'transition.add' ? linkedTracks(moment, [command.clipId]) : [],
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'transition.add') return;
      expectClipsAsBefore(context);
      const made = moment.sample.project
        .all('transition')
        .find(({ cut }) => cut.incomingId === command.clipId);
      const frames = Number.parseInt(String(command.duration), 10);
      expect(made?.reach).toEqual({
        before: Math.ceil(frames / 2) * moment.frame,
        after: Math.floor(frames / 2) * moment.frame,
      });
    },
  },
  transitionAddAll: {
    command: (moment) => ({
      type: 'transition.addAll',
      cuts: cutsOf(moment)
        .slice(0, 1 + (moment.chances.which % 4))
        .map((clip) => ({ clipId: clip.id, edge: 'head' as const }))
        .concat(moment.chances.which % 5 === 0 ? [{ clipId: 'nothing', edge: 'head' }] : [])
        .concat(cutsOf(moment).length === 0 ? [{ clipId: 'nothing', edge: 'head' }] : []),
      duration: `${1 + (moment.chances.amount % 40)}f`,
      fit: moment.chances.amount % 2 === 0 ? 'skip' : 'shorten',
      ...anyLook(moment),
    }),
    registers: ['deleted'],
    scope: (moment, command) =>
      command.type === 'transition.addAll'
        ? linkedTracks(
            moment,
            command.cuts.map(({ clipId }) => clipId),
          )
        : [],
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'transition.addAll') return;
      expectClipsAsBefore(context);
      const frames = Number.parseInt(String(command.duration), 10);
      for (const { cut, reach, id } of moment.sample.project.all('transition')) {
        if (!id.startsWith('it-')) continue;
        const wanted = [Math.ceil(frames / 2), Math.floor(frames / 2)] as const;
        const found = [reach.before / moment.frame, reach.after / moment.frame] as const;
        if (command.fit === 'skip') expect(found, cut.incomingId).toEqual(wanted);
        expect(found[0] <= wanted[0] && found[1] <= wanted[1]).toBe(true);
      }
    },
  },
  transitionSetReach: {
    prepare: someTransitions,
    command: (moment) => ({
      type: 'transition.setReach',
      transitionId: idOf(anyTransition(moment)),
      before: `${moment.chances.amount % 12}f`,
      ...(moment.chances.flag ? { after: `${moment.chances.other % 12}f` as const } : {}),
    }),
    registers: ['reach'],
    scope: (moment) => withLinked(moment, anyTransition(moment)),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'transition.setReach') return;
      expectClipsAsBefore(context);
      const { reach } = moment.sample.project.find('transition', command.transitionId) ?? {};
      const frames = (input: unknown) => Number.parseInt(String(input), 10) * moment.frame;
      expect(reach?.before).toBe(frames(command.before));
      if (command.after !== undefined) expect(reach?.after).toBe(frames(command.after));
    },
  },
  transitionTrim: {
    prepare: someTransitions,
    command: (moment) => {
      const transition = anyTransition(moment);
      const incoming = transition && moment.sample.project.item(transition.cut.incomingId);
      const cut = incoming ? itemStart(incoming) : 0;
      const frames = (moment.chances.amount % 14) - 2;
      const edge = moment.chances.flag ? 'head' : 'tail';
      const to = cut + frames * moment.frame * (edge === 'head' ? -1 : 1);
      return { type: 'transition.trim', transitionId: idOf(transition), edge, to: flicks(to) };
    },
    registers: ['reach'],
    scope: (moment) => withLinked(moment, anyTransition(moment)),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'transition.trim') return;
      expectClipsAsBefore(context);
      const { project } = moment.sample;
      const transition = project.find('transition', command.transitionId);
      const incoming = transition && project.item(transition.cut.incomingId);
      if (transition === undefined || incoming === undefined) throw new Error('It is gone');
      const cut = itemStart(incoming);
      const edge =
        command.edge === 'head' ? cut - transition.reach.before : cut + transition.reach.after;
      expect(edge).toBe(command.to);
    },
  },
  transitionReplace: {
    prepare: someTransitions,
    command: (moment) => ({
      type: 'transition.replace',
      transitionIds: [idOf(anyTransition(moment))],
      ...anyLook(moment),
    }),
    registers: ['transitionKind', 'direction'],
    scope: (moment) => withLinked(moment, anyTransition(moment)),
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'transition.replace') return;
      expectClipsAsBefore(context);
      const { project } = moment.sample;
      const chosen = project.find('transition', command.transitionIds[0] ?? '');
      const incoming = chosen && project.item(chosen.cut.incomingId);
      const track = incoming && project.find('track', incoming.placement.trackId);
      if (track?.trackKind !== 'video') return;
      expect([chosen?.transitionKind, chosen?.direction]).toEqual([
        command.transitionKind,
        command.direction,
      ]);
    },
  },
  transitionRemove: {
    prepare: someTransitions,
    command: (moment) => ({
      type: 'transition.remove',
      transitionId: idOf(anyTransition(moment)),
      transitionIds: moment.chances.flag
        ? moment.sample.project.all('transition').map((transition) => transition.id)
        : [],
      scope: moment.chances.amount % 2 === 0 ? 'alone' : 'linked',
    }),
    registers: ['deleted'],
    scope: (_, command) =>
      command.type === 'transition.remove'
        ? [command.transitionId, ...(command.transitionIds ?? [])]
        : [],
    expectDefinition: (context) => {
      const { command, moment } = context;
      if (command.type !== 'transition.remove') return;
      expectClipsAsBefore(context);
      for (const id of [command.transitionId, ...(command.transitionIds ?? [])]) {
        expect(moment.sample.project.find('transition', id)).toBeUndefined();
      }
    },
  },
};
