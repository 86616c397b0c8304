import type { Paginator } from 'foliate-js/paginator.js';

/** A view with a document that is not in sight. */
type Spare = { view: Paginator; index: number; ready: Promise<boolean> };

/** Loading waits for a moment in which nothing else happens, but not longer. */
const LONGEST_WAIT_MS = 1_000;

/**
 * The views of a book’s flowing documents: the one in sight, and behind it those of the documents before and after,
 * loaded and laid out in advance, so that the step into the next chapter takes no longer than any turn.
 */
export class FlowingPages {
  readonly kind = 'flowing';
  readonly #make: () => Paginator;
  #view: Paginator;
  #index = -1;
  #spares: Spare[] = [];
  #waiting: number | null = null;
  #isClosed = false;

  /** `make` gives a new view, which stands in the page. */
  constructor(make: () => Paginator) {
    this.#make = make;
    this.#view = make();
  }

  /** The one in sight. */
  get view(): Paginator {
    return this.#view;
  }

  /** All of them with their documents, the one in sight first; -1 where there is none yet. */
  all(): { view: Paginator; index: number }[] {
    return [{ view: this.#view, index: this.#index }, ...this.#spares];
  }

  /** The view that is to show a document: from now on the one in sight, with it already if it was loaded in advance. */
  async turnTo(index: number): Promise<Paginator> {
    const spare = this.#spares.find((one) => one.index === index);
    if (index !== this.#index && spare !== undefined && (await spare.ready)) {
      const hadFocus = this.#view.getContents().some(({ doc }) => doc?.hasFocus());
      const before = { view: this.#view, index: this.#index, ready: Promise.resolve(true) };
      this.#spares = [...this.#spares.filter((one) => one !== spare), before];
      this.#view = spare.view;
      putBehind(before.view, true);
      putBehind(spare.view, false);
      if (hadFocus) spare.view.focusView();
    }
    this.#index = index;
    return this.#view;
  }

  /** Loads documents in advance, when there is time, and gives up others. `settle` prepares a view for one. */
  prepare(indexes: readonly number[], settle: (view: Paginator, index: number) => void): void {
    this.#stopWaiting();
    // A turn that was under way when the book was closed comes here after it.
    if (this.#isClosed) return;
    this.#waiting = requestIdleCallback(
      () => {
        const isWanted = ({ index }: Spare) => indexes.includes(index);
        const free = this.#spares.filter((spare) => !isWanted(spare)).map(({ view }) => view);
        this.#spares = this.#spares.filter(isWanted);
        for (const index of indexes) {
          if (this.#spares.some((spare) => spare.index === index)) continue;
          const view = free.pop() ?? this.#make();
          putBehind(view, true);
          settle(view, index);
          const loaded = view.goTo({ index, anchor: 0 });
          this.#spares.push({ view, index, ready: loaded.then(() => true).catch(() => false) });
        }
        free.forEach(remove);
      },
      { timeout: LONGEST_WAIT_MS },
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWaiting();
    for (const { view } of this.all()) remove(view);
    this.#spares = [];
  }

  #stopWaiting(): void {
    if (this.#waiting !== null) cancelIdleCallback(this.#waiting);
    this.#waiting = null;
  }
}

/** Takes a view out of sight and out of reach of keys and readers, but lets it be laid out. */
function putBehind(view: Paginator, isBehind: boolean): void {
  view.inert = isBehind;
  Object.assign(view.style, {
    position: isBehind ? 'absolute' : '',
    inset: isBehind ? '0' : '',
    visibility: isBehind ? 'hidden' : '',
  });
}

function remove(view: Paginator): void {
  try {
    view.destroy();
  } catch {
    // It had not shown anything yet.
  }
  view.remove();
}
