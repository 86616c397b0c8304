import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { ObjectId } from '#core/model/entities.ts';
import { Player } from './preview/player.ts';
import type { Playhead } from './preview/playhead.ts';
import type { Dragged } from './timeline/mediaDrop.ts';
import type { Gesture } from './timeline/gesture.ts';
import type { TrimTool } from './timeline/toolDrag.ts';
import type { TimelineView } from './timeline/timelineView.ts';
import { keptPlace } from './timelines/keptPlaces.ts';
import type { Project } from '#core/model/project.ts';

/** What pressing and dragging on the timeline does. */
export type Tool = 'select' | 'razor' | TrimTool;

/** What is chosen and how the film room is set, apart from the project itself. */
export type FilmState = {
  /** Items and transitions, by id. */
  selection: ReadonlySet<ObjectId>;
  /** The item that arrow keys go on from. */
  focused: ObjectId | null;
  tool: Tool;
  isSnapping: boolean;
  /** Whether picture and sound that belong together are edited together. */
  isLinked: boolean;
  /** What the pointer is doing on the timeline. */
  gesture: Gesture | null;
  /** What is being dragged out of the panel on the left. */
  dragged: Dragged | null;
  /** What a screen reader is told. */
  announcement: string;
};

/** One open timeline: its playhead, view, player and choices. */
export type FilmSession = {
  projectId: string;
  timelineId: ObjectId;
  playhead: Playhead;
  view: TimelineView;
  player: Player;
  state: StoreApi<FilmState>;
};

const NOTHING: ReadonlySet<ObjectId> = new Set();

/** What goes along from one timeline to the next. */
let choices: Pick<FilmState, 'tool' | 'isSnapping' | 'isLinked'> = {
  tool: 'select',
  isSnapping: true,
  isLinked: true,
};

export function createFilmSession(options: {
  projectId: string;
  timelineId: ObjectId;
  project: () => Project;
}): FilmSession {
  const { playhead, view } = keptPlace(options.projectId, options.timelineId);
  const state = createStore<FilmState>(() => ({
    ...choices,
    selection: NOTHING,
    focused: null,
    gesture: null,
    dragged: null,
    announcement: '',
  }));
  state.subscribe(({ tool, isSnapping, isLinked }) => {
    choices = { tool, isSnapping, isLinked };
  });
  return {
    projectId: options.projectId,
    timelineId: options.timelineId,
    playhead,
    view,
    player: new Player({ ...options, playhead }),
    state,
  };
}

export const FilmContext = createContext<FilmSession | null>(null);

/** The session of the film room around a component. */
export function useFilm(): FilmSession {
  const session = useContext(FilmContext);
  if (session === null) throw new Error('This belongs inside the film room.');
  return session;
}

export function useFilmState<T>(select: (state: FilmState) => T): T {
  return useStore(useFilm().state, select);
}

/** Chooses items; the last one given is where arrow keys go on. */
export function select(session: FilmSession, ids: Iterable<ObjectId>): void {
  const selection = new Set(ids);
  session.state.setState({ selection, focused: [...selection].at(-1) ?? null });
}

/** Tells a screen reader. The same words twice in a row are told twice. */
export function announce(session: FilmSession, words: string): void {
  session.state.setState(({ announcement }) => ({
    announcement: announcement === words ? `${words}\u200b` : words,
  }));
}
