import type { Node } from '@tiptap/pm/model';
import { EditorState, type Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
import { StepMap } from '@tiptap/pm/transform';
import { EditorView, type NodeView, type NodeViewConstructor } from '@tiptap/pm/view';

const FROM_OUTSIDE = 'noteFromOutside';
const views = new WeakMap<globalThis.Node, NoteView>();

/** Shows footnotes as their mark; `plugins` makes what works within the text of an open one. */
export function noteViews(
  plugins: (close: () => boolean) => Plugin[],
  onFocus: (view: EditorView) => void,
): NodeViewConstructor {
  return (node, view, getPos) => new NoteView(node, view, getPos, plugins, onFocus);
}

/** Opens the footnote at a position and puts the cursor into it; false where there is none. */
export function openNote(view: EditorView, pos: number): boolean {
  const dom = view.nodeDOM(pos);
  const note = dom === null ? undefined : views.get(dom);
  note?.open();
  return note !== undefined;
}

/**
 * A footnote: its mark in the line, and when it is opened its text below that line, in an editor of its own whose
 * changes are changes of the chapter (after the footnote example of ProseMirror).
 */
class NoteView implements NodeView {
  readonly dom = document.createElement('span');
  readonly #mark = document.createElement('button');
  readonly #outer: EditorView;
  readonly #getPos: () => number | undefined;
  readonly #plugins: (close: () => boolean) => Plugin[];
  readonly #onFocus: (view: EditorView) => void;
  #node: Node;
  #inner: EditorView | null = null;

  constructor(
    node: Node,
    outer: EditorView,
    getPos: () => number | undefined,
    plugins: (close: () => boolean) => Plugin[],
    onFocus: (view: EditorView) => void,
  ) {
    this.#onFocus = onFocus;
    this.#node = node;
    this.#outer = outer;
    this.#getPos = getPos;
    this.#plugins = plugins;
    this.dom.className = 'note';
    this.dom.contentEditable = 'false';
    this.#mark.type = 'button';
    this.#mark.className = 'note-mark';
    this.#mark.tabIndex = -1;
    this.#mark.addEventListener('mousedown', (event) => event.preventDefault());
    this.#mark.addEventListener('click', () => (this.#inner === null ? this.open() : this.close()));
    this.dom.append(this.#mark);
    views.set(this.dom, this);
    this.#describe();
  }

  open(): void {
    if (this.#inner !== null) {
      this.#inner.focus();
      return;
    }
    const box = document.createElement('span');
    box.className = 'note-text';
    this.dom.append(box);
    this.dom.classList.add('is-open');
    this.#inner = new EditorView(box, {
      state: EditorState.create({
        doc: this.#node,
        plugins: this.#plugins(() => this.#leave()),
      }),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': 'Text of the footnote',
        class: 'note-field',
      },
      editable: () => this.#outer.editable,
      dispatchTransaction: (transaction) => this.#dispatch(transaction),
    });
    const { doc, tr } = this.#inner.state;
    this.#inner.dispatch(tr.setSelection(TextSelection.atEnd(doc)));
    this.#describe();
    this.#inner.dom.addEventListener('blur', this.#onBlur);
    this.#inner.focus();
    this.#onFocus(this.#inner);
  }

  close(): void {
    const inner = this.#inner;
    if (inner === null) return;
    this.#inner = null;
    inner.dom.removeEventListener('blur', this.#onBlur);
    inner.destroy();
    this.dom.querySelector('.note-text')?.remove();
    this.dom.classList.remove('is-open');
    this.#describe();
  }

  selectNode(): void {
    this.dom.classList.add('is-chosen');
  }

  deselectNode(): void {
    this.dom.classList.remove('is-chosen');
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    this.#describe();
    const inner = this.#inner;
    if (inner === null) return true;
    const { state } = inner;
    const start = node.content.findDiffStart(state.doc.content);
    const ends = node.content.findDiffEnd(state.doc.content);
    if (start === null || ends === null) return true;
    const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
    inner.dispatch(
      state.tr
        .replace(start, ends.b + overlap, node.slice(start, ends.a + overlap))
        .setMeta(FROM_OUTSIDE, true),
    );
    return true;
  }

  stopEvent(event: Event): boolean {
    const { target } = event;
    return target instanceof globalThis.Node && this.dom.contains(target);
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.close();
  }

  #dispatch(transaction: Transaction): void {
    const inner = this.#inner;
    if (inner === null) return;
    const { state, transactions } = inner.state.applyTransaction(transaction);
    inner.updateState(state);
    const pos = this.#getPos();
    if (transaction.getMeta(FROM_OUTSIDE) === true || pos === undefined) return;
    const change = this.#outer.state.tr;
    const offset = StepMap.offset(pos + 1);
    for (const { steps } of transactions) {
      for (const step of steps) {
        const mapped = step.map(offset);
        if (mapped !== null) change.step(mapped);
      }
    }
    if (change.docChanged) this.#outer.dispatch(change);
  }

  /** Closes it and goes on behind its mark. */
  #leave(): boolean {
    const pos = this.#getPos();
    this.close();
    if (pos === undefined) return true;
    const { state } = this.#outer;
    const behind = state.doc.resolve(pos + this.#node.nodeSize);
    this.#outer.dispatch(state.tr.setSelection(TextSelection.near(behind)));
    this.#outer.focus();
    return true;
  }

  readonly #onBlur = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    // Leaving the window, or for a menu or the toolbar, is no reason to close what is being written.
    if (to instanceof globalThis.Node && this.#outer.dom.contains(to) && !this.dom.contains(to))
      this.close();
  };

  #describe(): void {
    const words = this.#node.textBetween(0, this.#node.content.size, ' ').trim();
    const short = words.length > 80 ? `${words.slice(0, 80)}…` : words;
    this.#mark.setAttribute('aria-label', short === '' ? 'Empty footnote' : `Footnote: ${short}`);
    this.#mark.setAttribute('aria-expanded', String(this.#inner !== null));
    this.#mark.title = words;
  }
}
