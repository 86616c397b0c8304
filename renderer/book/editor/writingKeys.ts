import { baseKeymap, chainCommands, exitCode } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import type { Schema } from '@tiptap/pm/model';
import { liftListItem, sinkListItem, splitListItem } from '@tiptap/pm/schema-list';
import type { Command, Plugin } from '@tiptap/pm/state';
import { goToNextCell } from '@tiptap/pm/tables';
import {
  breakLine,
  insertNote,
  insertSceneBreak,
  leaveVerse,
  nextVerseLine,
  nodeType,
  setAlign,
  setBlockStyle,
  toggleMark,
  toggleScript,
} from './formatting.ts';

/** The shortcuts of formats, with what the list of shortcuts calls them. */
const FORMAT_KEYS: readonly { keys: string; label: string; command: Command }[] = [
  { keys: 'Mod-b', label: 'Strong', command: toggleMark('strong') },
  { keys: 'Mod-i', label: 'Emphasis', command: toggleMark('emphasis') },
  { keys: 'Mod-u', label: 'Underline', command: toggleMark('underline') },
  { keys: 'Mod-Shift-x', label: 'Strike through', command: toggleMark('strike') },
  { keys: 'Mod-Shift-k', label: 'Small capitals', command: toggleMark('smallCaps') },
  { keys: 'Mod-.', label: 'Superscript', command: toggleScript('super') },
  { keys: 'Mod-,', label: 'Subscript', command: toggleScript('sub') },
  { keys: 'Mod-Alt-c', label: 'Code', command: toggleMark('code') },
  { keys: 'Mod-Alt-0', label: 'Running text', command: setBlockStyle('paragraph') },
  { keys: 'Mod-Alt-1', label: 'Heading', command: setBlockStyle('heading1') },
  { keys: 'Mod-Alt-2', label: 'Smaller heading', command: setBlockStyle('heading2') },
  { keys: 'Mod-Alt-3', label: 'Smallest heading', command: setBlockStyle('heading3') },
  { keys: 'Mod-Shift-7', label: 'Numbered list', command: setBlockStyle('numbers') },
  { keys: 'Mod-Shift-8', label: 'List', command: setBlockStyle('bullets') },
  { keys: 'Mod-Shift-9', label: 'Quotation', command: setBlockStyle('blockquote') },
  { keys: 'Mod-Shift-e', label: 'Centre', command: setAlign('center') },
  { keys: 'Mod-Shift-l', label: 'Align as running text', command: setAlign(null) },
  { keys: 'Mod-Alt-f', label: 'Footnote', command: insertNote },
  { keys: 'Mod-Shift-Enter', label: 'Scene break', command: insertSceneBreak },
];

/** What keys do in a text, beside the plain ones that every editor has. */
export function writingKeys(schema: Schema, more: Record<string, Command> = {}): Plugin[] {
  const item = nodeType(schema, 'listItem');
  const formats = Object.fromEntries(FORMAT_KEYS.map(({ keys, command }) => [keys, command]));
  return [
    // Keys of the room come first; what they leave alone is for those of the text.
    keymap(more),
    keymap({
      ...formats,
      Enter: chainCommands(nextVerseLine, splitListItem(item)),
      'Shift-Enter': chainCommands(exitCode, nextVerseLine, breakLine),
      Backspace: leaveVerse,
      Tab: chainCommands(goToNextCell(1), sinkListItem(item)),
      'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(item)),
      'Mod-]': sinkListItem(item),
      'Mod-[': liftListItem(item),
    }),
    keymap(baseKeymap),
  ];
}
