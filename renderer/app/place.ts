import { create } from 'zustand';

/** Rooms of the interface. Film and Book need an open project. */
export type Room = 'home' | 'film' | 'book';

/** Which room is shown. */
export const usePlace = create<{ room: Room }>(() => ({ room: 'home' }));

export function goTo(room: Room): void {
  usePlace.setState({ room });
}
