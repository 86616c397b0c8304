import { create } from 'zustand';

/** Whether the history is open, and which of its two sides is seen. */
export const useHistoryPanel = create<{ isOpen: boolean; side: 'steps' | 'versions' }>(() => ({
  isOpen: false,
  side: 'steps',
}));
