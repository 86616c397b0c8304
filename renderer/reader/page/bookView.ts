import 'foliate-js/paginator.js';
import 'foliate-js/fixed-layout.js';
import type { FixedLayout } from 'foliate-js/fixed-layout.js';
import type { FoliateSection, Paginator } from 'foliate-js/paginator.js';
import type { OpenBook, ReadingSection } from '#core/contract/reading.ts';
import { encodeBookPath } from '#core/reading/bookPath.ts';
import { lineWidth, markStyle, pageColors, pageStyle } from '#core/reading/pageStyle.ts';
import { placeOfTotal, totalProgress } from '#core/reading/progress.ts';
import type { Appearance, Place } from '#core/reading/readingModel.ts';
import { documentText } from './documentText.ts';
import { FlowingPages } from './flowingPages.ts';
import { fontFaces } from './fontFaces.ts';
import { placeOfRange, rangeOfPlace } from './places.ts';
import { settleViewport } from './viewport.ts';

/** What of a book is in sight. */
export type Sight = {
  place: Place;
  /** The document that the place is in. */
  index: number;
  /** What is visible of it; null on fixed pages, of which all is. */
  range: Range | null;
  /** Documents in sight: two on a spread of fixed pages. */
  indexes: number[];
  isAtStart: boolean;
  isAtEnd: boolean;
};

export type BookViewEvents = {
  onSight: (sight: Sight) => void;
  /** A document was loaded; what listens to it or paints on it begins here. */
  onDocument: (doc: Document, index: number) => void;
  /** A document of the book is damaged; what could be read of it is shown. */
  onTrouble: (sentence: string) => void;
};

type Target = number | ((doc: Document) => Range | Element | number);
type Moved = { reason?: string | null; range: Range | null; index: number };
type Loaded = { doc: Document; index: number };
/** Neighbouring fixed pages, which are laid out together. */
type FixedRun = { kind: 'fixed'; first: number; view: FixedLayout; sections: FoliateSection[] };

/** Moves that a reader makes, after which the place is what is in sight now. */
const OWN_MOVES = new Set(['page', 'snap', 'scroll', null]);
/** Keys that are pressed faster than pages turn. */
const MOST_WAITING = 2;
/** A wheel that rested so long is pushed anew. */
const WHEEL_REST_MS = 180;

/**
 * A book in an element of the page: flowing text in pages or as a scroll, fixed pages in spreads, one after the other
 * as the book has them. The one place that knows foliate-js. The place is kept by itself: only what the reader does
 * moves it, never a change of font, size or window.
 */
export class BookView {
  readonly #host: HTMLElement;
  readonly #book: OpenBook;
  readonly #events: BookViewEvents;
  readonly #sections: FoliateSection[];
  #appearance: Appearance;
  #shown: FixedRun | FlowingPages | null = null;
  #sight: Sight | null = null;
  /** Where the next report of a move is to be said to be, when it is known better than by what is in sight. */
  #wanted: Place | null = null;
  #moved = false;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isClosed = false;
  #wheeledAtMs = 0;

  constructor(host: HTMLElement, book: OpenBook, appearance: Appearance, events: BookViewEvents) {
    this.#host = host;
    this.#book = book;
    this.#appearance = appearance;
    this.#events = events;
    this.#sections = book.sections.map((section) => this.#foliateSection(section));
  }

  get sight(): Sight | null {
    return this.#sight;
  }

  /** Documents that are loaded: those in sight, and of flowing text those before and after. */
  documents(): { doc: Document; index: number }[] {
    const shown = this.#shown;
    if (shown === null) return [];
    const loaded =
      shown.kind === 'flowing'
        ? shown.all().flatMap(({ view }) => view.getContents())
        : shown.view.getContents();
    return loaded.flatMap(({ doc }) => (doc === null ? [] : whichOf(doc)));
  }

  /** Shows the book at a place, or at its beginning. */
  async open(place: Place | null): Promise<void> {
    const index = place === null ? -1 : this.indexOf(place.path);
    if (place === null || index < 0) await this.goToSection(this.#firstLinear(), 0);
    else await this.goToPlace(place, index);
  }

  indexOf(path: string): number {
    return this.#book.sections.findIndex((section) => section.path === path);
  }

  goToPlace(place: Place, index = this.indexOf(place.path)): Promise<void> {
    if (index < 0) return this.goToTotal(place.total);
    return this.#then(async () => {
      this.#wanted = { ...place, path: this.#book.sections[index]?.path ?? place.path };
      await this.#show(index, (doc) => rangeOfPlace(doc, place, 'point'));
    });
  }

  goToSection(index: number, target: Target = 0): Promise<void> {
    return this.#then(() => this.#show(index, target));
  }

  /** Goes to a part of a document: the element of an id, or its beginning. */
  goToFragment(index: number, fragment: string | null): Promise<void> {
    return this.goToSection(index, (doc) => {
      if (fragment === null || fragment === '') return 0;
      return doc.getElementById(fragment) ?? doc.getElementsByName(fragment)[0] ?? 0;
    });
  }

  /** Goes as far into the whole book as `total` says, from 0 to 1. */
  goToTotal(total: number): Promise<void> {
    const { index, progression } = placeOfTotal(this.#book.sections, total);
    return this.goToSection(index, (doc) => {
      const { text } = documentText(doc);
      if (text.length === 0 || progression === 0) return 0;
      const place = {
        path: '',
        cfi: null,
        quote: { exact: '', prefix: '', suffix: '' },
        progression,
        total,
      };
      return rangeOfPlace(doc, place, 'point');
    });
  }

  next(): Promise<void> {
    return this.#turn(1);
  }

  prev(): Promise<void> {
    return this.#turn(-1);
  }

  left(): Promise<void> {
    return this.#book.direction === 'rtl' ? this.next() : this.prev();
  }

  right(): Promise<void> {
    return this.#book.direction === 'rtl' ? this.prev() : this.next();
  }

  /** A wheel that turns on at the end of a scroll goes on to the next document, once for each push. */
  wheel(deltaY: number, atMs: number): void {
    const shown = this.#shown;
    if (shown?.kind !== 'flowing' || !shown.view.scrolled || deltaY === 0) return;
    const direction = deltaY > 0 ? 1 : -1;
    const isPush = atMs - this.#wheeledAtMs > WHEEL_REST_MS;
    this.#wheeledAtMs = atMs;
    if (isPush && !isWithin(shown.view, direction)) void this.#turn(direction);
  }

  first(): Promise<void> {
    return this.goToSection(this.#firstLinear(), 0);
  }

  last(): Promise<void> {
    return this.goToSection(this.#adjacent(this.#book.sections.length, -1) ?? 0, 1);
  }

  /** Brings a stretch of a document that is loaded into sight, unless it is; the place goes along. */
  async reveal(index: number, range: Range): Promise<void> {
    if (this.isVisible(range)) return;
    await this.goToSection(index, () => range);
  }

  /** Whether the beginning of a stretch is in sight. */
  isVisible(range: Range): boolean {
    const frame = range.startContainer.ownerDocument?.defaultView?.frameElement;
    const rect = [...range.getClientRects()].find((one) => one.width > 0 || one.height > 0);
    if (frame === null || frame === undefined || rect === undefined) return false;
    if (!frame.checkVisibility({ visibilityProperty: true })) return false;
    const outer = frame.getBoundingClientRect();
    const room = roomOf(frame, this.#host);
    const scale =
      frame instanceof HTMLElement && frame.offsetWidth > 0 ? outer.width / frame.offsetWidth : 1;
    const x = outer.left + (rect.left + Math.min(rect.width, 2) / 2) * scale;
    const y = outer.top + (rect.top + rect.height / 2) * scale;
    return x >= room.left && x <= room.right && y >= room.top && y <= room.bottom;
  }

  setAppearance(appearance: Appearance): void {
    this.#appearance = appearance;
    const shown = this.#shown;
    if (shown?.kind === 'flowing') {
      for (const { view, index } of shown.all()) this.#applyAppearance(view, index);
      for (const { doc } of this.documents()) this.#settlePublisherStyles(doc);
    } else {
      for (const { doc } of this.documents()) {
        const style = doc.getElementById(MARK_STYLE_ID);
        if (style !== null) style.textContent = markStyle(pageColors(appearance));
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#drop();
  }

  #foliateSection(section: ReadingSection): FoliateSection {
    const side = section.side ?? (section.spread === 'none' ? 'center' : null);
    return {
      id: section.path,
      linear: section.linear ? 'yes' : 'no',
      ...(side !== null && { pageSpread: side }),
      size: section.length,
      load: () => `${this.#book.root}${encodeBookPath(section.path)}?page`,
      unload: () => {},
    };
  }

  #firstLinear(): number {
    return Math.max(
      0,
      this.#book.sections.findIndex((section) => section.linear),
    );
  }

  #adjacent(index: number, direction: 1 | -1): number | null {
    const { sections } = this.#book;
    for (let at = index + direction; at >= 0 && at < sections.length; at += direction)
      if (sections[at]?.linear === true) return at;
    return null;
  }

  /** Does one thing after the other: pages that load while another is asked for would come in any order. */
  #then(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(() => (this.#isClosed ? undefined : work()));
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #turn(direction: 1 | -1): Promise<void> {
    if (this.#waiting > MOST_WAITING) return;
    this.#waiting += 1;
    try {
      await this.#then(() => this.#turnNow(direction));
    } finally {
      this.#waiting -= 1;
    }
  }

  async #turnNow(direction: 1 | -1): Promise<void> {
    const shown = this.#shown;
    if (shown === null) return;
    if (shown.kind === 'flowing') {
      if (isWithin(shown.view, direction)) {
        await turnFlowing(shown.view, direction);
        return;
      }
    } else {
      this.#moved = false;
      await (direction === 1 ? shown.view.next() : shown.view.prev());
      if (this.#moved) return;
    }
    const edge =
      shown.kind === 'flowing'
        ? (this.#sight?.index ?? 0)
        : direction === 1
          ? shown.first + shown.sections.length - 1
          : shown.first;
    const index = this.#adjacent(edge, direction);
    if (index !== null) await this.#show(index, direction === 1 ? 0 : 1);
  }

  async #show(index: number, target: Target): Promise<void> {
    const section = this.#book.sections[index];
    if (section === undefined) return;
    if (section.layout === 'pre-paginated') {
      const run = this.#fixedRun(index);
      await run.view.goTo({ index: index - run.first });
      return;
    }
    const pages = this.#flowing();
    const view = await pages.turnTo(index);
    this.#settleFlow(view, section);
    await view.goTo({ index, anchor: typeof target === 'function' ? target : () => target });
    // A share of a document would be another place after a change of size; the words in sight stay the same.
    const sight = this.#sight;
    if (target === 1 && sight?.range) {
      this.#wanted = sight.place;
      await view.scrollToAnchor(fromFirstLetter(sight.range));
    }
    this.#loadAround(index, pages);
  }

  #flowing(): FlowingPages {
    if (this.#shown?.kind === 'flowing') return this.#shown;
    this.#drop();
    this.#shown = new FlowingPages(() => {
      const view = document.createElement('foliate-paginator') as Paginator;
      this.#listen(view, 0);
      this.#host.append(view);
      view.open({ dir: this.#book.direction, sections: this.#sections });
      this.#applyAppearance(view, this.#sight?.index ?? 0);
      return view;
    });
    return this.#shown;
  }

  #fixedRun(index: number): FixedRun {
    const { sections } = this.#book;
    const isFixed = (at: number) => sections[at]?.layout === 'pre-paginated';
    let first = index;
    while (isFixed(first - 1)) first -= 1;
    let end = index + 1;
    while (isFixed(end)) end += 1;
    if (this.#shown?.kind === 'fixed' && this.#shown.first === first) return this.#shown;
    this.#drop();
    const view = document.createElement('foliate-fxl') as FixedLayout;
    this.#listen(view, first);
    this.#host.append(view);
    const all = this.#sections.slice(first, end);
    // A page without a neighbour has the whole room.
    const run =
      all.length === 1 ? all.map((one) => ({ ...one, pageSpread: 'center' as const })) : all;
    const spread = sections[index]?.spread ?? 'auto';
    view.open({
      dir: this.#book.direction,
      rendition: spread === 'auto' ? {} : { spread },
      sections: run,
    });
    this.#shown = { kind: 'fixed', first, view, sections: run };
    return this.#shown;
  }

  #listen(view: HTMLElement, first: number): void {
    view.addEventListener('load', (event) => {
      const { doc, index } = detailOf<Loaded>(event);
      if (index >= 0) this.#settleDocument(doc, first + index, view);
    });
    view.addEventListener('relocate', (event) => {
      // One behind it says where it is too.
      if (this.#shown?.view !== view) return;
      const { reason, range, index } = detailOf<Moved>(event);
      this.#noteMove(reason ?? null, range, first + Math.max(0, index));
    });
  }

  #settleDocument(doc: Document, index: number, view: HTMLElement): void {
    frameIndexes.set(doc, index);
    if (doc.body === null) giveBody(doc);
    const section = this.#book.sections[index];
    if (section?.layout === 'pre-paginated') {
      settleViewport(doc, { width: view.clientWidth, height: view.clientHeight });
      const style = doc.createElementNS('http://www.w3.org/1999/xhtml', 'style');
      style.id = MARK_STYLE_ID;
      style.textContent = markStyle(pageColors(this.#appearance));
      (doc.head ?? doc.documentElement).append(style);
    } else {
      // Sizes of the window are sizes of the room that a page has.
      doc.documentElement.style.setProperty('--page-w', `${view.clientWidth / 100}px`);
      doc.documentElement.style.setProperty('--page-h', `${view.clientHeight / 100}px`);
      this.#settlePublisherStyles(doc);
    }
    if (doc.querySelector('parsererror') !== null) {
      this.#events.onTrouble(
        'This part of the book is damaged. What could be read of it is shown; the file is unchanged.',
      );
    }
    this.#events.onDocument(doc, index);
  }

  #settlePublisherStyles(doc: Document): void {
    const isOn = this.#appearance.publisherStyles;
    const own = new Set([...doc.head.querySelectorAll('style')].filter((one) => isOwn(one, doc)));
    for (const sheet of doc.styleSheets) {
      const owner = sheet.ownerNode;
      if (owner === null || ![...own].some((one) => one === owner)) sheet.disabled = !isOn;
    }
  }

  #applyAppearance(view: Paginator, index: number): void {
    const appearance = this.#appearance;
    const [before, after] = pageStyle(appearance, fontFaces());
    view.setAttribute('gap', `${appearance.margin}%`);
    view.setAttribute('margin', '44px');
    view.setAttribute('max-inline-size', `${lineWidth(appearance)}px`);
    view.setAttribute('max-block-size', '1600px');
    view.setAttribute('max-column-count', appearance.columns === 'one' ? '1' : '2');
    const section = this.#book.sections[index];
    if (section !== undefined) this.#settleFlow(view, section);
    view.setStyles([before, after]);
  }

  #settleFlow(view: Paginator, section: ReadingSection): void {
    const isScrolled = this.#appearance.flow === 'scroll' || section.flow.startsWith('scrolled');
    const flow = isScrolled ? 'scrolled' : 'paginated';
    if (view.getAttribute('flow') !== flow) view.setAttribute('flow', flow);
  }

  #noteMove(reason: string | null, range: Range | null, index: number): void {
    this.#moved = true;
    const wanted = this.#wanted;
    this.#wanted = null;
    const isSettled = !OWN_MOVES.has(reason) && reason !== 'navigation' && this.#sight !== null;
    const place =
      wanted ??
      (isSettled && this.#shown?.kind === 'flowing' && this.#sight?.index === index
        ? this.#sight.place
        : this.#placeOf(index, range));
    const indexes =
      this.#shown?.kind === 'fixed' ? this.documents().map((one) => one.index) : [index];
    const shown = this.#shown;
    this.#sight = {
      place,
      index,
      range,
      indexes,
      isAtStart:
        this.#adjacent(Math.min(index, ...indexes), -1) === null &&
        (shown?.kind !== 'flowing' || !isWithin(shown.view, -1)),
      isAtEnd:
        this.#adjacent(Math.max(index, ...indexes), 1) === null &&
        (shown?.kind !== 'flowing' || !isWithin(shown.view, 1)),
    };
    this.#events.onSight(this.#sight);
  }

  #placeOf(index: number, range: Range | null): Place {
    if (range !== null) return placeOfRange(this.#book, index, range, 'point');
    return {
      path: this.#book.sections[index]?.path ?? '',
      cfi: this.#book.sections[index]?.cfi ?? null,
      quote: { exact: '', prefix: '', suffix: '' },
      progression: 0,
      total: totalProgress(this.#book.sections, index, 0),
    };
  }

  /** Has the next document and the one before loaded by the time they are turned to. */
  #loadAround(index: number, pages: FlowingPages): void {
    const around = [this.#adjacent(index, 1), this.#adjacent(index, -1)].flatMap((at) => {
      const section = at === null ? undefined : this.#book.sections[at];
      if (at === null || section === undefined || section.layout === 'pre-paginated') return [];
      return section.length > LONGEST_IN_ADVANCE ? [] : [at];
    });
    pages.prepare(around, (view, at) => {
      const section = this.#book.sections[at];
      if (section !== undefined) this.#settleFlow(view, section);
    });
  }

  #drop(): void {
    const shown = this.#shown;
    this.#shown = null;
    if (shown === null) return;
    if (shown.kind === 'flowing') {
      shown.close();
      return;
    }
    try {
      shown.view.destroy();
    } catch {
      // It had not shown anything yet.
    }
    shown.view.remove();
  }
}

/** Bytes of a document above which laying it out would hold up whoever turns pages meanwhile. */
const LONGEST_IN_ADVANCE = 200_000;
const MARK_STYLE_ID = 'reader-marks';
const frameIndexes = new WeakMap<Document, number>();

/** A document with its index, once it is loaded. */
function whichOf(doc: Document): { doc: Document; index: number }[] {
  const index = frameIndexes.get(doc);
  return index === undefined ? [] : [{ doc, index }];
}

/** What of the window shows a frame: what stands around it cuts off the pages beside the one in sight. */
function roomOf(frame: Element, host: HTMLElement) {
  let { left, top, right, bottom } = host.getBoundingClientRect();
  for (let around = frame.parentElement; around !== null; around = around.parentElement) {
    const rect = around.getBoundingClientRect();
    left = Math.max(left, rect.left);
    top = Math.max(top, rect.top);
    right = Math.min(right, rect.right);
    bottom = Math.min(bottom, rect.bottom);
  }
  return { left, top, right, bottom };
}

/** A document that is damaged before its body gets an empty one: what shows books reckons with it. */
function giveBody(doc: Document): void {
  const html = 'http://www.w3.org/1999/xhtml';
  const root = doc.createElementNS(html, 'html');
  const body = doc.createElementNS(html, 'body');
  root.append(doc.createElementNS(html, 'head'), body);
  body.append(doc.createElementNS(html, 'parsererror'));
  doc.documentElement.replaceWith(root);
}

function detailOf<T>(event: Event): T {
  return (event as CustomEvent<T>).detail;
}

function isWithin(view: Paginator, direction: 1 | -1): boolean {
  if (view.scrolled) return direction === 1 ? view.viewSize - view.end > 2 : view.start > 2;
  return direction === 1 ? view.page < view.pages - 2 : view.page > 1;
}

/** Without white space at its beginning, which stands at the end of a line: of the last one on the page before. */
function fromFirstLetter(range: Range): Range {
  const { startContainer, startOffset } = range;
  if (startContainer.nodeType !== Node.TEXT_NODE) return range;
  const space = startContainer.textContent?.slice(startOffset).search(/\S/u) ?? 0;
  const trimmed = range.cloneRange();
  if (space > 0) trimmed.setStart(startContainer, startOffset + space);
  return trimmed;
}

/** Turns within a document. The attribute `animated` spares a wait at the end; without it at the beginning nothing is animated. */
async function turnFlowing(view: Paginator, direction: 1 | -1): Promise<void> {
  view.removeAttribute('animated');
  const distance = view.scrolled ? Math.max(1, view.size * 0.9) : undefined;
  const turned = direction === 1 ? view.next(distance) : view.prev(distance);
  view.setAttribute('animated', '');
  await turned;
}

/** The first and the last style of a head are the reader’s own. */
function isOwn(style: HTMLStyleElement, doc: Document): boolean {
  return style === doc.head.firstElementChild || style === doc.head.lastElementChild;
}
