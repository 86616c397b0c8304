import { getSchema } from '@tiptap/core';
import { BLOCK_NODES } from './blockNodes.ts';
import { TEXT_MARKS } from './textMarks.ts';

/** What a chapter is made of in the editor: the manuscript's blocks and marks, one to one. */
export const CHAPTER_CONTENT = [...BLOCK_NODES, ...TEXT_MARKS];

/** The same as a schema of ProseMirror, for conversions without an editor. */
export const chapterSchema = getSchema(CHAPTER_CONTENT);
