import { create } from 'zustand';
import type { Fault } from '#core/fault.ts';

export type Notice = {
  id: number;
  tone: 'info' | 'done' | 'error';
  text: string;
  /** One thing to do about it: "Undo", "Show in folder". */
  action?: { label: string; run: () => void };
  /** Notices of one topic replace one another. */
  topic?: string;
};

type NoticeInput = Omit<Notice, 'id' | 'tone'> & { tone?: Notice['tone'] };

const LIMIT = 4;
let count = 0;

/** What the person should know now; drawn by `app/Notices`. */
export const useNotices = create<{ notices: Notice[] }>(() => ({ notices: [] }));

/** Shows a notice. */
export function notify({ tone = 'info', ...notice }: NoticeInput): void {
  count += 1;
  const added: Notice = { id: count, tone, ...notice };
  useNotices.setState(({ notices }) => ({
    notices: [
      ...notices.filter((other) => notice.topic === undefined || other.topic !== notice.topic),
      added,
    ].slice(-LIMIT),
  }));
}

/** Shows a failure in the engine's own words. */
export function notifyFault(fault: Fault): void {
  notify({ tone: 'error', text: fault.message, topic: fault.code });
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) }));
}

export function dismissTopic(topic: string): void {
  useNotices.setState(({ notices }) => ({
    notices: notices.filter((one) => one.topic !== topic),
  }));
}
