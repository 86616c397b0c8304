import type { Manuscript } from '#core/book/manuscript.ts';
import { type Adjustments, MOST_FIT } from '#core/book/print/adjustments.ts';
import type { LineAt } from '#core/book/print/pageFilling.ts';
import { type ChapterPlan, planChapter } from '#core/book/print/pageMaking.ts';
import { printedPages } from '#core/book/print/printedPages.ts';
import type { BookLayout } from '#core/book/print/printLayout.ts';
import { chapterFlows, type MeasuredFlow, pageStarts } from './chapterFlows.ts';
import { type MeasuredBook, type PageFaults, paragraphFaults } from './pageQuality.ts';

/** What came of a plan, or of none, in print. */
type Outcome = { plan: ChapterPlan | null; faults: number; startsOnVerso: boolean };

/**
 * Betters the pages of a book from one setting of it to the next, chapter by chapter: plans, looks at what came of the
 * plan in print, and plans again without what did not work. What worked best for each chapter is kept.
 */
export class PageImprover {
  readonly #manuscript: Manuscript;
  readonly #layout: BookLayout;
  readonly #plans = new Map<string, ChapterPlan>();
  readonly #best = new Map<string, Outcome>();
  readonly #asWritten = new Map<string, MeasuredFlow>();
  /** Paragraphs that did not become a line shorter (`id -`) or longer (`id +`). */
  readonly #refused = new Set<string>();
  /** Blocks at which lines were added or left free to no effect. */
  readonly #spent = new Set<string>();
  readonly #unhyphenated = new Set<string>();
  /** Pages of each chapter that hold more than they can, or notes of another page. */
  readonly #spoilt = new Map<string, Set<string>>();
  /** Where pages of each chapter ended that were reckoned to end elsewhere. */
  readonly #printed = new Map<string, Map<string, LineAt>>();
  /** How paragraphs are set that end in too short a line. */
  readonly #mended = new Map<string, number>();

  constructor(manuscript: Manuscript, layout: BookLayout) {
    this.#manuscript = manuscript;
    this.#layout = layout;
  }

  /** What to change after a setting was measured; null when there is nothing left to try. */
  next(measured: MeasuredBook): Adjustments | null {
    const faulty = weighed(measured.faults, PAGED).map((page) => page - 1);
    let isChanged = false;
    for (const flow of chapterFlows(this.#manuscript, this.#layout, measured)) {
      const { chapterId, startsOnVerso, firstPage, pages } = flow;
      if (this.#mendParagraphs(flow)) {
        // Its lines are others now, so it is looked at as if for the first time.
        for (const map of [this.#plans, this.#best, this.#asWritten]) map.delete(chapterId);
        for (const map of [this.#spoilt, this.#printed]) map.delete(chapterId);
        isChanged = true;
        continue;
      }
      if (!this.#plans.has(chapterId)) this.#asWritten.set(chapterId, flow);
      const count = faulty.filter((page) => page >= firstPage && page < firstPage + pages).length;
      const known = this.#best.get(chapterId);
      // What was good on one side says nothing of the other.
      if (known?.startsOnVerso !== startsOnVerso || count < known.faults) {
        const plan = this.#plans.get(chapterId) ?? null;
        this.#best.set(chapterId, { plan, faults: count, startsOnVerso });
      }
      if (count > 0 && this.#plan(flow, measured.faults, count)) isChanged = true;
    }
    return isChanged ? this.#adjustments([...this.#plans.values()]) : null;
  }

  /** What has worked best for each chapter so far. */
  best(): Adjustments {
    return this.#adjustments([...this.#best.values()].flatMap(({ plan }) => plan ?? []));
  }

  /** Notes how pages came out in print, so that the next plan reckons with it. */
  #learn(written: MeasuredFlow, flow: MeasuredFlow, faults: PageFaults): void {
    const { chapterId } = flow;
    const spoilt = this.#spoilt.get(chapterId) ?? new Set<string>();
    const printed = this.#printed.get(chapterId) ?? new Map<string, LineAt>();
    this.#spoilt.set(chapterId, spoilt);
    this.#printed.set(chapterId, printed);
    const bad = new Set([...faults.strayNotes, ...faults.overfull]);
    const starts = pageStarts(flow);
    const lines = flow.units.map((unit) => unit.lines);
    const moves = this.#plans.get(chapterId)?.moves ?? [];
    for (const page of printedPages({ ...written, printed }, moves, { starts, lines })) {
      if (page.isOtherwise) printed.set(page.key, page.end);
      if (bad.has((starts[page.index]?.page ?? 0) + 1)) spoilt.add(page.key);
    }
  }

  #plan(flow: MeasuredFlow, faults: PageFaults, count: number): boolean {
    const { startsOnVerso } = flow;
    const written = {
      ...withWhite(this.#asWritten.get(flow.chapterId) ?? flow, flow),
      startsOnVerso,
    };
    this.#asWritten.set(flow.chapterId, written);
    const before = this.#plans.get(flow.chapterId);
    for (const [id, by] of before?.fits ?? []) {
      const was = written.units.find((unit) => unit.id === id)?.lines ?? 0;
      const is = flow.units.find((unit) => unit.id === id)?.lines ?? 0;
      if (is !== was + Math.sign(by)) this.#refused.add(`${id} ${by < 0 ? '-' : '+'}`);
    }
    this.#learn(written, flow, faults);
    let plan = this.#planOf(written);
    if (before && isSame(plan, before) && count > plan.faults) {
      // The pages did not come as the plan had them, so it is made again by other means.
      for (const id of [...before.shortPages.keys(), ...before.breaks.keys()]) this.#spent.add(id);
      plan = this.#planOf(written);
    }
    if (isEmpty(plan) || (before && isSame(plan, before))) return false;
    this.#plans.set(flow.chapterId, plan);
    return true;
  }

  #planOf(written: MeasuredFlow): ChapterPlan {
    const units = written.units.map((unit) => this.#allowed(unit));
    const spoilt = this.#spoilt.get(written.chapterId) ?? new Set();
    const printed = this.#printed.get(written.chapterId) ?? new Map();
    return planChapter({ ...written, units, spoilt, printed });
  }

  #allowed(unit: MeasuredFlow['units'][number]): MeasuredFlow['units'][number] {
    const { tighter, looser, ...rest } = unit;
    return {
      ...rest,
      ...(unit.id !== null && this.#spent.has(unit.id) && { isSpent: true }),
      ...(tighter !== undefined && !this.#refused.has(`${unit.id} -`) && { tighter }),
      ...(looser !== undefined && !this.#refused.has(`${unit.id} +`) && { looser }),
    };
  }

  /**
   * Runts and stacks of hyphens are mended in the paragraph itself. What ends in too short a line is set looser, then
   * without hyphens, since a part of a word may stand there, then tighter.
   */
  #mendParagraphs(flow: MeasuredFlow): boolean {
    let isChanged = false;
    for (const { id, block } of flow.units) {
      if (id === null || block === null) continue;
      const faults = paragraphFaults(block);
      const isMended = this.#mended.has(id);
      const isWhole = this.#unhyphenated.has(id);
      if ((faults.hasHyphenStack || (faults.isRunt && isMended)) && !isWhole) {
        this.#unhyphenated.add(id);
        isChanged = true;
      } else if (faults.isRunt && this.#mended.get(id) !== -MOST_FIT) {
        this.#mended.set(id, isMended ? -MOST_FIT : MOST_FIT);
        isChanged = true;
      }
    }
    return isChanged;
  }

  #adjustments(plans: readonly ChapterPlan[]): Adjustments {
    return {
      fits: new Map([...this.#mended, ...plans.flatMap((plan) => [...plan.fits])]),
      breaks: new Map(plans.flatMap((plan) => [...plan.breaks])),
      shortPages: new Map(plans.flatMap((plan) => [...plan.shortPages])),
      openings: new Map(plans.flatMap((plan) => [...plan.openings])),
      unhyphenated: new Set(this.#unhyphenated),
    };
  }
}

/** How many things a typesetter would object to. */
export function countFaults({ faults }: MeasuredBook): number {
  return weighed(faults, Object.keys(faults) as (keyof PageFaults)[]).length;
}

/** Whether pages end where they must not, which is worse than ending on another line than the page beside. */
export function hasBadBreaks({ faults }: MeasuredBook): boolean {
  const { widows, orphans, strayNotes, overfull } = faults;
  return widows.length + orphans.length + strayNotes.length + overfull.length > 0;
}

/** What depends on where pages end. */
const PAGED = ['unbalanced', 'widows', 'orphans', 'strayNotes', 'overfull'] as const;
/** How many uneven spreads something is as bad as; nothing that is better elsewhere makes up for the gravest. */
const WEIGHTS: Partial<Record<keyof PageFaults, number>> = {
  ...{ widows: 10, orphans: 10, runts: 10 },
  ...{ strayNotes: 100, overfull: 100 },
};

/** The pages of some faults, grave ones many times over. */
function weighed(faults: PageFaults, kinds: readonly (keyof PageFaults)[]): number[] {
  return kinds.flatMap((kind) =>
    faults[kind].flatMap((page) => Array.from({ length: WEIGHTS[kind] ?? 1 }, () => page)),
  );
}

/** The white above what stood at the head of a page, where it cannot be seen, as it is in another setting. */
function withWhite(flow: MeasuredFlow, other: MeasuredFlow): MeasuredFlow {
  if (flow === other || flow.units.length !== other.units.length) return flow;
  const units = flow.units.map((unit, index) => {
    const above = other.units[index]?.above ?? 0;
    // White that was added at a scene break is not its own.
    const isAfterGap = flow.units[index - 1]?.kind === 'gap';
    return unit.above === 0 && above > 0 && !isAfterGap ? { ...unit, above } : unit;
  });
  return { ...flow, units };
}

function isEmpty({ fits, breaks, shortPages, openings }: ChapterPlan): boolean {
  return fits.size + breaks.size + shortPages.size + openings.size === 0;
}

function isSame(one: ChapterPlan, other: ChapterPlan): boolean {
  const text = ({ fits, breaks, shortPages, openings }: ChapterPlan) =>
    JSON.stringify([[...fits], [...breaks], [...shortPages], [...openings]]);
  return text(one) === text(other);
}
