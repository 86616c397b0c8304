import type { Block } from '#core/book/manuscript.ts';

/**
 * Gives blocks that were read anew from Markdown the ids they had: unchanged ones at the beginning and the end stay as
 * they were, and between them the same number of blocks of the same kinds keep their ids by position.
 */
export function keepIds(before: readonly Block[], after: readonly Block[]): Block[] {
  const old = before.map(contentOf);
  const fresh = after.map(contentOf);
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) {
    tail += 1;
  }
  const changedBefore = before.slice(head, before.length - tail);
  const changedAfter = after.slice(head, after.length - tail);
  const pairs = changedBefore.length === changedAfter.length;
  const changed = changedAfter.map((block, index) => {
    const was = pairs ? changedBefore[index] : undefined;
    return was?.kind === block.kind ? { ...block, id: was.id } : block;
  });
  return [...before.slice(0, head), ...changed, ...before.slice(before.length - tail)];
}

/** A block without any ids, as text that can be compared. */
function contentOf(block: Block): string {
  return JSON.stringify(block, (key, value: unknown) => (key === 'id' ? undefined : value));
}
