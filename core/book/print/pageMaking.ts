import { MOST_FIT } from './adjustments.ts';
import {
  type ChapterFlow,
  fillPage,
  type Move,
  type Page,
  pageKey,
  type Place,
} from './pageFilling.ts';

/** What to change in a chapter, and what it cannot mend. */
export type ChapterPlan = {
  fits: Map<string, number>;
  breaks: Map<string, number>;
  shortPages: Map<string, number>;
  openings: Map<string, number>;
  /** The same by the numbers of the units, in order. */
  moves: readonly Move[];
  /** Facing pages that stay uneven, and lines of paragraphs that stay alone, which count for more. */
  faults: number;
};

/** A way through a chapter up to a left page, or to its end. */
type Way = {
  place: Place;
  pages: number;
  cost: number;
  moves: readonly Move[];
  faults: number;
  /** Pages of the chapter, from 0, that leave a line alone or do not hold what they should. */
  bad: readonly number[];
};

/** How far a search goes. */
type Effort = {
  ways: number;
  /** How many lines short a page may be. */
  rows: number;
  /** How many lines lower the text under an opening may begin, on a left page and on a right one. */
  lower: { verso: number; recto: number };
  /** Pages, from 0, that may be changed although nothing is wrong with them, because something is soon after. */
  early: ReadonlySet<number>;
};

/** One page more or fewer moves all chapters that follow: it is worth a fault, and nothing less. */
const COST = { break: 2, fit: 3, short: 5, opening: 8, fault: 100, pages: 90 } as const;
/** A page two lines short shows, and one that is shorter yet more so. */
const COST_OF_MORE_ROWS = 6;
/** A line alone, or a page that does not hold what it should, is as bad as so many uneven spreads. */
const FAULTS_OF_BAD = 10;
const USUAL: Effort = { ways: 8, rows: 2, lower: { verso: 1, recto: 0 }, early: new Set() };
const UTMOST = { ways: 24, rows: 4, lower: { verso: 5, recto: 5 } };
/** How many pages before a bad one are changed where nothing can be changed on itself. */
const PAGES_AHEAD = 5;
const MOST_SEARCHES = 4;
const MOST_PAIRS = 16;

/**
 * Finds cheap changes after which facing pages of a chapter end on the same line, with no paragraph's first or last line
 * alone: scene breaks a line wider, long paragraphs a line shorter or longer, both pages of a spread one or two lines
 * short, the text under the opening on a left page a line lower. The chapter keeps its number of pages
 * unless a fault would remain. Where a line would stay alone all the same, the pages before are changed too, and may be
 * up to four lines short; the text under the opening may then be up to five lines lower, on either side. A beam search
 * from spread to spread, the same for the same flow.
 */
export function planChapter(flow: ChapterFlow): ChapterPlan {
  let best = search(flow, USUAL);
  const early = new Set<number>();
  for (let more = 1; more < MOST_SEARCHES && best.bad.length > 0; more += 1) {
    for (const page of best.bad) {
      for (let back = 0; back <= PAGES_AHEAD; back += 1) early.add(page - back);
    }
    const found = search(flow, { ...UTMOST, early });
    if (found.cost < best.cost) best = found;
    else break;
  }
  return planOf(flow, best);
}

function search(flow: ChapterFlow, effort: Effort): Way {
  const place: Place = { unit: 0, line: 0, change: 0, carried: 0 };
  const start: Way = { place, pages: 0, cost: 0, moves: [], faults: 0, bad: [] };
  let ways = flow.startsOnVerso ? [start] : onePage(flow, start, effort);
  while (ways.some((way) => !isDone(flow, way))) {
    const next = ways.flatMap((way) => (isDone(flow, way) ? [way] : spread(flow, way, effort)));
    ways = cheapest(next, effort);
  }
  return ways[0] ?? start;
}

function isDone({ units }: ChapterFlow, { place }: Way): boolean {
  return place.unit >= units.length;
}

/** The cheapest way to each place; of equals, the one that came first. */
function cheapest(ways: readonly Way[], effort: Effort): Way[] {
  const best = new Map<string, Way>();
  for (const way of ways) {
    const key = `${placeName(way)} ${way.pages}`;
    const known = best.get(key);
    if (known === undefined || way.cost < known.cost) best.set(key, way);
  }
  return [...best.values()].sort((a, b) => a.cost - b.cost).slice(0, effort.ways);
}

function placeName({ place }: Way): string {
  return `${place.unit} ${place.line} ${place.change} ${place.carried}`;
}

/** A right page that opens a chapter faces nothing of it, but what is changed there can help later. */
function onePage(flow: ChapterFlow, way: Way, effort: Effort): Way[] {
  const plain = fillPage(flow, way.place, way.pages === 0, []);
  const isFaulty = plain.leavesLone || isSpoilt(flow, way, []) || effort.early.has(way.pages);
  const sets = isFaulty ? movesFor(flow, way, effort) : fewMovesFor(flow, way);
  return cheapest(
    turns(flow, way, sets).map((turn) => turn.way),
    effort,
  );
}

function spread(flow: ChapterFlow, way: Way, effort: Effort): Way[] {
  const found: Way[] = [];
  const isEarly = effort.early.has(way.pages) || effort.early.has(way.pages + 1);
  const setsFor = (from: Way, isFree: boolean) => (isFree ? movesFor(flow, from, effort) : [[]]);
  // Only where something is wrong with the pages as they come, or soon will be, is anything tried.
  for (const isFree of isEarly ? [true] : [false, true]) {
    for (const verso of turns(flow, way, setsFor(way, isFree))) {
      if (verso.isLast) {
        found.push(verso.way);
        continue;
      }
      for (const recto of turns(flow, verso.way, setsFor(verso.way, isFree))) {
        const isEven = recto.isLast || verso.foot === recto.foot;
        const isPlain = recto.way.moves.length === way.moves.length;
        if (isEven) found.push(recto.way);
        else if (isPlain || isEarly) found.push(uneven(recto.way));
      }
    }
    if (found.some((one) => one.faults === way.faults)) break;
  }
  return cheapest(found, effort);
}

/** A page made at the end of a way. */
type Turn = { way: Way; foot: number; isLast: boolean };

/** What comes of a page with each of some sets of changes: the cheapest for each end that it can have. */
function turns(flow: ChapterFlow, way: Way, sets: readonly (readonly Move[])[]): Turn[] {
  const best = new Map<string, Turn>();
  for (const moves of sets) {
    const page = fillPage(flow, way.place, way.pages === 0, moves);
    if (!isPossible(page, moves)) continue;
    const turn = {
      way: after(flow, way, page, moves),
      foot: footOf(flow, page),
      isLast: page.isLast,
    };
    const key = `${placeName(turn.way)} ${turn.foot}`;
    const known = best.get(key);
    if (known === undefined || turn.way.cost < known.way.cost) best.set(key, turn);
  }
  return [...best.values()];
}

function uneven(way: Way): Way {
  return { ...way, faults: way.faults + 1, cost: way.cost + COST.fault };
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
  return spoilt?.size ? spoilt.has(pageKey(place, moves)) : false;
}

function after(flow: ChapterFlow, way: Way, page: Page, moves: readonly Move[]): Way {
  const pages = way.pages + 1;
  const isBad = page.leavesLone || isSpoilt(flow, way, moves);
  const faults = isBad ? FAULTS_OF_BAD : 0;
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
    bad: isBad ? [...way.bad, way.pages] : way.bad,
  };
}

type Single = Extract<Move, { kind: 'fit' | 'break' }>;

function singleMoves(flow: ChapterFlow, starts: readonly number[]): Single[] {
  return starts.flatMap((index): Single[] => {
    const unit = flow.units[index];
    if (unit === undefined || unit.id === null) return [];
    return [
      ...(unit.kind === 'gap' && unit.isSpent !== true
        ? [{ kind: 'break', unit: index } as const]
        : []),
      ...(unit.tighter === undefined ? [] : [{ kind: 'fit', unit: index, by: -1 } as const]),
      ...(unit.looser === undefined ? [] : [{ kind: 'fit', unit: index, by: 1 } as const]),
    ];
  });
}

/** One paragraph or scene break changed, or nothing. */
function fewMovesFor(flow: ChapterFlow, way: Way): Move[][] {
  const { starts } = fillPage(flow, way.place, way.pages === 0, []);
  return [[], ...singleMoves(flow, starts).map((one) => [one])];
}

/** Sets of changes that can be made on the page that begins at the end of a way, the empty one first. */
function movesFor(flow: ChapterFlow, way: Way, effort: Effort): Move[][] {
  const { starts, anchors } = fillPage(flow, way.place, way.pages === 0, []);
  const single = singleMoves(flow, starts);
  const pairs = single.flatMap((one, at) =>
    single.slice(at + 1).flatMap((two) => (one.unit === two.unit ? [] : [[one, two]])),
  );
  const anchor = anchors.find((index) => {
    const unit = flow.units[index];
    const isFirm = flow.units[index - 1]?.isSticky !== true;
    return unit?.kind === 'text' && unit.id !== null && unit.isSpent !== true && isFirm;
  });
  const short = Array.from({ length: effort.rows }, (_, index): Move[][] => {
    if (anchor === undefined) return [];
    const move: Move = { kind: 'short', unit: anchor, rows: index + 1 };
    return [[move], ...single.map((one) => [move, one])];
  }).flat();
  const { verso, recto } = effort.lower;
  const most = way.pages > 0 ? 0 : flow.startsOnVerso ? verso : recto;
  const opened = Array.from({ length: most }, (_, index): Move[][] => {
    const lower: Move = { kind: 'opening', rows: index + 1 };
    return [
      [lower],
      ...single.map((one) => [lower, one]),
      ...short.map((moves) => [lower, ...moves]),
    ];
  }).flat();
  const plain = [[], ...single.map((one) => [one])];
  return [...plain, ...short, ...pairs.slice(0, MOST_PAIRS), ...opened];
}

function costOf(move: Move): number {
  const more = 'rows' in move ? move.rows - 1 : 0;
  return COST[move.kind] + more * COST_OF_MORE_ROWS;
}

function planOf({ units, chapterId }: ChapterFlow, way: Way): ChapterPlan {
  const fits = new Map<string, number>();
  const breaks = new Map<string, number>();
  const shortPages = new Map<string, number>();
  const openings = new Map<string, number>();
  for (const move of way.moves) {
    if (move.kind === 'opening') {
      openings.set(chapterId, move.rows);
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
  return { fits, breaks, shortPages, openings, moves: way.moves, faults: way.faults };
}
