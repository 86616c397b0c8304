import { type Flicks, flicks } from '#core/time/flicks.ts';
import { frameStart } from '#core/time/rate.ts';
import { nominalRate } from '#core/time/timecode.ts';
import type { Command } from '../../app/commands.ts';
import { announce, type FilmSession } from '../filmSession.ts';
import { editPoint } from '../timeline/keyboardOrder.ts';
import { timecode } from '../words.ts';
import { placeOf } from './place.ts';

/** Playing, and going through the film. */
export function playbackCommands(session: FilmSession): Command[] {
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

/** Brings the playhead to a time, into view, and says so. */
export function goTo(session: FilmSession, time: Flicks): void {
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

/** Whether the keyboard stands on a control that Space presses. Files of the library answer to Enter instead. */
function keyboardIsOnControl(): boolean {
  const control = document.activeElement;
  return (
    control?.matches(':is(button, a, [role="slider"]):focus-visible') === true &&
    !control.matches('[data-asset]')
  );
}
