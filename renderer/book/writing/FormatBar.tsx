import type { Editor } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  mergeCells,
  splitCell,
} from '@tiptap/pm/tables';
import { useEditorState } from '@tiptap/react';
import {
  Asterisk,
  Bold,
  Ellipsis,
  ImagePlus,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  MessageSquarePlus,
  Superscript,
  Table,
  Underline,
} from 'lucide-react';
import { useOpenProject } from '../../client/project.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuItem } from '../../ui/menuItems.ts';
import { SelectBox } from '../../ui/SelectBox.tsx';
import {
  type BlockStyle,
  blockStyle,
  insertSceneBreak,
  insertTable,
  isMarked,
  type MarkName,
  setAlign,
  setBlockStyle,
  toggleMark,
  toggleScript,
} from '../editor/formatting.ts';
import { choosePicture } from './choosePicture.ts';
import { runInText, type TextQuestion, useWriting } from './writingState.ts';
import { addNote } from './addNote.ts';

const STYLES: readonly { value: BlockStyle; label: string }[] = [
  { value: 'paragraph', label: 'Text' },
  { value: 'heading1', label: 'Heading 1' },
  { value: 'heading2', label: 'Heading 2' },
  { value: 'heading3', label: 'Heading 3' },
  { value: 'heading4', label: 'Heading 4' },
  { value: 'heading5', label: 'Heading 5' },
  { value: 'blockquote', label: 'Quotation' },
  { value: 'verse', label: 'Verse' },
  { value: 'letter', label: 'Letter' },
  { value: 'epigraph', label: 'Epigraph' },
  { value: 'bullets', label: 'List' },
  { value: 'numbers', label: 'Numbered list' },
  { value: 'code', label: 'Code' },
];

const MARKS: readonly { name: MarkName; label: string; keys: string; icon: LucideIcon }[] = [
  { name: 'strong', label: 'Strong', keys: 'Mod+B', icon: Bold },
  { name: 'emphasis', label: 'Emphasis', keys: 'Mod+I', icon: Italic },
  { name: 'underline', label: 'Underline', keys: 'Mod+U', icon: Underline },
];

type Shown = {
  style: BlockStyle;
  marks: Partial<Record<MarkName, boolean>>;
  isTable: boolean;
  hasRange: boolean;
};
const NOTHING: Shown = { style: 'paragraph', marks: {}, isTable: false, hasRange: false };

/** Everything that can be made of the text, for the hand that is on the mouse. */
export function FormatBar() {
  const editor = useWriting((state) => state.editor);
  return editor === null ? <div className="h-9 flex-none" /> : <Bar editor={editor} />;
}

function Bar({ editor }: { editor: Editor }) {
  const { readOnly } = useOpenProject();
  const shown = useEditorState({ editor, selector: ({ editor: now }) => shownOf(now) }) ?? NOTHING;
  const run = (command: Command) => () => void runInText(command);
  return (
    <div
      role="toolbar"
      aria-label="Format"
      className="isolate flex h-9 flex-none items-center justify-center gap-0.5 px-2"
      // The text keeps the cursor while a button is pressed.
      onMouseDown={(event) => {
        if (event.target instanceof Element && event.target.closest('[aria-pressed], [data-keep]'))
          event.preventDefault();
      }}
    >
      <div className="w-34 flex-none pr-1">
        <SelectBox
          aria-label="Style of the paragraph"
          value={shown.style}
          options={STYLES}
          disabled={readOnly}
          onChange={(style) => runInText(setBlockStyle(style))}
        />
      </div>
      {MARKS.map(({ name, label, keys, icon }) => (
        <IconButton
          key={name}
          icon={icon}
          label={label}
          keys={keys}
          size="small"
          pressed={shown.marks[name] === true}
          disabled={readOnly}
          onClick={run(toggleMark(name))}
        />
      ))}
      <Menu items={moreMarks(shown, ask)}>
        <IconButton icon={Ellipsis} label="More formats" size="small" disabled={readOnly} />
      </Menu>
      <Gap />
      <IconButton
        icon={List}
        label="List"
        keys="Mod+Shift+8"
        size="small"
        pressed={shown.style === 'bullets'}
        disabled={readOnly}
        onClick={run(setBlockStyle('bullets'))}
      />
      <IconButton
        icon={ListOrdered}
        label="Numbered list"
        keys="Mod+Shift+7"
        size="small"
        pressed={shown.style === 'numbers'}
        disabled={readOnly}
        onClick={run(setBlockStyle('numbers'))}
      />
      <Gap />
      <IconButton
        icon={Link}
        label="Link"
        keys="Mod+K"
        size="small"
        pressed={shown.marks.link === true}
        disabled={readOnly}
        onClick={() => ask('link')}
      />
      <IconButton
        data-keep
        icon={Superscript}
        label="Footnote"
        keys="Mod+Alt+F"
        size="small"
        disabled={readOnly}
        onClick={addNote}
      />
      <IconButton
        data-keep
        icon={Asterisk}
        label="Scene break"
        keys="Mod+Shift+Enter"
        size="small"
        disabled={readOnly}
        onClick={run(insertSceneBreak)}
      />
      <Menu items={tableItems(shown.isTable, run)}>
        <IconButton icon={Table} label="Table" size="small" disabled={readOnly} />
      </Menu>
      <IconButton
        icon={ImagePlus}
        label="Picture"
        size="small"
        disabled={readOnly}
        onClick={() => void choosePicture()}
      />
      <IconButton
        data-keep
        icon={MessageSquarePlus}
        label="Comment"
        keys="Mod+Alt+M"
        size="small"
        disabled={readOnly || !shown.hasRange}
        onClick={() => ask('comment')}
      />
    </div>
  );
}

function Gap() {
  return <span aria-hidden className="mx-1 h-4 w-px flex-none bg-line" />;
}

function ask(question: TextQuestion): void {
  useWriting.setState({ question });
}

function shownOf({ state }: Editor): Shown {
  const names: MarkName[] = [
    'strong',
    'emphasis',
    'underline',
    'strike',
    'smallCaps',
    'code',
    'link',
    'language',
  ];
  return {
    style: blockStyle(state),
    marks: Object.fromEntries(names.map((name) => [name, isMarked(state, name)])),
    isTable: isInTable(state),
    hasRange: !state.selection.empty,
  };
}

function moreMarks({ marks }: Shown, onAsk: (question: TextQuestion) => void): MenuItem[] {
  const mark = (name: MarkName, label: string, keys: string): MenuItem => ({
    label,
    keys,
    checked: marks[name] === true,
    run: () => runInText(toggleMark(name)),
  });
  return [
    mark('strike', 'Strike through', 'Mod+Shift+X'),
    mark('smallCaps', 'Small capitals', 'Mod+Shift+K'),
    { label: 'Superscript', keys: 'Mod+.', run: () => runInText(toggleScript('super')) },
    { label: 'Subscript', keys: 'Mod+,', run: () => runInText(toggleScript('sub')) },
    mark('code', 'Code', 'Mod+Alt+C'),
    {
      label: 'In another language…',
      checked: marks.language === true,
      run: () => onAsk('language'),
    },
    { kind: 'line' },
    { label: 'Centre', keys: 'Mod+Shift+E', run: () => runInText(setAlign('center')) },
    { label: 'At the end of the line', run: () => runInText(setAlign('end')) },
    { label: 'As running text', keys: 'Mod+Shift+L', run: () => runInText(setAlign(null)) },
  ];
}

function tableItems(isTable: boolean, run: (command: Command) => () => void): MenuItem[] {
  if (!isTable) {
    return [
      { label: 'Two columns', run: run(insertTable(3, 2)) },
      { label: 'Three columns', run: run(insertTable(3, 3)) },
      { label: 'Four columns', run: run(insertTable(3, 4)) },
    ];
  }
  return [
    { label: 'Add row', run: run(addRowAfter) },
    { label: 'Add column', run: run(addColumnAfter) },
    { label: 'Merge cells', run: run(mergeCells) },
    { label: 'Split cell', run: run(splitCell) },
    { kind: 'line' },
    { label: 'Delete row', danger: true, run: run(deleteRow) },
    { label: 'Delete column', danger: true, run: run(deleteColumn) },
    { label: 'Delete table', danger: true, run: run(deleteTable) },
  ];
}
