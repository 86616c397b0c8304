import { type Block, inlinesOf, walkBlocks } from '#core/book/manuscript.ts';
import { flushEdits } from '../../client/flush.ts';
import { notify } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import { plural } from '../../ui/words.ts';
import { useBookState } from '../bookState.ts';
import { blocksOf } from '../chapterBlocks.ts';
import { goToPlace } from '../writing/goToPlace.ts';
import type { Finding, RuleGroup } from './groupFindings.ts';

/** Mends one place. */
export function mendFinding(bookId: string, finding: Finding): void {
  const { id, chapterId, blockId, start } = finding;
  mendRules(bookId, [id], { chapterId, blockId, start });
}

/** Mends every place of a rule. */
export function mendGroup(bookId: string, { id }: RuleGroup): void {
  mendRules(bookId, [id]);
}

/** Mends everything that can be mended without a change of words. */
export function mendAll(bookId: string): void {
  mendRules(bookId, 'all');
}

type Place = {
  chapterId?: string | undefined;
  blockId?: string | undefined;
  start?: number | undefined;
};

function mendRules(bookId: string, rules: 'all' | string[], at?: Place): void {
  flushEdits();
  const done = projectStore.edit([{ type: 'book.mend', bookId, rules, ...(at && { at }) }]);
  if (!done.ok) return;
  const places = Number(done.value[0]?.['places'] ?? 0);
  notify({
    topic: 'book.mend',
    text:
      places === 0
        ? 'There was nothing to mend any more.'
        : `${plural(places, 'place was', 'places were')} mended.`,
    ...(places > 0 && { action: { label: 'Undo', run: () => void projectStore.undo() } }),
  });
}

/** Leaves one place as it is, without asking again. */
export function ignoreFinding(bookId: string, { place }: Finding): void {
  if (place === undefined) return;
  projectStore.edit([{ type: 'book.ignore', bookId, places: [place] }]);
}

/** Leaves a rule out of what is said about this book. */
export function ignoreRule(bookId: string, rule: string): void {
  projectStore.edit([{ type: 'book.ignore', bookId, rules: [rule] }]);
}

/** Speaks of everything again. */
export function heedAll(bookId: string): void {
  projectStore.edit([{ type: 'book.heed', bookId }]);
}

/** Shows the place that a finding names on the page. */
export function goToFinding({ chapterId, blockId, start = 0, end = start }: Finding): void {
  if (chapterId === undefined) return;
  flushEdits();
  const chapter = projectStore.store.getState().open?.project.find('chapter', chapterId);
  const block = [...walkBlocks((chapter && blocksOf(chapter)) ?? [])].find(
    ({ id }) => id === blockId,
  );
  if (block === undefined) useBookState.setState({ chapterId, view: 'write' });
  else goToPlace(chapterId, block.id, withCalls(block, start), end - start);
}

/** An offset that counts the calls of footnotes too, as places on the page do. */
function withCalls(block: Block, offset: number): number {
  let text = 0;
  let calls = 0;
  for (const line of block.kind === 'verse' ? block.lines : [inlinesOf(block)]) {
    for (const inline of line) {
      if (inline.kind === 'text') text += inline.text.length;
      else if (text <= offset) calls += 1;
      if (text > offset) return offset + calls;
    }
    text += 1;
  }
  return offset + calls;
}
