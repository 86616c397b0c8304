import { EditorContent, useEditor } from '@tiptap/react';
import { Slice } from '@tiptap/pm/model';
import { AddMarkStep, AttrStep, RemoveMarkStep, ReplaceStep } from '@tiptap/pm/transform';
import type { Transaction } from '@tiptap/pm/state';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { type Block } from '#core/book/manuscript.ts';
import { writingDirection } from '#core/book/bookWords.ts';
import { pictureAddress } from '../pictures.ts';
import { checkWords, useSpelling } from '../spelling/spellChecker.ts';
import { showPlace, useWantedPlace } from '../writing/goToPlace.ts';
import { openSpellMenu } from '../writing/spellMenu.ts';
import { takePictures } from '../writing/takePictures.ts';
import { stepInText } from '../writing/textHistory.ts';
import { textKeys } from '../writing/textKeys.ts';
import { useWriting } from '../writing/writingState.ts';
import { commentsOf } from '#core/edits/books/chapterComments.ts';
import type { CommentAnchor } from '#core/book/commentAnchor.ts';
import { projectStore, useProject } from '../../client/project.ts';
import { blocksToDoc } from './blocksToDoc.ts';
import { CHAPTER_CONTENT, chapterSchema } from './chapterSchema.ts';
import { commentMarks, commentsChanged, movedAnchors } from './commentMarks.ts';
import { docToBlocks } from './docToBlocks.ts';
import { cleanedHtml, pastedText, withoutEmpty } from './pasted.ts';
import { FROM_PROJECT, replaceDoc } from './replaceDoc.ts';
import { receivePictures } from './receivePictures.ts';
import { misspeltAt, spelling, spellingChanged } from './spelling.ts';
import { keepLineInPlace } from './typewriter.ts';
import { writingExtension } from './writingExtension.ts';
import './chapterText.css';

/** What the page of a chapter can ask of its text. */
export type ChapterText = {
  blocks: () => Block[];
  /** Shows other blocks; what is the same stays as it is, and so does the cursor. */
  show: (blocks: readonly Block[]) => void;
  focus: (at: 'start' | 'end') => void;
  /** Where comments stand now that were stored to stand elsewhere. */
  anchors: () => { commentId: string; anchor: CommentAnchor }[];
};

type ChapterEditorProps = {
  chapterId: string;
  label: string;
  blocks: readonly Block[];
  language: string;
  readOnly: boolean;
  text: RefObject<ChapterText | null>;
  onBeforeChange: (isTyping: boolean) => void;
  onChange: () => void;
  onBlur: () => void;
};

/** The text of a chapter, to be written in. */
export function ChapterEditor(props: ChapterEditorProps) {
  const { chapterId, label, blocks, language, readOnly, text } = props;
  const live = useRef(props);
  live.current = props;
  const extensions = useMemo(
    () => [
      ...CHAPTER_CONTENT,
      writingExtension({
        language: () => live.current.language,
        isSmart: () => useWriting.getState().isSmart,
        undo: () => void stepInText('undo'),
        redo: () => void stepInText('redo'),
        pictureAddress,
        describePicture: (pos) => {
          const { editor } = useWriting.getState();
          if (editor !== null) useWriting.setState({ picture: { editor, pos } });
        },
        keys: textKeys,
        onNoteFocus: (noteView) => useWriting.setState({ noteView }),
        plugins: () => [
          commentMarks(
            () => commentsNow(chapterId),
            (commentId) => useWriting.setState({ commentId }),
          ),
          spelling({
            language: () => live.current.language,
            isOn: () => useWriting.getState().isSpelling,
            check: checkWords,
          }),
        ],
      }),
    ],
    [chapterId],
  );
  const editor = useEditor({
    extensions,
    content: blocksToDoc(chapterSchema, blocks).toJSON() as Record<string, unknown>,
    editable: !readOnly,
    injectCSS: false,
    enableInputRules: false,
    enablePasteRules: false,
    // Nobody asks what each change took away.
    enableCoreExtensions: { delete: false },
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        spellcheck: 'false',
        lang: language,
        dir: writingDirection(language),
        class: 'chapter-text',
      },
      transformPastedHTML: cleanedHtml,
      transformPasted: (slice) => withoutEmpty(slice),
      clipboardTextParser: (words, _$context, _plain, view) =>
        view.state.selection.$from.parent.type.spec.code === true
          ? new Slice(view.state.schema.text(words).content, 0, 0)
          : pastedText(words, (line) =>
              view.state.schema.node('paragraph', null, view.state.schema.text(line)),
            ),
      handlePaste: (view, event) =>
        receivePictures(view, event.clipboardData, null, (files) => void takePictures(files)),
      handleDrop: (view, event) =>
        receivePictures(
          view,
          event.dataTransfer,
          { left: event.clientX, top: event.clientY },
          (files) => {
            useWriting.setState({ editor, chapterId });
            void takePictures(files);
          },
        ),
      handleDOMEvents: {
        contextmenu: (view, event) => {
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          const word = misspeltAt(view.state, at?.pos ?? view.state.selection.head);
          if (word === null || !view.editable) return false;
          event.preventDefault();
          openSpellMenu(view, word, event.clientX, event.clientY, live.current.language);
          return true;
        },
      },
      handleScrollToSelection: (view) =>
        useWriting.getState().isTypewriter && keepLineInPlace(view),
    },
    onUpdate: ({ transaction }) => {
      if (!isFromProject(transaction)) live.current.onChange();
    },
    onFocus: ({ editor: focused }) =>
      useWriting.setState({ editor: focused, chapterId, noteView: null }),
    onBlur: () => live.current.onBlur(),
  });

  useEffect(() => {
    if (useWriting.getState().editor === null) useWriting.setState({ editor, chapterId });
    return () => {
      if (useWriting.getState().editor === editor) useWriting.setState({ editor: null });
    };
  }, [editor, chapterId]);

  useEffect(() => {
    const before = ({ transaction }: { transaction: Transaction }) => {
      if (transaction.docChanged && !isFromProject(transaction))
        live.current.onBeforeChange(isTyping(transaction));
    };
    editor.on('beforeTransaction', before);
    return () => {
      editor.off('beforeTransaction', before);
    };
  }, [editor]);

  useEffect(() => {
    editor.setEditable(!readOnly, false);
  }, [editor, readOnly]);

  useEffect(() => {
    text.current = {
      blocks: () => docToBlocks(editor.state.doc),
      show(next) {
        const doc = blocksToDoc(editor.schema, next);
        if (JSON.stringify(docToBlocks(editor.state.doc)) === JSON.stringify(docToBlocks(doc)))
          return;
        const change = replaceDoc(editor.state, doc);
        if (change !== null)
          editor.view.dispatch(editor.isFocused ? change.scrollIntoView() : change);
      },
      focus: (at) => void editor.commands.focus(at),
      anchors: () => movedAnchors(editor.state, commentsNow(chapterId)),
    };
  }, [editor, text, chapterId]);

  const comments = useProject((project) => commentsOf(project, chapterId), [chapterId]);
  useEffect(() => {
    editor.view.dispatch(commentsChanged(editor.state));
  }, [editor, comments]);

  const words = useSpelling((state) => state.version);
  const isSpelling = useWriting((state) => state.isSpelling);
  useEffect(() => {
    editor.view.dispatch(spellingChanged(editor.state));
  }, [editor, words, isSpelling, language]);

  const wanted = useWantedPlace((state) => state.place);
  useEffect(() => {
    if (wanted === null || wanted.chapterId !== chapterId) return;
    useWantedPlace.setState({ place: null });
    showPlace(editor, wanted);
  }, [editor, wanted, chapterId]);

  return <EditorContent editor={editor} className="chapter-frame grow" />;
}

function commentsNow(chapterId: string) {
  const { open } = projectStore.store.getState();
  return open === null ? [] : commentsOf(open.project, chapterId);
}

function isFromProject(transaction: Transaction): boolean {
  return transaction.getMeta(FROM_PROJECT) === true;
}

/** Letters that come or go one by one, paragraphs included, and what they become; formats, drops and pastes are steps. */
function isTyping(transaction: Transaction): boolean {
  if (typeof transaction.getMeta('uiEvent') === 'string') return false;
  return transaction.steps.every((step) => {
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep || step instanceof AttrStep)
      return false;
    if (!(step instanceof ReplaceStep) || step.slice.size > 40 || step.to - step.from > 4)
      return false;
    // A block or footnote that is put in whole is a step; the halves of one that is split are not.
    return step.slice.openStart > 0 || step.slice.content.content.every((node) => node.isText);
  });
}
