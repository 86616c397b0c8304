import type { BookLayout } from '#core/book/print/printLayout.ts';

export type Box = { left: number; bottom: number; right: number; top: number };

const POINTS_PER_INCH = 72;

/**
 * The trimmed page on its sheet, points from the sheet’s lower left corner. Bleed lies at head, foot and the outer edge:
 * on the left of left pages, on the right of right ones. The first page is a right one, or a left one where lines run
 * from right to left.
 */
export function trimBox(layout: BookLayout, page: number): Box {
  const bleed = layout.bleedIn * POINTS_PER_INCH;
  const isRight = (page % 2 === 0) === (layout.letters.direction === 'ltr');
  const left = isRight ? 0 : bleed;
  return {
    left,
    bottom: bleed,
    right: left + layout.widthIn * POINTS_PER_INCH,
    top: bleed + layout.heightIn * POINTS_PER_INCH,
  };
}

/**
 * Writes trim and bleed boxes into every page of a PDF as the typesetter makes it: objects in the clear and a plain
 * cross-reference table (ISO 32000-1, 7.5.4, 14.11.2), whose offsets move along. `page` counts from 0.
 */
export function withBoxes(pdf: Uint8Array, boxOf: (page: number) => Box): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const order = /\/Kids \[([^\]]*)\]/.exec(text)?.[1]?.match(/\d+(?= 0 R)/g) ?? [];
  const pageOfObject = new Map(order.map((object, index) => [object, index]));
  const insertions: { at: number; text: string }[] = [];
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\s*<<\s*\/Type \/Page\n/g)) {
    const page = pageOfObject.get(match[1] ?? '');
    const media = /\/MediaBox \[([^\]]+)\]/.exec(text.slice(match.index, match.index + 4_000));
    if (page === undefined || media === null) continue;
    const box = boxOf(page);
    const trim = [box.left, box.bottom, box.right, box.top].map(number).join(' ');
    insertions.push({
      at: match.index + media.index + media[0].length,
      text: `\n  /TrimBox [${trim}]\n  /BleedBox [${media[1] ?? ''}]`,
    });
  }
  return insert(
    text,
    insertions.sort((a, b) => a.at - b.at),
  );
}

function insert(text: string, insertions: readonly { at: number; text: string }[]): Uint8Array {
  const shiftAt = (offset: number) =>
    insertions.reduce((sum, one) => (one.at < offset ? sum + one.text.length : sum), 0);
  const tableAt = text.lastIndexOf('\nxref\n') + 1;
  const parts: string[] = [];
  let from = 0;
  for (const one of insertions) {
    parts.push(text.slice(from, one.at), one.text);
    from = one.at;
  }
  parts.push(text.slice(from, tableAt));
  const shifts = shiftTable(insertions);
  const tail = text
    .slice(tableAt)
    .replaceAll(/^(\d{10}) (\d{5}) n/gm, (_, offset: string, generation: string) => {
      const moved = Number(offset) + shifts(Number(offset));
      return `${String(moved).padStart(10, '0')} ${generation} n`;
    })
    .replace(
      /startxref\n(\d+)/,
      (_, offset: string) => `startxref\n${Number(offset) + shiftAt(Number(offset))}`,
    );
  return Buffer.from(`${parts.join('')}${tail}`, 'latin1');
}

/** How far an offset moves; asked for once for each object of a book, so by halves. */
function shiftTable(
  insertions: readonly { at: number; text: string }[],
): (offset: number) => number {
  const sums = [0];
  for (const one of insertions) sums.push((sums.at(-1) ?? 0) + one.text.length);
  return (offset) => {
    let low = 0;
    let high = insertions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((insertions[middle]?.at ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return sums[low] ?? 0;
  };
}

function number(value: number): string {
  return String(Number(value.toFixed(4)));
}
