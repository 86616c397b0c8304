import { projectStore } from '../client/project.ts';
import { openExport } from '../export/exportState.ts';
import { useHistoryPanel } from '../history/historyPanelState.ts';
import type { Command } from './commands.ts';
import { chooseProject, leaveProject, openSample, startProject } from './openings.ts';
import { goTo, isProjectRoom, usePlace } from './place.ts';
import { useShortcutsDialog } from './ShortcutsDialog.tsx';

const open = () => projectStore.store.getState().open;
const isOpen = () => open() !== null;

/** What can be done in every room. */
export const APP_COMMANDS: readonly Command[] = [
  {
    id: 'project.newFilm',
    label: 'New film',
    group: 'Project',
    keys: ['Mod+Alt+F'],
    run: () => void startProject('film'),
  },
  {
    id: 'project.newBook',
    label: 'New book',
    group: 'Project',
    keys: ['Mod+Alt+B'],
    run: () => void startProject('book'),
  },
  {
    id: 'project.open',
    label: 'Open project',
    group: 'Project',
    keys: ['Mod+O'],
    run: () => void chooseProject(),
  },
  {
    id: 'project.openSample',
    label: 'Open the sample project',
    group: 'Project',
    keys: [],
    run: () => void openSample(),
  },
  {
    id: 'project.close',
    label: 'Close project',
    group: 'Project',
    keys: [],
    run: () => void leaveProject(),
    when: isOpen,
  },
  {
    id: 'project.export',
    label: 'Export',
    group: 'Project',
    keys: ['Mod+E'],
    run: () => {
      const { room } = usePlace.getState();
      if (isProjectRoom(room)) openExport(room);
    },
    when: () => isOpen() && isProjectRoom(usePlace.getState().room),
  },
  {
    id: 'history.undo',
    label: 'Undo',
    group: 'Project',
    keys: ['Mod+Z'],
    run: () => void projectStore.undo(),
    when: () => typeof open()?.history.undo === 'string',
    // A text field takes back its own typing.
    whileTyping: false,
  },
  {
    id: 'history.redo',
    label: 'Redo',
    group: 'Project',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    run: () => void projectStore.redo(),
    when: () => typeof open()?.history.redo === 'string',
    whileTyping: false,
  },
  {
    id: 'history.show',
    label: 'History and versions',
    group: 'Project',
    keys: ['Mod+Alt+H'],
    run: () => useHistoryPanel.setState({ isOpen: true, side: 'steps' }),
    when: isOpen,
  },
  {
    id: 'history.saveVersion',
    label: 'Save a version',
    group: 'Project',
    keys: ['Mod+Alt+S'],
    run: () => useHistoryPanel.setState({ isOpen: true, side: 'versions' }),
    when: isOpen,
  },
  {
    id: 'room.home',
    label: 'Go home',
    group: 'General',
    keys: ['Alt+1'],
    run: () => goTo('home'),
    whileTyping: true,
  },
  {
    id: 'room.library',
    label: 'Go to the library',
    group: 'General',
    keys: ['Alt+4'],
    run: () => goTo('library'),
    whileTyping: true,
  },
  {
    id: 'room.film',
    label: 'Go to the film',
    group: 'General',
    keys: ['Alt+2'],
    run: () => goTo('film'),
    when: isOpen,
    whileTyping: true,
  },
  {
    id: 'room.book',
    label: 'Go to the book',
    group: 'General',
    keys: ['Alt+3'],
    run: () => goTo('book'),
    when: isOpen,
    whileTyping: true,
  },
  {
    id: 'app.shortcuts',
    label: 'Keyboard shortcuts',
    group: 'General',
    keys: ['?'],
    run: () => useShortcutsDialog.setState({ open: true }),
  },
];
