/** One thing that was looked at in a finished file: whether it is as it should be, and what was found. */
export type BookCheck = {
  name: string;
  ok: boolean;
  value: string | number;
  /** A notice is worth a look, but no fault. */
  level?: 'failure' | 'notice';
};
