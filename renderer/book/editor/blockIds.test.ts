import { EditorState, TextSelection } from '@tiptap/pm/state';
import { splitBlock } from '@tiptap/pm/commands';
import { expect, test } from 'vitest';
import type { Block } from '#core/book/manuscript.ts';
import { blockIds } from './blockIds.ts';
import { blocksToDoc } from './blocksToDoc.ts';
import { chapterSchema } from './chapterSchema.ts';
import { docToBlocks } from './docToBlocks.ts';

function editing(blocks: Block[]): EditorState {
  return EditorState.create({ doc: blocksToDoc(chapterSchema, blocks), plugins: [blockIds()] });
}

const paragraph = (id: string, text: string): Block => ({
  kind: 'paragraph',
  id,
  inlines: [{ kind: 'text', text }],
});
const idsOf = (state: EditorState) => docToBlocks(state.doc).map((block) => block.id);

function splitAt(state: EditorState, position: number): EditorState {
  let next = state.apply(state.tr.setSelection(TextSelection.create(state.doc, position)));
  splitBlock(next, (change) => {
    next = next.apply(change);
  });
  return next;
}

test('a block that is split keeps its id in front and gets another behind', () => {
  const state = splitAt(editing([paragraph('one', 'abcd'), paragraph('two', 'x')]), 3);
  const [front, behind, last] = idsOf(state);
  expect([front, last]).toEqual(['one', 'two']);
  expect(behind).toMatch(/^b[0-9a-v]{12}$/);
});

test('an empty line put in front takes the new id, not the text behind it', () => {
  const state = splitAt(editing([paragraph('one', 'abcd')]), 1);
  expect(idsOf(state)).toEqual(['one']);
});

test('the first letter of an empty chapter makes a block with an id', () => {
  const state = editing([]);
  expect(idsOf(state.apply(state.tr.insertText('a', 1)))[0]).toMatch(/^b/);
});

test('a copy gets an id of its own', () => {
  const state = editing([paragraph('one', 'abcd')]);
  const ids = idsOf(state.apply(state.tr.insert(state.doc.content.size, state.doc.child(0))));
  expect(ids[0]).toBe('one');
  expect(new Set(ids).size).toBe(2);
});
