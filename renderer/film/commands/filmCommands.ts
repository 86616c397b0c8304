import type { Command } from '../../app/commands.ts';
import type { FilmSession } from '../filmSession.ts';
import { arrangeCommands } from './arrangeCommands.ts';
import { clipboardCommands } from './clipboardCommands.ts';
import { cutCommands } from './cutCommands.ts';
import { markerCommands } from './markerCommands.ts';
import { playbackCommands } from './playbackCommands.ts';
import { rangeCommands } from './rangeCommands.ts';
import { timelineCommands } from './timelineCommands.ts';
import { toolCommands } from './toolCommands.ts';
import { viewCommands } from './viewCommands.ts';

/** Everything that can be done in the film room by shortcut, for the registry of commands. */
export function filmCommands(session: FilmSession): Command[] {
  return [
    ...playbackCommands(session),
    ...toolCommands(session),
    ...cutCommands(session),
    ...arrangeCommands(session),
    ...clipboardCommands(session),
    ...timelineCommands(session),
    ...rangeCommands(session),
    ...markerCommands(session),
    ...viewCommands(session),
  ];
}
