import { createStore, type StoreApi } from 'zustand';
import type { EngineClient } from '#core/contract/contract.ts';
import type { NavigationItem, OpenBook } from '#core/contract/reading.ts';
import { isExternalLink, resolveBookLink } from '#core/reading/bookPath.ts';
import type { Annotation, Appearance, HighlightColor, Place } from '#core/reading/readingModel.ts';
import { HIGHLIGHT_COLORS, HIGHLIGHT_STYLES } from '#core/reading/readingModel.ts';
import { notify, notifyFault } from '../client/notices.ts';
import { type ContentsRow, contentsRows, currentRow, headingsOf } from './contentsPlace.ts';
import { Narrator, type NarratorState } from './narrator.ts';
import { BookTexts } from './page/bookTexts.ts';
import { BookView, type Sight } from './page/bookView.ts';
import { rangeBetween } from './page/documentText.ts';
import { type NoteLine, noteLines, noteOf } from './page/footnote.ts';
import { paintMarks } from './page/marks.ts';
import { placeOfRange, rangeOfPlace } from './page/places.ts';
import { listenForTaps } from './page/taps.ts';

export type Panel = 'contents' | 'notes' | 'search' | 'appearance';
type Box = { left: number; top: number; width: number; height: number };

export type DeskState = {
  sight: Sight | null;
  row: number;
  appearance: Appearance;
  annotations: readonly Annotation[];
  panel: Panel | null;
  hasControls: boolean;
  /** Words that are chosen on the page, to be marked. */
  selection: { index: number; place: Place; box: Box; text: string } | null;
  /** The annotation whose note is written. */
  editing: Annotation | null;
  footnote: { lines: NoteLine[]; box: Box; target: { index: number; fragment: string } } | null;
  externalLink: string | null;
  narrator: NarratorState;
  /** Places that a jump left behind, to go back to. */
  back: readonly Place[];
};

const MOST_BACK = 50;

/** One open book: its view, what the reader does with it, and what is kept of that. */
export class ReadingDesk {
  readonly book: OpenBook;
  readonly rows: ContentsRow[];
  readonly texts: BookTexts;
  readonly state: StoreApi<DeskState>;
  readonly narrator: Narrator;
  readonly #engine: EngineClient;
  readonly #stop = new AbortController();
  #view: BookView | null = null;
  #found: { index: number; range: Range } | null = null;
  #spoken: { index: number; element: Element | null } | null = null;
  #saving = false;
  #unsaved: Place | null = null;
  #saved: Promise<unknown> = Promise.resolve();
  /** What keys do, while the page has the focus. */
  onKey: (event: KeyboardEvent) => void = () => {};

  constructor(book: OpenBook, engine: EngineClient) {
    this.book = book;
    this.#engine = engine;
    this.rows = contentsRows(book);
    this.texts = new BookTexts(book);
    this.state = createStore<DeskState>(() => ({
      sight: null,
      row: -1,
      appearance: book.appearance,
      annotations: book.annotations,
      panel: null,
      hasControls: true,
      selection: null,
      editing: null,
      footnote: null,
      externalLink: null,
      narrator: 'stopped',
      back: [],
    }));
    this.narrator = new Narrator(
      book,
      {
        onState: (narrator) => this.state.setState({ narrator }),
        onPassage: (index, passage) => this.#showPassage(index, passage),
        onNext: (which) => this.#nextToRead(which),
        onTrouble: (text) => notify({ tone: 'error', text, topic: 'reading.aloud' }),
      },
      async (section) => {
        const answer = await engine.call('reading.overlay', { sessionId: book.sessionId, section });
        return answer.ok ? answer.value.clips : [];
      },
    );
  }

  get view(): BookView | null {
    return this.#view;
  }

  /** Puts the book into an element of the page, at the place where it was left. */
  async show(host: HTMLElement): Promise<void> {
    const view = new BookView(host, this.book, this.state.getState().appearance, {
      onSight: (sight) => this.#noteSight(sight),
      onDocument: (doc, index) => this.#listen(doc, index),
      onTrouble: (text) => notify({ tone: 'error', text, topic: 'reading.damaged' }),
    });
    this.#view = view;
    for (const text of this.book.troubles) notify({ text, topic: text });
    const { place } = this.book;
    if (place === null) await view.open(null);
    else await this.goToPlace(place);
    void this.texts.readAll(this.#stop.signal);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.narrator.stop();
    this.#view?.close();
    this.#view = null;
    await this.#saved;
    await this.#engine.call('reading.close', { sessionId: this.book.sessionId });
  }

  /** Goes to a place, wherever its words are by now. */
  async goToPlace(place: Place): Promise<void> {
    const view = this.#view;
    if (view === null) return;
    const hasWords = place.quote.exact.trim() !== '';
    const found = hasWords ? await this.texts.findDocument(place) : null;
    const index = found ?? view.indexOf(place.path);
    if (index < 0) await view.goToTotal(place.total);
    else await view.goToPlace(place, index);
  }

  /** Goes to another place of the book, and remembers this one to come back. */
  async jump(go: (view: BookView) => Promise<unknown>): Promise<void> {
    const view = this.#view;
    if (view === null) return;
    const here = this.state.getState().sight?.place;
    if (here !== undefined)
      this.state.setState(({ back }) => ({ back: [...back, here].slice(-MOST_BACK) }));
    await go(view);
  }

  async goBack(): Promise<void> {
    const place = this.state.getState().back.at(-1);
    if (place === undefined) return;
    this.state.setState(({ back }) => ({ back: back.slice(0, -1) }));
    await this.goToPlace(place);
  }

  async goToEntry(entry: NavigationItem): Promise<void> {
    const { path, fragment } = entry;
    if (path === null) return;
    await this.goToPath(path, fragment);
  }

  async goToPath(path: string, fragment: string | null): Promise<void> {
    const index = this.#view?.indexOf(path) ?? -1;
    if (index < 0) {
      notify({ text: 'This link leads to a part of the book that is no page of it.' });
      return;
    }
    await this.jump((view) => view.goToFragment(index, fragment));
  }

  /** Goes to words that were found and shows them. */
  async goToHit(hit: { index: number; start: number; end: number }): Promise<void> {
    const find = (doc: Document) => rangeBetween(doc, hit.start, hit.end);
    await this.jump((view) => view.goToSection(hit.index, find));
    const doc = this.#documentAt(hit.index);
    if (doc === null) return;
    this.#found = { index: hit.index, range: find(doc) };
    paintMarks(doc, 'found', [this.#found.range]);
  }

  clearFound(): void {
    const doc = this.#found === null ? null : this.#documentAt(this.#found.index);
    this.#found = null;
    if (doc !== null) paintMarks(doc, 'found', []);
  }

  setAppearance(change: Partial<Appearance>): void {
    const appearance = { ...this.state.getState().appearance, ...change };
    this.state.setState({ appearance });
    this.#view?.setAppearance(appearance);
    void this.#engine.call('reading.appearance', { appearance });
  }

  /** The bookmark in sight, if there is one. */
  bookmarkInSight(): Annotation | undefined {
    const { annotations, sight } = this.state.getState();
    if (sight === null) return undefined;
    return annotations.find((one) => {
      if (one.kind !== 'bookmark') return false;
      const index = this.#view?.indexOf(one.place.path) ?? -1;
      if (!sight.indexes.includes(index)) return false;
      const doc = this.#documentAt(index);
      if (doc === null || sight.range === null) return doc !== null;
      return this.#view?.isVisible(characterAt(rangeOfPlace(doc, one.place, 'point'))) === true;
    });
  }

  /** Sets a bookmark at what is in sight, or takes it away. */
  async toggleBookmark(): Promise<void> {
    const there = this.bookmarkInSight();
    if (there !== undefined) {
      await this.removeAnnotation(there.id);
      return;
    }
    const { sight } = this.state.getState();
    if (sight === null) return;
    const place = sight.range === null ? sight.place : this.#placeInSight(sight, sight.range);
    await this.annotate(this.#newAnnotation('bookmark', place));
  }

  /** Marks the chosen words; `note` goes on to write about them. */
  async highlight(color: HighlightColor, then?: 'note'): Promise<void> {
    const { selection } = this.state.getState();
    if (selection === null) return;
    const annotation = { ...this.#newAnnotation('highlight', selection.place), color };
    this.dropSelection();
    await this.annotate(annotation);
    if (then === 'note') this.state.setState({ editing: annotation });
  }

  async annotate(annotation: Annotation): Promise<void> {
    const before = this.state.getState().annotations;
    const isKnown = before.some((one) => one.id === annotation.id);
    this.#setAnnotations(
      isKnown
        ? before.map((one) => (one.id === annotation.id ? annotation : one))
        : [...before, annotation],
    );
    const { sessionId } = this.book;
    const answer = await this.#engine.call('reading.annotate', { sessionId, annotation });
    if (!answer.ok) {
      notifyFault(answer.error);
      this.#setAnnotations(before);
    }
  }

  async removeAnnotation(id: string): Promise<void> {
    const removed = this.state.getState().annotations.find((one) => one.id === id);
    if (removed === undefined) return;
    this.#setAnnotations(this.state.getState().annotations.filter((one) => one.id !== id));
    const { sessionId } = this.book;
    const answer = await this.#engine.call('reading.removeAnnotation', { sessionId, id });
    if (!answer.ok) notifyFault(answer.error);
    else if (removed.kind === 'highlight') {
      notify({
        text: removed.note === '' ? 'Highlight removed.' : 'Note removed.',
        topic: 'reading.removed',
        action: { label: 'Undo', run: () => void this.annotate(removed) },
      });
    }
  }

  setAnnotations(annotations: readonly Annotation[]): void {
    this.#setAnnotations(annotations);
  }

  dropSelection(): void {
    this.state.setState({ selection: null });
    for (const { doc } of this.#view?.documents() ?? []) doc.getSelection()?.removeAllRanges();
  }

  togglePanel(panel: Panel): void {
    const isShown = this.state.getState().panel === panel;
    this.state.setState({ panel: isShown ? null : panel, hasControls: true, footnote: null });
    if (panel === 'search' && isShown) this.clearFound();
  }

  /** Begins, pauses or goes on reading aloud. */
  async toggleNarration(): Promise<void> {
    if (this.narrator.state === 'playing') this.narrator.pause();
    else if (this.narrator.state === 'paused') this.narrator.resume();
    else {
      const { sight } = this.state.getState();
      const shown = this.#view?.documents().find(({ index }) => index === sight?.index);
      if (shown !== undefined)
        await this.narrator.start(shown.doc, shown.index, sight?.range ?? null);
    }
  }

  #noteSight(sight: Sight): void {
    const doc = this.#documentAt(sight.index);
    const row = currentRow(this.rows, sight.index, (fragment) => {
      const element = doc?.getElementById(fragment);
      if (element === null || element === undefined || sight.range === null) return true;
      const end = sight.range.cloneRange();
      end.collapse(false);
      return end.comparePoint(element, 0) <= 0;
    });
    const before = this.state.getState().sight?.place;
    this.state.setState({ sight, row, ...(before !== sight.place && { footnote: null }) });
    if (before !== sight.place) this.#keep(sight.place);
  }

  /** Keeps the place; while one is being written the newest waits, and none in between. */
  #keep(place: Place): void {
    this.#unsaved = place;
    if (this.#saving) return;
    this.#saving = true;
    this.#saved = (async () => {
      while (this.#unsaved !== null) {
        const next = this.#unsaved;
        this.#unsaved = null;
        await this.#engine.call('reading.position', {
          sessionId: this.book.sessionId,
          place: next,
        });
      }
      this.#saving = false;
    })().catch(() => {
      this.#saving = false;
    });
  }

  #listen(doc: Document, index: number): void {
    this.#paintAnnotations(doc, index);
    doc.addEventListener('keydown', (event) => this.onKey(event));
    doc.addEventListener('pointerdown', () => this.state.setState({ footnote: null }));
    doc.addEventListener('pointermove', () => window.dispatchEvent(new Event('reader-pointer')));
    doc.addEventListener('click', (event) => {
      const link = linkOf(event.target);
      if (link !== null) {
        event.preventDefault();
        this.#follow(link, index);
      }
    });
    listenForTaps(doc, (event) => this.#tap(event, doc, index));
    // What shows books would take the focus for a place that the reader went to.
    doc.addEventListener(
      'focusin',
      (event) => {
        event.stopImmediatePropagation();
        if (event.target === null || !('closest' in event.target)) return;
        const range = doc.createRange();
        range.selectNodeContents(event.target as Element);
        void this.#view?.reveal(index, range);
      },
      true,
    );
    // A middle click or one with a modifier would open a window of its own.
    doc.addEventListener('auxclick', (event) => event.preventDefault());
    doc.addEventListener('wheel', (event) => this.#view?.wheel(event.deltaY, event.timeStamp), {
      passive: true,
    });
    doc.addEventListener('submit', (event) => event.preventDefault());
    doc.addEventListener('dragstart', (event) => event.preventDefault());
    doc.addEventListener('selectionchange', () => this.#noteSelection(doc, index));
  }

  #noteSelection(doc: Document, index: number): void {
    const selection = doc.getSelection();
    const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    if (range === null || range.collapsed || range.toString().trim() === '') {
      // Documents that are loaded beside the one in sight tell of their own choice, which is empty.
      if (this.state.getState().selection?.index === index)
        this.state.setState({ selection: null });
      return;
    }
    this.state.setState({
      selection: {
        index,
        place: placeOfRange(this.book, index, range, 'stretch'),
        box: boxOf(range, doc),
        text: range.toString(),
      },
    });
  }

  #follow(link: Element, index: number): void {
    const href =
      link.getAttribute('href') ??
      link.getAttributeNS('http://www.w3.org/1999/xlink', 'href') ??
      '';
    const path = this.book.sections[index]?.path ?? '';
    if (isExternalLink(href)) {
      // Links that would run something lead nowhere.
      if (/^(https?|mailto):/i.test(href.trim()))
        this.state.setState({ externalLink: href.trim() });
      return;
    }
    const place = resolveBookLink(href, path);
    if (place === null) return;
    void this.#openLink(link, index, place.path, place.fragment);
  }

  async #openLink(
    link: Element,
    from: number,
    path: string,
    fragment: string | null,
  ): Promise<void> {
    const index =
      path === this.book.sections[from]?.path ? from : (this.#view?.indexOf(path) ?? -1);
    if (fragment !== null && index >= 0) {
      const doc = this.#documentAt(index) ?? (await this.texts.document(index));
      const target = doc?.getElementById(fragment) ?? null;
      const note = target === null ? null : noteOf(link, target);
      const lines = note === null ? [] : noteLines(note);
      if (lines.length > 0) {
        const box = boxOf(link, link.ownerDocument);
        this.state.setState({ footnote: { lines, box, target: { index, fragment } } });
        return;
      }
    }
    await this.goToPath(path, fragment);
  }

  #tap(event: MouseEvent, doc: Document, index: number): void {
    const annotation = this.#annotationAt(event, doc, index);
    if (annotation !== null) {
      this.state.setState({ editing: annotation });
      return;
    }
    const frame = doc.defaultView?.frameElement?.getBoundingClientRect();
    const scale =
      frame === undefined ? 1 : frame.width / Math.max(1, doc.defaultView?.innerWidth ?? 1);
    const x = (frame?.left ?? 0) + event.clientX * scale;
    const share = x / window.innerWidth;
    const isPaged = this.state.getState().appearance.flow === 'pages';
    if (isPaged && share < 0.22) void this.#view?.left();
    else if (isPaged && share > 0.78) void this.#view?.right();
    else this.state.setState(({ hasControls }) => ({ hasControls: !hasControls, panel: null }));
  }

  #annotationAt(event: MouseEvent, doc: Document, index: number): Annotation | null {
    const hit = this.#highlightsIn(index).find((annotation) =>
      [...rangeOfPlace(doc, annotation.place, 'stretch').getClientRects()].some(
        (rect) =>
          event.clientX >= rect.left &&
          event.clientX <= rect.right &&
          event.clientY >= rect.top &&
          event.clientY <= rect.bottom,
      ),
    );
    return hit ?? null;
  }

  #setAnnotations(annotations: readonly Annotation[]): void {
    this.state.setState({ annotations });
    for (const { doc, index } of this.#view?.documents() ?? []) this.#paintAnnotations(doc, index);
  }

  #highlightsIn(index: number): Annotation[] {
    const path = this.book.sections[index]?.path;
    return this.state
      .getState()
      .annotations.filter((one) => one.kind === 'highlight' && one.place.path === path);
  }

  #paintAnnotations(doc: Document, index: number): void {
    const here = this.#highlightsIn(index);
    for (const color of HIGHLIGHT_COLORS) {
      for (const style of HIGHLIGHT_STYLES) {
        const ranges = here
          .filter((one) => one.color === color && one.style === style)
          .map((one) => rangeOfPlace(doc, one.place, 'stretch'));
        paintMarks(doc, `mark-${color}-${style}`, ranges);
      }
    }
  }

  #newAnnotation(kind: Annotation['kind'], place: Place): Annotation {
    return {
      id: `urn:uuid:${crypto.randomUUID()}`,
      kind,
      place,
      color: 'yellow',
      style: 'solid',
      note: '',
      headings: headingsOf(this.rows, this.state.getState().row).slice(-12),
      createdAt: new Date().toISOString(),
      modifiedAt: null,
    };
  }

  #placeInSight(sight: Sight, range: Range): Place {
    return placeOfRange(this.book, sight.index, range, 'point');
  }

  #documentAt(index: number): Document | null {
    return this.#view?.documents().find((one) => one.index === index)?.doc ?? null;
  }

  #showPassage(index: number, passage: { range: Range; element: Element | null } | null): void {
    const { activeClass, playbackClass } = this.book;
    const before = this.#spoken;
    if (before !== null) {
      const doc = this.#documentAt(before.index);
      if (doc !== null) paintMarks(doc, 'spoken', []);
      if (playbackClass !== null) doc?.documentElement.classList.remove(playbackClass);
      if (activeClass !== null) before.element?.classList.remove(activeClass);
    }
    this.#spoken = passage === null ? null : { index, element: passage.element };
    if (passage === null) return;
    const doc = this.#documentAt(index);
    if (doc === null) return;
    if (playbackClass !== null) doc.documentElement.classList.add(playbackClass);
    if (passage.element !== null && activeClass !== null)
      passage.element.classList.add(activeClass);
    else paintMarks(doc, 'spoken', [passage.range]);
    void this.#view?.reveal(index, passage.range);
  }

  async #nextToRead(which: 'any' | 'recorded'): Promise<{ doc: Document; index: number } | null> {
    const view = this.#view;
    const { sight } = this.state.getState();
    if (view === null || sight === null) return null;
    const next = this.book.sections.findIndex(
      (one, at) => at > sight.index && one.linear && (which === 'any' || one.overlay),
    );
    if (next < 0) return null;
    await view.goToSection(next, 0);
    const doc = this.#documentAt(next);
    return doc === null ? null : { doc, index: next };
  }
}

/** A point of a text as the character that stands there, which has a size. */
function characterAt(point: Range): Range {
  const range = point.cloneRange();
  const node = range.startContainer;
  if (node.nodeType === Node.TEXT_NODE)
    range.setEnd(node, Math.min((node.nodeValue ?? '').length, range.startOffset + 1));
  return range;
}

function linkOf(target: EventTarget | null): Element | null {
  // Elements of a frame are no instances of this window’s classes.
  if (target === null || !('closest' in target)) return null;
  return (target as Element).closest('a[href], a[*|href], area[href]');
}

/** Where something of a page is in the window. */
function boxOf(of: Range | Element, doc: Document): Box {
  const rect = of.getBoundingClientRect();
  const rects = [...of.getClientRects()];
  const inner = rects.find((one) => one.width > 0) ?? rect;
  const frame = doc.defaultView?.frameElement;
  const outer = frame?.getBoundingClientRect();
  const scale =
    outer !== undefined && frame instanceof HTMLElement && frame.offsetWidth > 0
      ? outer.width / frame.offsetWidth
      : 1;
  return {
    left: (outer?.left ?? 0) + inner.left * scale,
    top: (outer?.top ?? 0) + inner.top * scale,
    width: inner.width * scale,
    height: inner.height * scale,
  };
}
