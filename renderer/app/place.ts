import { create } from 'zustand';

/** Rooms of the interface. Film and Book need an open project. */
export type Room = 'home' | 'library' | ProjectRoom;
export type ProjectRoom = 'film' | 'book';

/** Whether a room shows the project that is open. */
export function isProjectRoom(room: Room): room is ProjectRoom {
  return room === 'film' || room === 'book';
}

/** Which room is shown. */
export const usePlace = create<{ room: Room }>(() => ({ room: 'home' }));

export function goTo(room: Room): void {
  usePlace.setState({ room });
}
