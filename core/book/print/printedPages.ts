import {
  type ChapterFlow,
  changeOf,
  fillPage,
  type LineAt,
  type Move,
  pageKey,
  type Place,
} from './pageFilling.ts';

/** A page as it came out in print, named as `pageKey` does. */
export type PrintedPage = {
  key: string;
  /** Which of the pages it is, from 0. */
  index: number;
  /** Before what it ended. */
  end: LineAt;
  /** Whether it was reckoned to end elsewhere. */
  isOtherwise: boolean;
};

/**
 * What became of the pages of a chapter in print. `starts` has the line with which each begins, `lines` how many lines
 * each unit has become; the flow is as the chapter was before `moves` were made. Where paragraphs have become something
 * else than was asked for, pages are not told.
 */
export function printedPages(
  flow: ChapterFlow,
  moves: readonly Move[],
  print: { starts: readonly LineAt[]; lines: readonly number[] },
): PrintedPage[] {
  const { units } = flow;
  const pages: PrintedPage[] = [];
  const ends = [...print.starts.slice(1), { unit: units.length, line: 0 }];
  let place: Place = { unit: 0, line: 0, change: 0, carried: 0 };
  let isSure = print.lines.length === units.length;
  const made = moves.filter(
    (move) => move.kind !== 'fit' || print.lines[move.unit] !== units[move.unit]?.lines,
  );
  for (const [index, end] of ends.entries()) {
    const own = made.filter((move) => isOn(move, place, end));
    const page = fillPage(flow, place, index === 0, own);
    const { next } = page;
    const isOtherwise = next.unit !== end.unit || next.line !== end.line;
    const isAsked = units.every(
      (unit, at) =>
        at < place.unit ||
        at > end.unit ||
        unit.kind === 'gap' ||
        (at === place.unit && place.line > 0) ||
        print.lines[at] === unit.lines + changeOf(own, at),
    );
    if (isSure && isAsked) pages.push({ key: pageKey(place, own), index, end, isOtherwise });
    // The white that should have been on this page may lie on the next.
    isSure = !(isOtherwise && own.some((move) => move.kind === 'short'));
    const change = end.line > 0 ? (print.lines[end.unit] ?? 0) - (units[end.unit]?.lines ?? 0) : 0;
    place = { ...end, change, carried: isOtherwise ? 0 : next.carried };
  }
  return pages;
}

/** Whether what a change is made to begins on the page. */
function isOn(move: Move, from: LineAt, end: LineAt): boolean {
  if (move.kind === 'opening') return from.unit === 0 && from.line === 0;
  const isAfter = move.unit > from.unit || (move.unit === from.unit && from.line === 0);
  return isAfter && (move.unit < end.unit || (move.unit === end.unit && end.line > 0));
}
