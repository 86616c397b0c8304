import { MOST_FIT } from './adjustments.ts';
import { type ChapterFlow, fillPage, type Move, type Page, type Place } from './pageFilling.ts';

/** What to change in a chapter, and what it cannot mend. */
export type ChapterPlan = {
  fits: Map<string, number>;
  breaks: Map<string, number>;
  shortPages: Map<string, number>;
  openings: Map<string, number>;
  /** Facing pages that stay uneven, and lines of paragraphs that stay alone. */
  faults: number;
};

/** A way through a chapter up to a left page, or to its end. */
type Way = {
  place: Place;
  pages: number;
  cost: number;
  moves: readonly Move[];
  faults: number;
};

/** One page more or fewer moves all chapters that follow: it is worth a fault, and nothing less. */
const COST = { break: 2, fit: 3, short: 5, opening: 8, fault: 100, pages: 90 } as const;
/** A page two lines short shows. */
const COST_OF_SECOND_ROW = 6;
/** Ways that are followed side by side. */
const MOST_WAYS = 8;
const MOST_PAIRS = 16;

/**
 * Finds cheap changes after which facing pages of a chapter end on the same line, with no paragraph's first or last line
 * alone: scene breaks a line wider, long paragraphs a line shorter or longer, both pages of a spread one or two lines
 * short, the text under the opening on a left page a line lower. The chapter keeps its number of pages
 * unless a fault would remain. A beam search from spread to spread, the same for the same flow.
 */
export function planChapter(flow: ChapterFlow): ChapterPlan {
  const place: Place = { unit: 0, line: 0, change: 0, carried: 0 };
  const start: Way = { place, pages: 0, cost: 0, moves: [], faults: 0 };
  let ways = flow.startsOnVerso ? [start] : onePage(flow, start);
  while (ways.some((way) => !isDone(flow, way))) {
    const next = ways.flatMap((way) => (isDone(flow, way) ? [way] : spread(flow, way)));
    ways = cheapest(next);
  }
  const best = ways[0];
  return best === undefined ? planOf(flow, start) : planOf(flow, best);
}

function isDone({ units }: ChapterFlow, { place }: Way): boolean {
  return place.unit >= units.length;
}

/** The cheapest way to each place; of equals, the one that came first. */
function cheapest(ways: readonly Way[]): Way[] {
  const best = new Map<string, Way>();
  for (const way of ways) {
    const { unit, line, change, carried } = way.place;
    const key = `${unit} ${line} ${change} ${carried} ${way.pages}`;
    const known = best.get(key);
    if (known === undefined || way.cost < known.cost) best.set(key, way);
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, MOST_WAYS);
}

/** A right page that opens a chapter faces nothing of it, but what is changed there can help later. */
function onePage(flow: ChapterFlow, way: Way): Way[] {
  const plain = fillPage(flow, way.place, way.pages === 0, []);
  const isFaulty = plain.leavesLone || isSpoilt(flow, way, []);
  return cheapest(
    movesFor(flow, way, isFaulty ? 'all' : 'break or fit').flatMap((moves) => {
      const page = fillPage(flow, way.place, way.pages === 0, moves);
      return isPossible(page, moves) ? [after(flow, way, page, moves)] : [];
    }),
  );
}

function spread(flow: ChapterFlow, way: Way): Way[] {
  const found: Way[] = [];
  for (const isFree of [false, true]) {
    // Only where something is wrong with the pages as they come is anything tried.
    const left = isFree ? movesFor(flow, way, 'all') : [[]];
    for (const versoMoves of left) {
      const verso = fillPage(flow, way.place, way.pages === 0, versoMoves);
      if (!isPossible(verso, versoMoves)) continue;
      const between = after(flow, way, verso, versoMoves);
      if (verso.isLast) {
        found.push(between);
        continue;
      }
      for (const moves of isFree ? movesFor(flow, between, 'all') : [[]]) {
        const recto = fillPage(flow, between.place, false, moves);
        if (!isPossible(recto, moves)) continue;
        const isEven = recto.isLast || footOf(flow, verso) === footOf(flow, recto);
        if (!isEven && versoMoves.length + moves.length > 0) continue;
        found.push(after(flow, between, recto, moves, isEven ? 0 : 1));
      }
    }
    if (found.some((one) => one.faults === way.faults)) break;
  }
  return cheapest(found);
}

/** The row on which a page ends: notes stand at the foot, so a page that has some always ends there. */
function footOf(flow: ChapterFlow, page: Page): number {
  return page.hasNotes ? flow.capacity : page.rows;
}

function isPossible(page: Page, moves: readonly Move[]): boolean {
  return moves.every(
    (move) =>
      move.kind === 'opening' ||
      (move.kind === 'short' ? page.anchors : page.starts).includes(move.unit),
  );
}

function isSpoilt({ spoilt }: ChapterFlow, { place }: Way, moves: readonly Move[]): boolean {
  return moves.length === 0 && spoilt?.has(`${place.unit}:${place.line}`) === true;
}

function after(
  flow: ChapterFlow,
  way: Way,
  page: Page,
  moves: readonly Move[],
  uneven: 0 | 1 = 0,
): Way {
  const pages = way.pages + 1;
  const faults = uneven + (page.leavesLone || isSpoilt(flow, way, moves) ? 1 : 0);
  const isOff = page.isLast && pages !== flow.pages;
  return {
    place: page.next,
    pages,
    cost:
      way.cost +
      moves.reduce((sum, move) => sum + costOf(move), 0) +
      faults * COST.fault +
      (isOff ? COST.pages : 0),
    moves: [...way.moves, ...moves],
    faults: way.faults + faults,
  };
}

/** Sets of changes that can be made on the page that begins at the end of a way, the empty one first. */
function movesFor(flow: ChapterFlow, way: Way, which: 'all' | 'break or fit'): Move[][] {
  const { starts, anchors } = fillPage(flow, way.place, way.pages === 0, []);
  const single: Extract<Move, { kind: 'fit' | 'break' }>[] = [];
  for (const index of starts) {
    const unit = flow.units[index];
    if (unit === undefined || unit.id === null) continue;
    if (unit.kind === 'gap' && unit.isSpent !== true) single.push({ kind: 'break', unit: index });
    if (unit.tighter !== undefined) single.push({ kind: 'fit', unit: index, by: -1 });
    if (unit.looser !== undefined) single.push({ kind: 'fit', unit: index, by: 1 });
  }
  const plain: Move[][] = [[], ...single.map((one) => [one])];
  if (which !== 'all') return plain;
  const pairs = single.flatMap((one, at) =>
    single.slice(at + 1).flatMap((two) => (one.unit === two.unit ? [] : [[one, two]])),
  );
  const anchor = anchors.find((index) => {
    const unit = flow.units[index];
    const isFirm = flow.units[index - 1]?.isSticky !== true;
    return unit?.kind === 'text' && unit.id !== null && unit.isSpent !== true && isFirm;
  });
  const short = ([1, 2] as const).flatMap((rows): Move[][] => {
    if (anchor === undefined) return [];
    const move: Move = { kind: 'short', unit: anchor, rows };
    return [[move], ...single.map((one) => [move, one])];
  });
  const lower: Move = { kind: 'opening' };
  const opened =
    way.pages === 0 && flow.startsOnVerso
      ? [[lower], ...single.map((one) => [lower, one]), ...short.map((moves) => [lower, ...moves])]
      : [];
  return [...plain, ...short, ...pairs.slice(0, MOST_PAIRS), ...opened];
}

function costOf(move: Move): number {
  return COST[move.kind] + (move.kind === 'short' && move.rows === 2 ? COST_OF_SECOND_ROW : 0);
}

function planOf({ units, chapterId }: ChapterFlow, way: Way): ChapterPlan {
  const fits = new Map<string, number>();
  const breaks = new Map<string, number>();
  const shortPages = new Map<string, number>();
  const openings = new Map<string, number>();
  for (const move of way.moves) {
    if (move.kind === 'opening') {
      openings.set(chapterId, 1);
      continue;
    }
    const unit = units[move.unit];
    if (unit === undefined || unit.id === null) continue;
    if (move.kind === 'short') shortPages.set(unit.id, move.rows);
    else if (move.kind === 'break') breaks.set(unit.id, 1);
    else {
      const by = Math.min(MOST_FIT, (move.by < 0 ? unit.tighter : unit.looser) ?? 0);
      fits.set(unit.id, move.by * by);
    }
  }
  return { fits, breaks, shortPages, openings, faults: way.faults };
}
