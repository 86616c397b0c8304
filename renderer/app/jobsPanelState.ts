import { create } from 'zustand';

/** Whether the list of jobs is open. */
export const useJobsPanel = create<{ isOpen: boolean }>(() => ({ isOpen: false }));
