import type { Node } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';

/** A new id of a block: 60 random bits. */
export function newBlockId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `b${[...bytes].map((byte) => (byte & 31).toString(32)).join('')}`;
}

/**
 * Gives every block an id of its own: new blocks a new one, and of the halves of a split block the one with its text
 * keeps the old. What was cut and pasted keeps its id; a copy gets another.
 */
export function blockIds(): Plugin {
  return new Plugin({
    appendTransaction(transactions, _before, state) {
      if (transactions.every(isPlainTyping)) return null;
      const change = state.tr;
      for (const pos of withoutOwnId(state.doc)) change.setNodeAttribute(pos, 'id', newBlockId());
      return change.docChanged ? change : null;
    },
  });
}

/** Whether a change can have made no block: letters that come or go within one that has its id. */
function isPlainTyping(transaction: Transaction): boolean {
  return transaction.steps.every((step, index) => {
    if (!(step instanceof ReplaceStep)) return false;
    const { from, to, slice } = step;
    const before = transaction.docs[index];
    if (before === undefined || slice.openStart > 0 || slice.openEnd > 0) return false;
    const isText = slice.content.content.every((node) => node.isText);
    const { parent } = before.resolve(from);
    if (!isText || parent.attrs['id'] === null) return false;
    return from === to || before.resolve(from).sameParent(before.resolve(to));
  });
}

function withoutOwnId(doc: Node): number[] {
  const seen = new Map<string, { pos: number; node: Node }>();
  const found: number[] = [];
  doc.descendants((node, pos) => {
    if (!('id' in (node.type.spec.attrs ?? {}))) return;
    const id: unknown = node.attrs['id'];
    const first = typeof id === 'string' ? seen.get(id) : undefined;
    if (typeof id !== 'string') found.push(pos);
    else if (first === undefined) seen.set(id, { pos, node });
    else if (first.node.isTextblock && first.node.childCount === 0 && node.childCount > 0) {
      found.push(first.pos);
      seen.set(id, { pos, node });
    } else found.push(pos);
  });
  return found;
}
