/** One thing that was looked at in a finished file: whether it is as it should be, and what was found. */
export type BookCheck = { name: string; ok: boolean; value: string | number };
