import type { EditCommand } from '#core/edits/registry.ts';
import type { Clip, Item, ObjectId } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import type { Project } from '#core/model/project.ts';
import type { Command } from '../../app/commands.ts';
import type { FilmSession } from '../filmSession.ts';
import { edits, placeOf } from './place.ts';

/** What is done with chosen items as a whole: together or apart, on or off, once more. */
export function arrangeCommands(session: FilmSession): Command[] {
  const group = 'Timeline';
  const chosen = () => [...session.state.getState().selection];
  const scope = () => (session.state.getState().isLinked ? 'linked' : 'alone');
  const items = () => chosenItems(session);
  const clips = () => chosenClips(session);
  const withItems = (make: (clipIds: ObjectId[]) => EditCommand[]) =>
    edits(session, ({ project }) => {
      const clipIds = chosen().filter((id) => project.item(id) !== undefined);
      return clipIds.length === 0 ? [] : make(clipIds);
    });
  return [
    {
      id: 'timeline.splitAll',
      label: 'Split all tracks at the playhead',
      group,
      keys: ['Shift+S'],
      run: edits(session, ({ timeline }) => [
        { type: 'clip.splitAll', timelineId: timeline.id, at: session.playhead.time },
      ]),
    },
    {
      id: 'timeline.duplicate',
      label: 'Duplicate behind the last',
      group,
      keys: ['Mod+Shift+D'],
      run: edits(session, ({ project }) => {
        const items = chosen().flatMap((id) => project.item(id) ?? []);
        if (items.length === 0) return [];
        const at = items.reduce((end, item) => Math.max(end, itemEnd(item)), 0);
        const clipIds = items.map((item) => item.id);
        return [{ type: 'clip.duplicate', clipIds, at, scope: scope() }];
      }),
      when: () => chosen().length > 0,
    },
    {
      id: 'timeline.link',
      label: 'Link picture and sound',
      group,
      keys: ['Mod+Alt+L'],
      run: withItems((clipIds) => [{ type: 'clip.link', clipIds }]),
      when: () => clips().length > 1 && !areLinked(clips()),
    },
    {
      id: 'timeline.unlink',
      label: 'Unlink picture and sound',
      group,
      keys: ['Mod+Alt+Shift+L'],
      run: withItems((clipIds) => [{ type: 'clip.unlink', clipIds }]),
      when: () => clips().some((clip) => clip.linkId !== undefined),
    },
    {
      id: 'timeline.detachAudio',
      label: 'Detach the sound',
      group,
      keys: [],
      run: withItems((clipIds) => [{ type: 'clip.detachAudio', clipIds }]),
      when: () => clips().some((clip) => clip.linkId !== undefined),
    },
    {
      id: 'timeline.group',
      label: 'Group',
      group,
      keys: ['Mod+G'],
      run: withItems((clipIds) => [{ type: 'clip.group', clipIds }]),
      when: () => items().length > 1 && items().some((item) => item.groupId === undefined),
    },
    {
      id: 'timeline.ungroup',
      label: 'Ungroup',
      group,
      keys: ['Mod+Shift+G'],
      run: withItems((clipIds) => [{ type: 'clip.ungroup', clipIds }]),
      when: () => items().some((item) => item.groupId !== undefined),
    },
    {
      id: 'timeline.nest',
      label: 'Make a nested timeline',
      group,
      keys: ['Alt+N'],
      run: withItems((clipIds) => [{ type: 'nest.make', clipIds, scope: scope() }]),
      when: () => items().length > 0,
    },
    {
      id: 'timeline.unnest',
      label: 'Put the nested clips back',
      group,
      keys: ['Alt+Shift+N'],
      run: edits(session, () => {
        const nest = clips().find((clip) => clip.nestedTimelineId !== undefined);
        return nest === undefined ? [] : [{ type: 'nest.unnest', clipId: nest.id, scope: scope() }];
      }),
      when: () => clips().some((clip) => clip.nestedTimelineId !== undefined),
    },
    {
      id: 'timeline.freeze',
      label: 'Insert a freeze frame at the playhead',
      group,
      keys: ['Shift+F'],
      run: edits(session, () => {
        const at = session.playhead.time;
        const clip = clips().find((one) => itemStart(one) <= at && at < itemEnd(one));
        if (clip === undefined) return [];
        return [{ type: 'clip.freeze', clipId: clip.id, at, mode: 'insert', scope: scope() }];
      }),
      when: () => clips().length > 0,
    },
    {
      id: 'timeline.disable',
      label: 'Switch off',
      group,
      keys: ['Shift+E'],
      run: withItems((clipIds) => [
        { type: 'clip.setEnabled', clipIds, enabled: isOff(session), scope: scope() },
      ]),
      when: () => items().length > 0,
    },
    {
      id: 'timeline.closeGap',
      label: 'Close the gap at the playhead',
      group,
      keys: ['Shift+G'],
      run: edits(session, ({ project, timeline }) => {
        const trackIds = tracksWithGap(project, timeline.id, session.playhead.time);
        if (trackIds.length === 0) return [];
        return [{ type: 'gap.close', trackIds, at: session.playhead.time }];
      }),
    },
  ];
}

/** Whether everything that is chosen is switched off already. */
export function isOff(session: FilmSession): boolean {
  const items = chosenItems(session);
  return items.length > 0 && items.every((item) => item.disabled === true);
}

function chosenItems(session: FilmSession): Item[] {
  const place = placeOf(session);
  if (place === null) return [];
  return [...session.state.getState().selection].flatMap((id) => place.project.item(id) ?? []);
}

function chosenClips(session: FilmSession): Clip[] {
  return chosenItems(session).filter((item): item is Clip => item.kind === 'clip');
}

function areLinked(clips: readonly Clip[]): boolean {
  const [first] = clips;
  return first?.linkId !== undefined && clips.every((clip) => clip.linkId === first.linkId);
}

/** Unlocked tracks of picture and sound that are empty at a time and have something behind it. */
function tracksWithGap(project: Project, timelineId: ObjectId, time: number): ObjectId[] {
  return project
    .tracksOf(timelineId)
    .filter((track) => !track.locked && ['video', 'audio'].includes(track.trackKind))
    .filter((track) => {
      const items = project.itemsOn(track.id);
      const isCovered = items.some((item) => itemStart(item) <= time && time < itemEnd(item));
      return !isCovered && items.some((item) => itemStart(item) > time);
    })
    .map((track) => track.id);
}
