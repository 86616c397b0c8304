import type { EditCommand } from '#core/edits/registry.ts';
import type { Timeline } from '#core/model/entities.ts';
import type { Project } from '#core/model/project.ts';
import { timelineEnd } from '#core/render/sceneAt.ts';
import { type Flicks, flicks, FLICKS_PER_SECOND, secondsFromFlicks } from '#core/time/flicks.ts';
import { frameAt, frameStart } from '#core/time/rate.ts';
import { nominalRate } from '#core/time/timecode.ts';
import type { Command } from '../app/commands.ts';
import { notify } from '../client/notices.ts';
import { projectStore } from '../client/project.ts';
import {
  cutForDissolve,
  deleteCommands,
  dissolveCommand,
  longestDissolve,
  nudgeCommands,
  splitCommands,
  trimToCommands,
} from './filmEdits.ts';
import { announce, type FilmSession, select } from './filmSession.ts';
import { addCaption, addTitle } from './filmActions.ts';
import { editPoint } from './timeline/keyboardOrder.ts';
import { xOfTime } from './timeline/timeScale.ts';
import { timecode } from './words.ts';

const DISSOLVE_SECONDS = 1;
const ZOOM_STEP = 1.5;

type Place = { project: Project; timeline: Timeline };

/** Everything that can be done in the film room by shortcut, for the registry of commands. */
export function filmCommands(session: FilmSession): Command[] {
  return [...playbackCommands(session), ...cutCommands(session), ...viewCommands(session)];
}

function playbackCommands(session: FilmSession): Command[] {
  const { player } = session;
  const step = (frames: number) => () => {
    player.step(frames);
    tellTime(session);
  };
  const seconds = (count: number) => () => {
    const place = placeOf(session);
    if (place !== null) step(count * nominalRate(place.timeline.format.frameRate))();
  };
  const toEditPoint = (direction: 'previous' | 'next') => () => {
    const place = placeOf(session);
    if (place === null) return;
    const { project, timeline } = place;
    const time = editPoint(project, timeline.id, session.playhead.time, direction);
    if (time !== undefined) goTo(session, time);
  };
  const group = 'Playback';
  return [
    {
      id: 'playback.toggle',
      label: 'Play or pause',
      group,
      keys: ['Space'],
      run: () => player.toggle(),
      when: () => !keyboardIsOnControl(),
    },
    { id: 'playback.pause', label: 'Pause', group, keys: ['K'], run: () => player.pause() },
    {
      id: 'playback.forward',
      label: 'Play, then faster',
      group,
      keys: ['L'],
      run: () => player.shuttle(1),
    },
    {
      id: 'playback.backward',
      label: 'Play backwards, then faster',
      group,
      keys: ['J'],
      run: () => player.shuttle(-1),
    },
    {
      id: 'playback.stepForward',
      label: 'One frame forwards',
      group,
      keys: ['ArrowRight', '.'],
      run: step(1),
    },
    {
      id: 'playback.stepBack',
      label: 'One frame back',
      group,
      keys: ['ArrowLeft', ','],
      run: step(-1),
    },
    {
      id: 'playback.secondForward',
      label: 'One second forwards',
      group,
      keys: ['Shift+ArrowRight'],
      run: seconds(1),
    },
    {
      id: 'playback.secondBack',
      label: 'One second back',
      group,
      keys: ['Shift+ArrowLeft'],
      run: seconds(-1),
    },
    {
      id: 'playback.nextEdit',
      label: 'Next edit point',
      group,
      keys: ['ArrowDown'],
      run: toEditPoint('next'),
    },
    {
      id: 'playback.previousEdit',
      label: 'Previous edit point',
      group,
      keys: ['ArrowUp'],
      run: toEditPoint('previous'),
    },
    {
      id: 'playback.start',
      label: 'Beginning of the film',
      group,
      keys: ['Home'],
      run: () => goTo(session, flicks(0)),
    },
    {
      id: 'playback.end',
      label: 'End of the film',
      group,
      keys: ['End'],
      run: () => goToEnd(session),
    },
    {
      id: 'playback.loop',
      label: 'Loop on or off',
      group,
      keys: ['Mod+L'],
      run: () => player.setLooping(!player.state.getState().isLooping),
    },
  ];
}

function cutCommands(session: FilmSession): Command[] {
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

function viewCommands(session: FilmSession): Command[] {
  const group = 'Timeline';
  const zoom = (factor: number) => () => {
    const place = placeOf(session);
    if (place === null) return;
    const { view, playhead } = session;
    const x = xOfTime(view.scale, playhead.time);
    view.zoom({
      flicksPerPixel: view.scale.flicksPerPixel * factor,
      x: x >= 0 && x <= view.widthPx ? x : view.widthPx / 2,
      frameRate: place.timeline.format.frameRate,
    });
  };
  const fit = () => {
    const place = placeOf(session);
    if (place === null) return;
    session.view.fit(
      timelineEnd(place.project, place.timeline.id),
      place.timeline.format.frameRate,
    );
  };
  return [
    { id: 'timeline.zoomIn', label: 'Zoom in', group, keys: ['=', '+'], run: zoom(1 / ZOOM_STEP) },
    { id: 'timeline.zoomOut', label: 'Zoom out', group, keys: ['-'], run: zoom(ZOOM_STEP) },
    { id: 'timeline.fit', label: 'Show the whole film', group, keys: ['Shift+Z'], run: fit },
  ];
}

/** An edit made of the project as it is when the key is pressed; nothing is sent when there is nothing to do. */
function edits(session: FilmSession, commandsFor: (place: Place) => EditCommand[]): () => void {
  return () => {
    const place = placeOf(session);
    if (place === null) return;
    const commands = commandsFor(place);
    if (commands.length > 0) projectStore.edit(commands);
  };
}

function placeOf(session: FilmSession): Place | null {
  const { open } = projectStore.store.getState();
  const timeline = open?.project.find('timeline', session.timelineId);
  return open && timeline ? { project: open.project, timeline } : null;
}

function goTo(session: FilmSession, time: Flicks): void {
  session.player.seek(time);
  session.view.reveal(session.playhead.time);
  tellTime(session);
}

/** The last frame: behind it there is nothing to see. */
function goToEnd(session: FilmSession): void {
  const place = placeOf(session);
  if (place === null) return;
  const { frameRate } = place.timeline.format;
  goTo(session, frameStart(Math.max(0, session.player.frames - 1), frameRate));
}

function tellTime(session: FilmSession): void {
  const place = placeOf(session);
  session.view.reveal(session.playhead.time);
  if (place !== null)
    announce(session, timecode(session.playhead.time, place.timeline.format.frameRate));
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

/** Whether the keyboard stands on a control that Space presses. Files of the library answer to Enter instead. */
function keyboardIsOnControl(): boolean {
  const control = document.activeElement;
  return (
    control?.matches(':is(button, a, [role="slider"]):focus-visible') === true &&
    !control.matches('[data-asset]')
  );
}
