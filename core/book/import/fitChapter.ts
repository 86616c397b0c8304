import { refuse } from '../../fault.ts';
import type { Loss } from '../loss.ts';
import {
  type Block,
  type Chapter,
  chapterSchema,
  type Inline,
  MAX_NESTING,
} from '../manuscript.ts';
import { mapBlocks } from './mapBlocks.ts';

const MAX_INLINES = 20_000;
const MAX_RUN_CHARS = 1_000_000;

/**
 * A chapter as the manuscript can hold it: paragraphs of boundless length are cut, blocks nested too deep are lifted out,
 * empty ones go. Refuses `book/cannot-hold` for what still does not fit, which no manuscript that people wrote does.
 */
export function fitChapter(chapter: Chapter, losses: Loss[]): Chapter {
  let lifted = 0;
  const blocks = mapBlocks(chapter.blocks, (block, depth) => {
    if (depth >= MAX_NESTING && isContainer(block)) {
      lifted += 1;
      return contentOf(block);
    }
    return cutLong(block);
  });
  if (lifted > 0) {
    losses.push({
      code: 'nesting',
      where: chapter.title,
      message: `Blocks nested more than ${MAX_NESTING} deep were lifted out.`,
    });
  }
  const fitted = { ...chapter, blocks };
  const checked = chapterSchema.safeParse(fitted);
  if (checked.success) return fitted;
  const [issue] = checked.error.issues;
  return refuse(
    'book/cannot-hold',
    `The chapter “${chapter.title.slice(0, 80)}” holds something that a book cannot. Nothing was imported.`,
    { chapter: chapter.title, path: issue?.path.join('.'), reason: issue?.message },
  );
}

function isContainer(block: Block): boolean {
  return !/^(?:paragraph|heading|verse|code|scene-break|image)$/.test(block.kind);
}

function contentOf(block: Block): Block[] {
  if (block.kind === 'list') return block.items.flatMap((item) => item.blocks);
  if (block.kind === 'table') return block.rows.flat().flatMap((cell) => cell.blocks);
  return 'blocks' in block ? block.blocks : [];
}

function cutLong(block: Block): Block[] {
  if (block.kind !== 'paragraph') return [block];
  const isShort =
    block.inlines.length <= MAX_INLINES &&
    block.inlines.every((one) => one.kind === 'note' || one.text.length <= MAX_RUN_CHARS);
  if (isShort) return [block];
  const runs = block.inlines.flatMap((inline): Inline[] => {
    if (inline.kind === 'note' || inline.text.length <= MAX_RUN_CHARS) return [inline];
    return pieces(inline.text).map((text) => ({ ...inline, text }));
  });
  const made: Block[] = [];
  for (let at = 0; at < runs.length; at += MAX_INLINES) {
    const id = at === 0 ? block.id : `${block.id.slice(0, 50)}-${at}`;
    made.push({ ...block, id, inlines: runs.slice(at, at + MAX_INLINES) });
  }
  return made;
}

/** A text in pieces that end between words, where it has words. */
function pieces(text: string): string[] {
  const made: string[] = [];
  let rest = text;
  while (rest.length > MAX_RUN_CHARS) {
    const space = rest.lastIndexOf(' ', MAX_RUN_CHARS);
    const isInside = /[\uD800-\uDBFF]/.test(rest.charAt(MAX_RUN_CHARS - 2));
    const at = space > MAX_RUN_CHARS / 2 ? space : MAX_RUN_CHARS - (isInside ? 2 : 1);
    made.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? made : [...made, rest];
}
