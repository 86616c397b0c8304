import { createContext, useContext } from 'react';

/** Whether what is around a component can only be looked at: its track is locked, or the project is open elsewhere. */
export const FixedContext = createContext(false);

export function useIsFixed(): boolean {
  return useContext(FixedContext);
}
