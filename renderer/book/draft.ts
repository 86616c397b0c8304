import { type Block, blocksSchema } from '#core/book/manuscript.ts';

/**
 * A copy of what is being typed, kept on this computer until the project file has it: a window that is killed loses
 * nothing.
 */
export type Draft = { title: string; blocks: Block[] };

/** Keeps a draft. Of blocks that the file has (`filed`, the very same objects) only the id is kept. */
export function keepDraft(
  projectId: string,
  chapterId: string,
  { title, blocks }: Draft,
  filed: readonly Block[],
): void {
  const inFile = new Set(filed);
  const kept = blocks.map((block) => (inFile.has(block) ? block.id : block));
  try {
    localStorage.setItem(keyOf(projectId, chapterId), JSON.stringify({ title, blocks: kept }));
  } catch {
    // Without room for a copy the text is still saved at the next pause.
    return;
  }
}

export function dropDraft(projectId: string, chapterId: string): void {
  localStorage.removeItem(keyOf(projectId, chapterId));
}

/**
 * What was typed and not saved when the window was last closed; null when all of it was. `filed` are the blocks that the
 * file has now; one that is no longer among them was taken out elsewhere.
 */
export function findDraft(
  projectId: string,
  chapterId: string,
  filed: readonly Block[],
): Draft | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(projectId, chapterId)) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return null;
    const { title, blocks } = stored as Record<string, unknown>;
    if (!Array.isArray(blocks)) return null;
    const byId = new Map(filed.map((block) => [block.id, block]));
    const whole = blocks.flatMap((block: unknown) =>
      typeof block === 'string' ? (byId.get(block) ?? []) : [block],
    );
    const read = blocksSchema.safeParse(whole);
    return typeof title === 'string' && read.success ? { title, blocks: read.data } : null;
  } catch {
    return null;
  }
}

function keyOf(projectId: string, chapterId: string): string {
  return `inkreel.draft.${projectId}.${chapterId}`;
}
