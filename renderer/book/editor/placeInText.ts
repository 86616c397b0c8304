import type { Node, ResolvedPos } from '@tiptap/pm/model';

/** A place in the text of a chapter: a block and the characters before it in that block, a footnote counting as one. */
export type TextPlace = { blockId: string; offset: number };

/** The place of a position: in the innermost block that has an id, or in the one at `depth`. */
export function placeInText($pos: ResolvedPos, depth?: number): TextPlace {
  const inner = depth ?? innermost($pos);
  const node = $pos.node(inner);
  const id: unknown = node.attrs['id'];
  const offset = textLength(node, $pos.pos - $pos.start(inner));
  return { blockId: typeof id === 'string' ? id : '', offset };
}

function innermost($pos: ResolvedPos): number {
  for (let depth = $pos.depth; depth > 0; depth -= 1)
    if (typeof $pos.node(depth).attrs['id'] === 'string') return depth;
  return Math.min(1, $pos.depth);
}

/** Characters of a block up to a position in it; lines of verse end with one. */
function textLength(node: Node, until: number): number {
  let length = 0;
  node.forEach((child, at) => {
    if (at >= until) return;
    if (child.isText) length += Math.min(child.nodeSize, until - at);
    else if (child.isInline) length += 1;
    else length += textLength(child, until - at - 1) + (until >= at + child.nodeSize ? 1 : 0);
  });
  return length;
}

/** The position of a place in a document; null when the block is gone. */
export function positionOf(doc: Node, { blockId, offset }: TextPlace): number | null {
  let found: number | null = null;
  doc.descendants((node, pos) => {
    if (found !== null) return false;
    if (node.attrs['id'] !== blockId) return true;
    found = pos + 1 + within(node, offset);
    return false;
  });
  return found;
}

function within(node: Node, offset: number): number {
  let left = offset;
  let position = 0;
  for (const child of node.children) {
    if (child.isText) {
      if (left <= child.nodeSize) return position + left;
      left -= child.nodeSize;
    } else if (child.isInline) {
      if (left < 1) return position;
      left -= 1;
    } else {
      const length = textLength(child, child.content.size);
      if (left <= length) return position + 1 + within(child, left);
      left -= length + 1;
    }
    position += child.nodeSize;
  }
  return Math.min(position, node.content.size);
}
