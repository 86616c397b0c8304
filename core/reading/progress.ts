/** Characters that are read in a minute: 250 words of about six. */
const CHARACTERS_A_MINUTE = 1_500;

/** Lengths of the documents of a book and what of them counts as read. */
export type BookLengths = readonly { length: number; linear: boolean }[];

/** How far a place is into the whole book, from 0 to 1, by the length of what lies before it. */
export function totalProgress(lengths: BookLengths, index: number, progression: number): number {
  const counted = lengths.map((one) => (one.linear ? one.length : 0));
  const all = counted.reduce((sum, length) => sum + length, 0);
  if (all === 0) return 0;
  const before = counted.slice(0, index).reduce((sum, length) => sum + length, 0);
  return Math.min(1, (before + (counted[index] ?? 0) * progression) / all);
}

/** The document and how far into it a share of the whole book lies. */
export function placeOfTotal(
  lengths: BookLengths,
  total: number,
): { index: number; progression: number } {
  const all = lengths.reduce((sum, one) => sum + (one.linear ? one.length : 0), 0);
  let rest = Math.min(1, Math.max(0, total)) * all;
  let last = 0;
  for (const [index, one] of lengths.entries()) {
    if (!one.linear || one.length === 0) continue;
    last = index;
    if (rest < one.length) return { index, progression: rest / one.length };
    rest -= one.length;
  }
  return { index: last, progression: 1 };
}

/** Whole minutes that so many characters take to read; at least one when there are any. */
export function readingMinutes(characters: number): number {
  return Math.ceil(Math.max(0, characters) / CHARACTERS_A_MINUTE);
}
