import type { Manuscript } from '#core/book/manuscript.ts';
import { type Adjustments, MOST_FIT } from '#core/book/print/adjustments.ts';
import { type ChapterPlan, planChapter } from '#core/book/print/pageMaking.ts';
import type { BookLayout } from '#core/book/print/printLayout.ts';
import { chapterFlows, type MeasuredFlow } from './chapterFlows.ts';
import { type MeasuredBook, paragraphFaults } from './pageQuality.ts';

/**
 * Betters the pages of a book from one setting of it to the next, chapter by chapter: plans, looks at what came of the
 * plan in print, and plans again without what did not work.
 */
export class PageImprover {
  readonly #manuscript: Manuscript;
  readonly #layout: BookLayout;
  readonly #plans = new Map<string, ChapterPlan>();
  readonly #asWritten = new Map<string, MeasuredFlow>();
  /** Paragraphs that did not become a line shorter (`id -`) or longer (`id +`). */
  readonly #refused = new Set<string>();
  /** Blocks at which lines were added or left free to no effect. */
  readonly #spent = new Set<string>();
  readonly #unhyphenated = new Set<string>();
  readonly #loosened = new Map<string, number>();

  constructor(manuscript: Manuscript, layout: BookLayout) {
    this.#manuscript = manuscript;
    this.#layout = layout;
  }

  /** What to change after a setting was measured; null when there is nothing left to try. */
  next(measured: MeasuredBook): Adjustments | null {
    const uneven = new Set(measured.faults.unbalanced.map((page) => page - 1));
    let isChanged = false;
    for (const flow of chapterFlows(this.#manuscript, this.#layout, measured)) {
      if (this.#mendParagraphs(flow)) isChanged = true;
      const isUneven = range(flow.firstPage, flow.firstPage + flow.pages).some((page) =>
        uneven.has(page),
      );
      const written = this.#asWritten.get(flow.chapterId);
      if (written === undefined || written.startsOnVerso !== flow.startsOnVerso) {
        if (!this.#plans.has(flow.chapterId)) this.#asWritten.set(flow.chapterId, flow);
      }
      if (isUneven && this.#plan(flow)) isChanged = true;
    }
    return isChanged ? this.#adjustments() : null;
  }

  #plan(flow: MeasuredFlow): boolean {
    const written = this.#asWritten.get(flow.chapterId) ?? flow;
    const before = this.#plans.get(flow.chapterId);
    for (const [id, by] of before?.fits ?? []) {
      const was = written.units.find((unit) => unit.id === id)?.lines ?? 0;
      const is = flow.units.find((unit) => unit.id === id)?.lines ?? 0;
      if (is !== was + Math.sign(by)) this.#refused.add(`${id} ${by < 0 ? '-' : '+'}`);
    }
    let plan = this.#planOf(written);
    if (before && isSame(plan, before)) {
      // The pages did not come as the plan had them, so it is made again by other means.
      for (const id of [...before.shortPages.keys(), ...before.breaks.keys()]) this.#spent.add(id);
      plan = this.#planOf(written);
    }
    if (isEmpty(plan) || (before && isSame(plan, before))) return false;
    this.#plans.set(flow.chapterId, plan);
    return true;
  }

  #planOf(written: MeasuredFlow): ChapterPlan {
    return planChapter({ ...written, units: written.units.map((unit) => this.#allowed(unit)) });
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

  /** Runts and stacks of hyphens are mended in the paragraph itself. */
  #mendParagraphs(flow: MeasuredFlow): boolean {
    let isChanged = false;
    for (const { id, block } of flow.units) {
      if (id === null || block === null) continue;
      const faults = paragraphFaults(block);
      if (faults.isRunt && !this.#loosened.has(id)) {
        this.#loosened.set(id, MOST_FIT);
        isChanged = true;
      }
      if (faults.hasHyphenStack && !this.#unhyphenated.has(id)) {
        this.#unhyphenated.add(id);
        isChanged = true;
      }
    }
    return isChanged;
  }

  #adjustments(): Adjustments {
    const plans = [...this.#plans.values()];
    return {
      fits: new Map([...this.#loosened, ...plans.flatMap((plan) => [...plan.fits])]),
      breaks: new Map(plans.flatMap((plan) => [...plan.breaks])),
      shortPages: new Map(plans.flatMap((plan) => [...plan.shortPages])),
      unhyphenated: new Set(this.#unhyphenated),
    };
  }
}

/** How many things a typesetter would object to. */
export function countFaults({ faults }: MeasuredBook): number {
  return Object.values(faults).reduce((sum, pages) => sum + pages.length, 0);
}

function isEmpty({ fits, breaks, shortPages }: ChapterPlan): boolean {
  return fits.size + breaks.size + shortPages.size === 0;
}

function isSame(one: ChapterPlan, other: ChapterPlan): boolean {
  const text = ({ fits, breaks, shortPages }: ChapterPlan) =>
    JSON.stringify([[...fits], [...breaks], [...shortPages]]);
  return text(one) === text(other);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
