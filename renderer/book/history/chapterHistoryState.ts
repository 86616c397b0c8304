import { create } from 'zustand';

/** Whether the history of the chapter is shown. */
export const useChapterHistory = create<{ isOpen: boolean }>(() => ({ isOpen: false }));
