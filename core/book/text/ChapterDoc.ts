import * as Y from 'yjs';
import type { Block } from '../manuscript.ts';
import { readBlock } from './readTree.ts';
import { blockTree } from './textTree.ts';
import { writeChildren } from './writeTree.ts';

/**
 * The text of a chapter as a document that several can write in (Yjs), with its blocks. Blocks that did not change stay
 * the same objects.
 */
export class ChapterDoc {
  readonly #doc: Y.Doc;
  readonly #root: Y.XmlFragment;
  readonly #blocks = new WeakMap<Y.XmlElement, Block>();
  #list: Block[] | null = null;

  constructor(updates: Iterable<Uint8Array> = []) {
    // The library draws ids at random where none are given; nothing is ever written under this one.
    this.#doc = new Y.Doc({ guid: 'chapter' });
    this.#doc.clientID = 0;
    this.#root = this.#doc.getXmlFragment('blocks');
    this.#root.observeDeep((events) => {
      this.#list = null;
      for (const { target } of events) {
        const top = topElement(target, this.#root);
        if (top !== null) this.#blocks.delete(top);
      }
    });
    for (const update of updates) this.apply(update);
  }

  /** Takes in an update. Throws where the bytes are none. */
  apply(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update);
  }

  blocks(): Block[] {
    this.#list ??= this.#elements().map((element) => {
      const known = this.#blocks.get(element) ?? readBlock(element);
      this.#blocks.set(element, known);
      return known;
    });
    return this.#list;
  }

  /**
   * Makes the text be these blocks; gives the update that does so elsewhere, null where they are what is there. `writer`
   * is the client of the update: a number below 2³², which no two writers share that write at the same time.
   */
  write(blocks: readonly Block[], writer: number): Uint8Array | null {
    const updates: Uint8Array[] = [];
    const take = (update: Uint8Array) => updates.push(update);
    const [from, before, after] = differing(this.blocks(), blocks);
    if (before === 0 && after === 0) return null;
    this.#doc.clientID = writer;
    this.#doc.on('update', take);
    this.#doc.transact(() =>
      writeChildren(this.#root, blocks.slice(from, from + after).map(blockTree), {
        from,
        count: before,
      }),
    );
    this.#doc.off('update', take);
    this.#doc.clientID = 0;
    const [update] = updates;
    return update ?? null;
  }

  /** Everything as one update. */
  state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc);
  }

  #elements(): Y.XmlElement[] {
    return this.#root.toArray().filter((child) => child instanceof Y.XmlElement);
  }
}

/** Where two lists of blocks begin to differ, and how many blocks of each do up to where they are the same again. */
function differing(
  old: readonly Block[],
  wanted: readonly Block[],
): [from: number, before: number, after: number] {
  const same = (a: Block | undefined, b: Block | undefined) =>
    a === b ||
    JSON.stringify(a) === JSON.stringify(b) ||
    JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
  const most = Math.min(old.length, wanted.length);
  let head = 0;
  while (head < most && same(old[head], wanted[head])) head += 1;
  let tail = 0;
  while (tail < most - head && same(old.at(-1 - tail), wanted.at(-1 - tail))) tail += 1;
  return [head, old.length - head - tail, wanted.length - head - tail];
}

/** The same value with the keys of its objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

function topElement(target: unknown, root: Y.XmlFragment): Y.XmlElement | null {
  let at = target instanceof Y.AbstractType ? target : null;
  while (at !== null && at.parent !== root) at = at.parent;
  return at instanceof Y.XmlElement ? at : null;
}
