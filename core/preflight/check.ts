import { type Chapter, chapterLabel, type Manuscript } from '../book/manuscript.ts';
import { type Ignored, type IgnoredPlace, keyOf, NOTHING_IGNORED, placeOf } from './ignored.ts';
import { RULES } from './registry.ts';
import { appliesTo, type ChapterView, type Rule, type Severity, type Spot } from './rule.ts';
import { bookView, chapterView } from './views.ts';

/** Something in a book that a reader, a shop, a printer or a screen reader would stumble over. */
export type Finding = {
  /** The rule: `quote/straight-double`. */
  id: string;
  severity: Severity;
  /** For people: the chapter, or “book”. */
  where: string;
  /** What was found. */
  message: string;
  why: string;
  /** What to do about it. */
  fix: string;
  /** Whether it can be mended by itself; `changesWords` when that changes letters or digits. */
  canFix: boolean;
  changesWords?: boolean;
  chapterId?: string;
  blockId?: string;
  /** Offsets in the text of the block, in UTF-16 units. */
  start?: number;
  end?: number;
  /** The words around the place, and which of them were found. */
  excerpt?: string;
  found?: { start: number; end: number };
  /** What is particular about this place. */
  note?: string;
  /** How many there are in the chapter, for what is named once. */
  count?: number;
  /** Names the place in the list of ignored ones. */
  place?: IgnoredPlace;
};

/** A spot with the rule that found it. */
export type RuledSpot = { rule: Rule; spot: Spot };

type Kept = {
  chapter: Pick<Chapter, 'id' | 'title' | 'role'>;
  language: string;
  view: ChapterView;
  spots: RuledSpot[];
};

/** Finds what the rules have to say about manuscripts, again only in chapters that changed. */
export class ManuscriptChecker {
  readonly #kept = new WeakMap<readonly unknown[], Kept>();
  readonly #rules: readonly Rule[];

  constructor(rules: readonly Rule[] = RULES) {
    this.#rules = rules;
  }

  /** Reads one chapter, so that a caller can do something else between two of them. */
  readChapter(chapter: Chapter, language: string): void {
    this.#chapter(chapter, language);
  }

  /** What was found, what concerns the whole book first, then in reading order. */
  check(manuscript: Manuscript, ignored: Ignored = NOTHING_IGNORED): Finding[] {
    const labels = new Map(
      manuscript.chapters.map((chapter, index) => [chapter.id, chapterLabel(chapter, index)]),
    );
    const rules = new Set(ignored.rules);
    const places = new Set(ignored.places.map(keyOf));
    const heeded = this.spots(manuscript).filter(
      ({ rule, spot }) =>
        !rules.has(rule.id) && (places.size === 0 || !places.has(keyOf(placeOf(rule.id, spot)))),
    );
    return countNiceties(heeded).map(({ ruled, count }) => toFinding(ruled, count, labels));
  }

  /** Every place that a rule finds, in reading order. */
  spots(manuscript: Manuscript): RuledSpot[] {
    const { language } = manuscript.metadata;
    const kept = manuscript.chapters.map((chapter) => this.#chapter(chapter, language));
    const book = bookView(
      manuscript,
      kept.map(({ view }) => view),
    );
    const spots: RuledSpot[] = [];
    for (const rule of this.#rules) {
      if (!appliesTo(rule, language)) continue;
      if (rule.reads === 'book') {
        for (const spot of rule.find(book, language)) spots.push({ rule, spot });
      } else if (rule.reads === 'text' && rule.fields.includes('detail')) {
        for (const passage of book.details) {
          for (const hit of rule.find(passage, language))
            spots.push({ rule, spot: { passage, ...hit } });
        }
      }
    }
    return inReadingOrder(
      [...spots, ...kept.flatMap((one) => one.spots)],
      kept.map(({ view }) => view),
    );
  }

  #chapter(chapter: Chapter, language: string): Kept {
    const known = this.#kept.get(chapter.blocks);
    const isSame =
      known?.language === language &&
      known.chapter.id === chapter.id &&
      known.chapter.title === chapter.title &&
      known.chapter.role === chapter.role;
    if (known !== undefined && isSame) return known;
    const view = chapterView(chapter, language);
    const spots = this.#rules.flatMap((rule) =>
      appliesTo(rule, language) ? chapterSpots(rule, view, language) : [],
    );
    const kept = { chapter, language, view, spots };
    this.#kept.set(chapter.blocks, kept);
    return kept;
  }
}

function chapterSpots(rule: Rule, view: ChapterView, language: string): RuledSpot[] {
  if (rule.reads === 'book') return [];
  if (rule.reads === 'chapter') return rule.find(view, language).map((spot) => ({ rule, spot }));
  const spots: RuledSpot[] = [];
  const { needs, needsOneOf, fields } = rule;
  for (const passage of view.passages) {
    if (needs !== undefined && !hasAny(passage.signs, needs)) continue;
    if (needsOneOf !== undefined && !needsOneOf.test(passage.signs)) continue;
    if (!fields.includes(passage.field)) continue;
    for (const hit of rule.find(passage, language)) {
      spots.push({
        rule,
        spot: { chapterId: view.id, blockId: passage.block?.id, passage, ...hit },
      });
    }
  }
  return spots;
}

function hasAny(signs: string, needs: string): boolean {
  for (let index = 0; index < needs.length; index += 1) {
    if (signs.includes(needs.charAt(index))) return true;
  }
  return false;
}

/** Spots by chapter, block and offset; what belongs to no chapter first. */
function inReadingOrder(spots: RuledSpot[], views: readonly ChapterView[]): RuledSpot[] {
  const order = new Map<string, number>();
  for (const view of views) {
    order.set(`chapter ${view.id}`, order.size + 1);
    for (const { block } of view.placed) order.set(`${view.id} ${block.id}`, order.size + 1);
  }
  const keyed = spots.map((ruled) => {
    const { chapterId, blockId, passage, start = 0 } = ruled.spot;
    const isInBlock = chapterId !== undefined && blockId !== undefined;
    const key = isInBlock ? `${chapterId} ${blockId}` : `chapter ${chapterId ?? ''}`;
    return { ruled, block: order.get(key) ?? 0, at: (passage?.base ?? 0) + start };
  });
  return keyed.sort((a, b) => a.block - b.block || a.at - b.at).map(({ ruled }) => ruled);
}

/** Niceties once a chapter, with their number. */
function countNiceties(spots: readonly RuledSpot[]): { ruled: RuledSpot; count?: number }[] {
  const counted: { ruled: RuledSpot; count?: number }[] = [];
  const first = new Map<string, { ruled: RuledSpot; count?: number }>();
  for (const ruled of spots) {
    const key = `${ruled.rule.id} ${ruled.spot.chapterId ?? ''}`;
    const known = ruled.rule.isNicety ? first.get(key) : undefined;
    if (known !== undefined) {
      known.count = (known.count ?? 1) + 1;
      continue;
    }
    const entry = ruled.rule.isNicety ? { ruled, count: 1 } : { ruled };
    if (ruled.rule.isNicety) first.set(key, entry);
    counted.push(entry);
  }
  return counted;
}

const DETAIL_NAMES = {
  title: 'title',
  subtitle: 'subtitle',
  description: 'description',
  rights: 'rights',
};

function toFinding(
  { rule, spot }: RuledSpot,
  count: number | undefined,
  labels: ReadonlyMap<string, string>,
): Finding {
  const { chapterId, blockId, passage, start, end, note } = spot;
  const detail = passage?.detail;
  const label = chapterId === undefined ? 'book' : (labels.get(chapterId) ?? 'book');
  const base = passage?.base ?? 0;
  return {
    id: rule.id,
    severity: rule.severity,
    where: detail ? `book, ${DETAIL_NAMES[detail]}` : label,
    message: rule.title,
    why: rule.why,
    fix: rule.mend,
    canFix: canMend(spot),
    ...(rule.changesWords && canMend(spot) && { changesWords: true }),
    ...(chapterId !== undefined && { chapterId }),
    ...(blockId !== undefined && { blockId }),
    ...(blockId !== undefined && start !== undefined && { start: base + start }),
    ...(blockId !== undefined && end !== undefined && { end: base + end }),
    ...excerptOf(spot),
    ...(note !== undefined && { note }),
    ...(count !== undefined && { count }),
    place: placeOf(rule.id, spot),
  };
}

/** Whether a spot says what mends it. */
export function canMend(spot: Spot): boolean {
  return spot.instead !== undefined || spot.becomes !== undefined;
}

const AROUND = 28;
const MAX_SHOWN = 120;

function excerptOf({ passage, start, end, excerpt }: Spot): Pick<Finding, 'excerpt' | 'found'> {
  if (excerpt !== undefined || passage === undefined || start === undefined || end === undefined) {
    return excerpt === undefined ? {} : { excerpt: excerpt.toWellFormed() };
  }
  const { text } = passage;
  const shownEnd = Math.min(end, start + MAX_SHOWN);
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, shownEnd + AROUND);
  // Half a word at either end tells nothing.
  const head = from === 0 ? 0 : from + Math.max(0, text.slice(from, start).search(/\s/u) + 1);
  const after = text.slice(shownEnd, to);
  const tail = to === text.length ? to : shownEnd + Math.max(0, after.search(/\s\S*$/u));
  const before = head === 0 ? '' : '…';
  return {
    excerpt: `${before}${text.slice(head, tail)}${tail === text.length ? '' : '…'}`.toWellFormed(),
    found: { start: start - head + before.length, end: Math.min(end, tail) - head + before.length },
  };
}
