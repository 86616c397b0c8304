/**
 * What a chapter is made of, in lines of the page. A unit is a paragraph, or something of whole lines that does not
 * break. Rows count lines of the grid.
 */
export type FlowUnit = {
  /** Id of the block that adjustments name; null where nothing can be adjusted. */
  id: string | null;
  kind: 'text' | 'gap' | 'solid';
  lines: number;
  /** Rows of white above, which go at the head of a page. */
  above: number;
  /** Rows that notes called in each line take at the foot; empty where there are none. */
  notes: readonly number[];
  /** Whether it stands inside a quotation or the like, whose notes go to the next page rather than take a line along. */
  isNested?: boolean;
  /** Whether it stays on the page of what follows. */
  isSticky: boolean;
  /** Whether it has been no use to leave lines free on its page, or to widen it. */
  isSpent?: boolean;
  /** How much tighter or looser it has to be set to lose or gain a line, thousandths of an em; absent: it cannot. */
  tighter?: number;
  looser?: number;
};

export type ChapterFlow<Unit extends FlowUnit = FlowUnit> = {
  chapterId: string;
  units: readonly Unit[];
  /** Rows of the first page that the opening takes. */
  openingRows: number;
  /** Whether the first page lies on the left. */
  startsOnVerso: boolean;
  /** Pages that the chapter has as it is, which later chapters count on. */
  pages: number;
  /** Rows of a page. */
  capacity: number;
  /** Rows that a rule over notes and the white about it take. */
  noteRuleRows: number;
  /** Pages, as `pageKey` names them, that did not come out well although nothing about them says why. */
  spoilt?: ReadonlySet<string>;
  /** Before what pages ended in print that are reckoned to end elsewhere, by `pageKey`. */
  printed?: ReadonlyMap<string, LineAt>;
};

/** A line of a chapter, from 0, by the number of its unit and its own in that unit. */
export type LineAt = { unit: number; line: number };

/** A change that may be made on a page. */
export type Move =
  | { kind: 'fit'; unit: number; by: -1 | 1 }
  | { kind: 'break'; unit: number }
  | { kind: 'short'; unit: number; rows: number }
  | { kind: 'opening'; rows: number };

/**
 * A place in a chapter: before line `line` of unit `unit`, which has `change` more lines than it had, with rows of notes
 * carried over from the page before.
 */
export type Place = LineAt & { change: number; carried: number };
export type Page = {
  next: Place;
  rows: number;
  hasNotes: boolean;
  isLast: boolean;
  /** Whether it leaves a line of a paragraph alone, on itself or on the next page. */
  leavesLone: boolean;
  starts: number[];
  anchors: number[];
};

/** What makes a page what it is: where it begins, and what is changed on it. */
export function pageKey({ unit, line, change, carried }: Place, moves: readonly Move[]): string {
  const changes = moves.map((move) => {
    if (move.kind === 'opening') return `opening ${move.rows}`;
    const by = move.kind === 'fit' ? move.by : move.kind === 'short' ? move.rows : 1;
    return `${move.kind} ${move.unit} ${by}`;
  });
  return `${unit}:${line} ${change} ${carried.toFixed(2)} ${changes.sort().join()}`;
}

/** Fills a page from a place on with some changes: as it was printed where that is known, or breaking where Typst does. */
export function fillPage(
  flow: ChapterFlow,
  from: Place,
  isFirst: boolean,
  moves: readonly Move[],
): Page {
  const end = flow.printed?.size ? flow.printed.get(pageKey(from, moves)) : undefined;
  return end === undefined
    ? reckonPage(flow, from, isFirst, moves)
    : pageUpTo(flow, { from, end, isFirst, moves });
}

function pageUpTo(
  flow: ChapterFlow,
  page: { from: Place; end: LineAt; isFirst: boolean; moves: readonly Move[] },
): Page {
  const { from, end, isFirst, moves } = page;
  let rows = isFirst ? flow.openingRows + lowerBy(moves) : 0;
  let notes = from.carried;
  let leavesLone = false;
  const next = { ...end, change: 0, carried: 0 };
  const starts: number[] = [];
  const anchors: number[] = [];
  for (const [index, unit] of flow.units.entries()) {
    if (index < from.unit || index > end.unit) continue;
    const isCarried = index === from.unit && from.line > 0;
    const change = isCarried ? from.change : changeOf(moves, index);
    const lines = unit.lines + change;
    const first = isCarried ? from.line : 0;
    const to = index === end.unit ? end.line : lines;
    if (to <= first) continue;
    rows += (index === from.unit ? 0 : unit.above) + to - first;
    notes += notesIn(unit, { from: first, to, change });
    if (!isCarried) starts.push(index);
    if (index > from.unit) anchors.push(index);
    if (index !== end.unit) continue;
    next.change = change;
    leavesLone = unit.kind === 'text' && (to === 1 || to === lines - 1);
  }
  const isLast = end.unit >= flow.units.length;
  return { next, rows, hasNotes: notes > 0, isLast, leavesLone, starts, anchors };
}

function reckonPage(
  flow: ChapterFlow,
  from: Place,
  isFirst: boolean,
  moves: readonly Move[],
): Page {
  const capacity = flow.capacity - shortBy(moves);
  let rows = isFirst ? flow.openingRows + lowerBy(moves) : 0;
  let notes = from.carried;
  let carried = 0;
  let isHead = true;
  const starts: number[] = [];
  // Units that begin below others: what is anchored to one is sure to be on this page.
  const anchors: number[] = [];
  for (let index = from.unit; index < flow.units.length; index += 1) {
    const unit = flow.units[index];
    if (unit === undefined) break;
    const isCarried = index === from.unit && from.line > 0;
    const change = isCarried ? from.change : changeOf(moves, index);
    const lines = unit.lines + change;
    const first = isCarried ? from.line : 0;
    const above = isHead ? 0 : unit.above;
    const { count, noteRows, left, isByNotes } = linesThatFit(unit, {
      first,
      change,
      room: capacity - rows - above,
      notes,
      rule: flow.noteRuleRows,
    });
    const at = first + count;
    if (at < lines) {
      const line = unit.kind !== 'text' ? first : isByNotes ? at : safeBreak(at, first, lines);
      if (line > first) {
        if (!isCarried) starts.push(index);
        if (!isHead) anchors.push(index);
        rows += above + (line - first);
        return {
          next: {
            unit: index,
            line,
            change,
            carried: carried + (unit.isNested === true ? left : 0),
          },
          rows,
          hasNotes: notes + notesIn(unit, { from: first, to: line, change }) > 0,
          isLast: false,
          leavesLone: unit.kind === 'text' && (line === 1 || line === lines - 1),
          starts,
          anchors,
        };
      }
      if (isHead) {
        // Nothing fits: what is higher than a page is passed over, so that the search goes on.
        rows = capacity;
        continue;
      }
      let back = index;
      while (back > from.unit + 1 && flow.units[back - 1]?.isSticky === true) {
        back -= 1;
        rows -=
          (flow.units[back]?.lines ?? 0) + (flow.units[back]?.above ?? 0) + changeOf(moves, back);
        starts.pop();
        anchors.pop();
      }
      const next = isCarried
        ? { unit: index, line: first, change, carried }
        : { unit: back, line: 0, change: 0, carried };
      return {
        ...{ next, rows, hasNotes: notes > 0, isLast: false, leavesLone: false },
        ...{ starts, anchors },
      };
    }
    if (!isCarried) starts.push(index);
    if (!isHead) anchors.push(index);
    rows += above + (lines - first);
    notes += noteRows;
    carried += left;
    isHead = false;
  }
  const next = { unit: flow.units.length, line: 0, change: 0, carried: 0 };
  return {
    ...{ next, rows, hasNotes: notes > 0, isLast: true, leavesLone: false },
    ...{ starts, anchors },
  };
}

function shortBy(moves: readonly Move[]): number {
  return moves.reduce((rows, move) => (move.kind === 'short' ? move.rows : rows), 0);
}

function lowerBy(moves: readonly Move[]): number {
  return moves.reduce((rows, move) => (move.kind === 'opening' ? move.rows : rows), 0);
}

/** How many lines a unit gains by the changes of its page. */
export function changeOf(moves: readonly Move[], unit: number): number {
  for (const move of moves) {
    if (move.kind === 'fit' && move.unit === unit) return move.by;
    if (move.kind === 'break' && move.unit === unit) return 1;
  }
  return 0;
}

/** Rows by which a page may seem to hold too much: it is 0.02 points higher than its lines (`typstStyle.ts`). */
const TOLERANCE = 0.0015;

function linesThatFit(
  unit: FlowUnit,
  page: { first: number; change: number; room: number; notes: number; rule: number },
): {
  count: number;
  noteRows: number;
  left: number;
  /** The next line would fit without its notes. It goes to the next page alone, whatever stands before and after it. */
  isByNotes: boolean;
} {
  let count = 0;
  let noteRows = 0;
  let left = 0;
  let isByNotes = false;
  const ruled = (rows: number) => (rows > 0 ? rows + page.rule : 0);
  while (page.first + count < unit.lines + page.change) {
    const added = notesOfLine(unit, page.first + count, page.change);
    const high = (notes: number) => count + 1 + ruled(page.notes + noteRows + notes);
    if (
      unit.isNested === true &&
      high(0) <= page.room + TOLERANCE &&
      high(added) > page.room + TOLERANCE
    ) {
      left += added;
    } else {
      if (high(added) > page.room + TOLERANCE) {
        isByNotes = high(0) <= page.room + TOLERANCE;
        break;
      }
      noteRows += added;
    }
    count += 1;
  }
  return { count, noteRows, left, isByNotes };
}

/** Rows of notes called in a line of a paragraph that has `change` more lines than it had: the last line keeps its own. */
function notesOfLine({ notes, lines }: FlowUnit, line: number, change: number): number {
  const last = lines - 1 + change;
  if (line < Math.min(last, lines - 1)) return notes[line] ?? 0;
  if (line < last) return 0;
  return notes.slice(Math.min(last, lines - 1)).reduce((sum, rows) => sum + rows, 0);
}

function notesIn(
  unit: FlowUnit,
  { from, to, change }: { from: number; to: number; change: number },
): number {
  let rows = 0;
  for (let line = from; line < to; line += 1) rows += notesOfLine(unit, line, change);
  return rows;
}

/** The last line before which a paragraph may be broken, at most `at`, so that two lines at least stand on each side. */
function safeBreak(at: number, first: number, lines: number): number {
  const latest = Math.min(at, lines - 2);
  if (first > 0) return Math.max(first, latest);
  return latest >= 2 ? latest : 0;
}
