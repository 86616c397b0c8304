import { type Block, walkBlocks } from '../../book/manuscript.ts';
import type { Comment } from '../../model/entities.ts';
import type { ProjectReader } from '../../model/project.ts';
import type { Draft } from '../draft.ts';

/** Comments on a chapter, in the order of their ids. */
export function commentsOf(project: ProjectReader, chapterId: string): Comment[] {
  return project.all('comment').filter((comment) => comment.chapterId === chapterId);
}

/** Gives a new chapter the comments on the words that it took from another one. */
export function takeComments(
  draft: Draft,
  fromId: string,
  toId: string,
  parts: { before: readonly Block[]; after: readonly Block[] },
): void {
  const cut = lengthOf(parts.before.at(-1));
  const [first] = parts.after;
  const stay = new Set([...walkBlocks(parts.before)].map((block) => block.id));
  const goes = new Set([...walkBlocks(parts.after)].map((block) => block.id));
  for (const { id, anchor } of commentsOf(draft.project, fromId)) {
    const { blockId, offset } = anchor.from;
    const isBehindCut = blockId === parts.before.at(-1)?.id && cut !== null && offset >= cut;
    if (goes.has(blockId) && !stay.has(blockId)) draft.set<'comment'>(id, { chapterId: toId });
    else if (isBehindCut && first !== undefined) {
      const moved = ({ offset: at }: { offset: number }) => ({
        blockId: first.id,
        offset: Math.max(0, at - cut),
      });
      const to = anchor.to.blockId === blockId ? moved(anchor.to) : anchor.to;
      draft.set<'comment'>(id, {
        chapterId: toId,
        anchor: { ...anchor, from: moved(anchor.from), to },
      });
    }
  }
}

/** Characters of a block that can be cut; null for others. */
function lengthOf(block: Block | undefined): number | null {
  if (block?.kind !== 'paragraph' && block?.kind !== 'heading') return null;
  return block.inlines.reduce((sum, one) => sum + (one.kind === 'text' ? one.text.length : 1), 0);
}
