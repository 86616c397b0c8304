import type { Result } from '#core/fault.ts';
import { projectStore } from '../client/project.ts';
import type { OpenState } from '../client/projectStore.ts';
import { refresh } from '../client/query.ts';
import { chooseToOpen } from '../client/shell.ts';
import { goTo } from './place.ts';
import { roomOf } from './roomOf.ts';

/** Kind of file that a project is, for dialogs. */
const PROJECT_FILES = [{ name: 'Inkreel projects', extensions: ['inkreel'] }];

/** Opens a project file and goes to the room where its work is. */
export async function openProjectAt(path: string): Promise<void> {
  const open = projectStore.store.getState().open;
  if (open?.path === path) goTo(roomOf(open.project));
  else enter(await projectStore.open(path));
}

/** Asks for a project file and opens it. */
export async function chooseProject(): Promise<void> {
  const [path] = await chooseToOpen({
    title: 'Open project',
    choose: 'file',
    filters: PROJECT_FILES,
  });
  if (path !== undefined) await openProjectAt(path);
}

/** Makes a project and goes to its room. */
export async function startProject(start: 'film' | 'book'): Promise<void> {
  const name = start === 'film' ? 'Untitled film' : 'Untitled book';
  const opened = await projectStore.create({ name, start });
  enter(opened);
  if (opened.ok) goTo(start);
}

export async function openSample(): Promise<void> {
  enter(await projectStore.openSample());
}

/** Closes the project and goes home. */
export async function leaveProject(): Promise<void> {
  const closed = await projectStore.close();
  if (!closed.ok) return;
  refresh('project.recent');
  goTo('home');
}

function enter(opened: Result<OpenState>): void {
  refresh('project.recent');
  goTo(opened.ok ? roomOf(opened.value.project) : 'home');
}
