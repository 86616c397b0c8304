import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { ReadingDesk } from './readingDesk.ts';

/** How long controls stay after the pointer rests. */
const REST_MS = 2_600;

/** Whether controls are in sight: they come when the pointer moves, at a tap or with a panel, and go when it rests. */
export function useControls(desk: ReadingDesk): boolean {
  const hasControls = useStore(desk.state, (state) => state.hasControls);
  const panel = useStore(desk.state, (state) => state.panel);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      clearTimeout(timer);
      timer = setTimeout(() => desk.state.setState({ hasControls: false }), REST_MS);
    };
    const wake = () => {
      if (!desk.state.getState().hasControls) desk.state.setState({ hasControls: true });
      rest();
    };
    const onPointer = (event: Event) => {
      // A pointer that the page moves under has not moved itself.
      if (event instanceof PointerEvent && event.movementX === 0 && event.movementY === 0) return;
      wake();
    };
    rest();
    window.addEventListener('pointermove', onPointer);
    window.addEventListener('reader-pointer', wake);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', onPointer);
      window.removeEventListener('reader-pointer', wake);
    };
  }, [desk]);
  return hasControls || panel !== null;
}
