import type { Command } from '@tiptap/pm/state';

/** Shortcuts of the room that act on the text that is written. */
export const textKeys: Record<string, Command> = {};
