import type { Command } from '../command.ts';
import { bookCommands } from './book.ts';
import { captionsCommands } from './captions.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { editCommands } from './edit.ts';
import { filmCommands } from './film.ts';
import { historyCommands } from './history.ts';
import { mediaCommands } from './media.ts';
import { projectCommands } from './project.ts';
import { studio } from './studio.ts';
import { timelineCommands } from './timeline.ts';
import { projectVersions } from './versions.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  doctor,
  demo,
  studio,
  ...projectCommands,
  projectVersions,
  ...mediaCommands,
  ...timelineCommands,
  ...captionsCommands,
  ...editCommands,
  ...historyCommands,
  ...filmCommands,
  ...bookCommands,
];
