import { type Block, blocksSchema } from '#core/book/manuscript.ts';

/**
 * A copy of what is being typed, kept on this computer until the project file has it: a window that is killed loses
 * nothing.
 */
export type Draft = { title: string; blocks: Block[] };

export function keepDraft(projectId: string, chapterId: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(projectId, chapterId), JSON.stringify(draft));
  } catch {
    // Without room for a copy the text is still saved at the next pause.
    return;
  }
}

export function dropDraft(projectId: string, chapterId: string): void {
  localStorage.removeItem(keyOf(projectId, chapterId));
}

/** What was typed and not saved when the window was last closed; null when all of it was. */
export function findDraft(projectId: string, chapterId: string): Draft | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(projectId, chapterId)) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return null;
    const { title, blocks } = stored as Record<string, unknown>;
    const read = blocksSchema.safeParse(blocks);
    return typeof title === 'string' && read.success ? { title, blocks: read.data } : null;
  } catch {
    return null;
  }
}

function keyOf(projectId: string, chapterId: string): string {
  return `inkreel.draft.${projectId}.${chapterId}`;
}
