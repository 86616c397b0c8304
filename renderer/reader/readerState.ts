import type { ComponentType } from 'react';
import { create } from 'zustand';
import type { CallInput } from '#core/contract/contract.ts';
import type { Fault } from '#core/fault.ts';
import { refresh } from '../client/query.ts';
import type { ReadingDesk } from './readingDesk.ts';

export type ReadingSource = CallInput<'reading.open'>;

export type ReaderNow =
  | { phase: 'closed' }
  | { phase: 'opening'; source: ReadingSource }
  | { phase: 'failed'; source: ReadingSource; fault: Fault }
  | { phase: 'open'; source: ReadingSource; desk: ReadingDesk; Page: ReadingPage };

/** What shows a book. */
type ReadingPage = ComponentType<{ desk: ReadingDesk }>;

/** The book that is being read over everything else, if any. */
export const useReader = create<{ now: ReaderNow }>(() => ({ now: { phase: 'closed' } }));

/** Goes back to the room behind the book; its place is kept. */
export async function closeReader(): Promise<void> {
  const { now } = useReader.getState();
  useReader.setState({ now: { phase: 'closed' } });
  if (now.phase !== 'open') return;
  await now.desk.close();
  refresh('reading.recent');
}
