import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { DeskState, ReadingDesk } from './readingDesk.ts';

export const DeskContext = createContext<ReadingDesk | null>(null);

/** The book that is open around a component. */
export function useDesk(): ReadingDesk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error('This part of the reader stands outside of a book.');
  return desk;
}

export function useDeskState<T>(select: (state: DeskState) => T): T {
  return useStore(useDesk().state, select);
}
