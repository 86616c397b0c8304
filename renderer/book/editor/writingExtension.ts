import { Extension } from '@tiptap/core';
import { dropCursor } from '@tiptap/pm/dropcursor';
import { gapCursor } from '@tiptap/pm/gapcursor';
import { undoInputRule } from '@tiptap/pm/inputrules';
import { type Command, NodeSelection, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { tableEditing } from '@tiptap/pm/tables';
import { blockIds } from './blockIds.ts';
import { noteViews, openNote } from './NoteView.ts';
import { insertNote } from './formatting.ts';
import { pictureViews } from './pictureViews.ts';
import { typingRules } from './typingRules.ts';
import { writingKeys } from './writingKeys.ts';

/** What the editor of a chapter asks of the room around it. */
export type WritingContext = {
  language: () => string;
  isSmart: () => boolean;
  undo: () => void;
  redo: () => void;
  pictureAddress: (source: string) => string | null;
  describePicture: (pos: number) => void;
  /** Shortcuts of the room that act on the text. */
  keys: Record<string, Command>;
  /** Told of the editor of a footnote that is written in. */
  onNoteFocus: (view: EditorView) => void;
  /** What else watches the text. */
  plugins: () => Plugin[];
};

/** Everything that happens while a chapter is written, beside its content. */
export function writingExtension(context: WritingContext) {
  const history: Record<string, Command> = {
    // What a sign was made of right now is given back alone; anything else is a step of the project's history.
    'Mod-z': (state, dispatch) => undoInputRule(state, dispatch) || done(context.undo),
    'Mod-Shift-z': () => done(context.redo),
    'Mod-y': () => done(context.redo),
  };
  return Extension.create({
    name: 'writing',
    priority: 500,
    addProseMirrorPlugins() {
      const { schema } = this.editor;
      const rules = () => typingRules(schema, context.language, context.isSmart);
      const openAt = (pos: number) => openNote(this.editor.view, pos);
      const note: Record<string, Command> = {
        Enter: ({ selection }) =>
          selection instanceof NodeSelection &&
          selection.node.type.name === 'note' &&
          openAt(selection.from),
        'Mod-Alt-f': (state, dispatch) => {
          const at = state.selection.to;
          return insertNote(state, dispatch) && (dispatch === undefined || openAt(at));
        },
      };
      return [
        rules(),
        ...writingKeys(schema, { ...context.keys, ...history, ...note }),
        blockIds(),
        tableEditing(),
        dropCursor({ color: 'var(--accent)', width: 2 }),
        gapCursor(),
        ...context.plugins(),
        new Plugin({
          props: {
            // The first line of an empty chapter says what the page is for.
            decorations({ doc }) {
              const first = doc.firstChild;
              const isEmpty =
                doc.childCount === 1 &&
                first?.type.name === 'paragraph' &&
                first.content.size === 0;
              if (!isEmpty) return null;
              const line = Decoration.node(0, first.nodeSize, { class: 'is-only-line' });
              return DecorationSet.create(doc, [line]);
            },
            nodeViews: {
              note: noteViews(
                (close) => [rules(), ...writingKeys(schema, { ...history, Escape: () => close() })],
                context.onNoteFocus,
              ),
              picture: pictureViews({
                address: context.pictureAddress,
                describe: context.describePicture,
              }),
            },
          },
        }),
      ];
    },
  });
}

function done(run: () => void): true {
  run();
  return true;
}
