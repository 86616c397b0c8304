import { flicks, FLICKS_PER_SECOND, secondsFromFlicks } from '#core/time/flicks.ts';
import { frameAt, frameStart } from '#core/time/rate.ts';
import type { Command } from '../../app/commands.ts';
import { notify } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import {
  cutForDissolve,
  deleteCommands,
  dissolveCommand,
  longestDissolve,
  nudgeCommands,
  splitCommands,
  trimToCommands,
} from '../filmEdits.ts';
import { type FilmSession, select } from '../filmSession.ts';
import { addCaption, addTitle } from '../filmActions.ts';
import { edits, placeOf } from './place.ts';

const DISSOLVE_SECONDS = 1;

/** Cutting what is chosen, or what stands under the playhead. */
export function cutCommands(session: FilmSession): Command[] {
  const group = 'Timeline';
  const options = () => {
    const { selection, isLinked } = session.state.getState();
    return {
      timelineId: session.timelineId,
      selection,
      scope: isLinked ? ('linked' as const) : ('alone' as const),
    };
  };
  const hasSelection = () => session.state.getState().selection.size > 0;
  const split = edits(session, ({ project }) =>
    splitCommands(project, { ...options(), at: session.playhead.time }),
  );
  const remove = (gap: 'keep' | 'close') =>
    edits(session, ({ project }) => deleteCommands(project, { ...options(), gap }));
  const trim = (edge: 'head' | 'tail') =>
    edits(session, ({ project }) =>
      trimToCommands(project, { ...options(), edge, at: session.playhead.time }),
    );
  const nudge = (frames: number) =>
    edits(session, ({ project, timeline }) =>
      nudgeCommands(project, { ...options(), timeline, frames }),
    );
  return [
    { id: 'timeline.split', label: 'Split at the playhead', group, keys: ['S', 'B'], run: split },
    {
      id: 'timeline.delete',
      label: 'Delete, leaving a gap',
      group,
      keys: ['Delete', 'Backspace'],
      run: remove('keep'),
      when: hasSelection,
    },
    {
      id: 'timeline.rippleDelete',
      label: 'Delete and close the gap',
      group,
      keys: ['Shift+Delete', 'Shift+Backspace'],
      run: remove('close'),
      when: hasSelection,
    },
    {
      id: 'timeline.trimHead',
      label: 'Trim the start to the playhead',
      group,
      keys: ['Q'],
      run: trim('head'),
    },
    {
      id: 'timeline.trimTail',
      label: 'Trim the end to the playhead',
      group,
      keys: ['W'],
      run: trim('tail'),
    },
    {
      id: 'timeline.nudgeForward',
      label: 'Move by one frame',
      group,
      keys: ['Alt+ArrowRight'],
      run: nudge(1),
      when: hasSelection,
    },
    {
      id: 'timeline.nudgeBack',
      label: 'Move back by one frame',
      group,
      keys: ['Alt+ArrowLeft'],
      run: nudge(-1),
      when: hasSelection,
    },
    {
      id: 'timeline.nudgeFar',
      label: 'Move by ten frames',
      group,
      keys: ['Shift+Alt+ArrowRight'],
      run: nudge(10),
      when: hasSelection,
    },
    {
      id: 'timeline.nudgeFarBack',
      label: 'Move back by ten frames',
      group,
      keys: ['Shift+Alt+ArrowLeft'],
      run: nudge(-10),
      when: hasSelection,
    },
    {
      id: 'timeline.dissolve',
      label: 'Dissolve at the cut',
      group,
      keys: ['Mod+D'],
      run: () => addDissolve(session),
    },
    {
      id: 'timeline.title',
      label: 'Add a title at the playhead',
      group,
      keys: ['T'],
      run: () => addTitle(session, 'title'),
    },
    {
      id: 'timeline.caption',
      label: 'Add a caption at the playhead',
      group,
      keys: ['C'],
      run: () => addCaption(session),
    },
    {
      id: 'timeline.selectAll',
      label: 'Select everything',
      group,
      keys: ['Mod+A'],
      run: () => selectAll(session),
      whileTyping: false,
    },
    {
      id: 'timeline.selectNothing',
      label: 'Select nothing',
      group,
      keys: ['Escape'],
      run: () => select(session, []),
      when: hasSelection,
    },
    {
      id: 'timeline.toggleSnapping',
      label: 'Snapping on or off',
      group,
      keys: ['N'],
      run: () => session.state.setState(({ isSnapping }) => ({ isSnapping: !isSnapping })),
    },
    {
      id: 'timeline.toggleLink',
      label: 'Edit picture and sound together or separately',
      group,
      keys: ['Shift+L'],
      run: () => session.state.setState(({ isLinked }) => ({ isLinked: !isLinked })),
    },
  ];
}

function selectAll(session: FilmSession): void {
  const place = placeOf(session);
  if (place === null) return;
  const tracks = place.project.tracksOf(place.timeline.id);
  select(
    session,
    tracks.flatMap((track) => place.project.itemsOn(track.id).map((item) => item.id)),
  );
}

/** A dissolve of one second at the cut; where media is missing it offers the longest that fits. */
function addDissolve(session: FilmSession): void {
  const place = placeOf(session);
  if (place === null) return;
  const { project, timeline } = place;
  const { frameRate } = timeline.format;
  const cut = cutForDissolve(project, {
    timelineId: timeline.id,
    selection: session.state.getState().selection,
    playhead: session.playhead.time,
  });
  if (cut === null) {
    notify({
      text: 'A dissolve needs two clips that touch. Select one of them, or put the playhead near their cut.',
      topic: 'dissolve',
    });
    return;
  }
  const wanted = frameStart(
    frameAt(flicks(DISSOLVE_SECONDS * FLICKS_PER_SECOND), frameRate, 'nearest'),
    frameRate,
  );
  const result = projectStore.edit([dissolveCommand(cut.clip, wanted)]);
  if (result.ok || result.error.code !== 'edit/not-enough-handle') return;
  const longest = longestDissolve(result.error.details, timeline);
  const { topic, tone } = { topic: result.error.code, tone: 'error' } as const;
  if (longest === null) {
    notify({
      topic,
      tone,
      text: 'These clips use their files to the very end, so there is nothing to dissolve with. Trim them first: a dissolve shows media from beyond the cut.',
    });
    return;
  }
  const length = `${Number(secondsFromFlicks(longest).toFixed(2))} s`;
  notify({
    topic,
    tone,
    text: `There is not enough spare media beyond the cut for a dissolve of one second; ${length} would fit.`,
    action: {
      label: `Dissolve for ${length}`,
      run: () => void projectStore.edit([dissolveCommand(cut.clip, longest)]),
    },
  });
}
