/* The parts of foliate-js that the reader uses; the package brings no types. */

declare module 'foliate-js/paginator.js' {
  export class Paginator extends HTMLElement {
    open(book: { dir: string; sections: readonly FoliateSection[] }): void;
    goTo(target: FoliateTarget): Promise<void>;
    scrollToAnchor(anchor: Range | Element | number): Promise<void>;
    next(distance?: number): Promise<void>;
    prev(distance?: number): Promise<void>;
    setStyles(styles: [string, string]): void;
    getContents(): { index: number; doc: Document | null }[];
    focusView(): void;
    render(): void;
    destroy(): void;
    readonly scrolled: boolean;
    readonly page: number;
    readonly pages: number;
    readonly start: number;
    readonly end: number;
    readonly size: number;
    readonly viewSize: number;
  }

  export type FoliateSection = {
    id: string;
    linear: 'yes' | 'no';
    pageSpread?: 'left' | 'right' | 'center';
    size: number;
    load: () => string;
    unload: () => void;
  };
  export type FoliateTarget = {
    index: number;
    anchor?: number | ((doc: Document) => Range | Element | number);
  };
}

declare module 'foliate-js/fixed-layout.js' {
  import type { FoliateSection, FoliateTarget } from 'foliate-js/paginator.js';

  export class FixedLayout extends HTMLElement {
    open(book: {
      dir: string;
      rendition: { spread?: string };
      sections: readonly FoliateSection[];
    }): void;
    goTo(target: FoliateTarget): Promise<void>;
    getSpreadOf(section: FoliateSection): { index: number; side: string } | undefined;
    getContents(): { doc: Document | null }[];
    next(): Promise<void>;
    prev(): Promise<void>;
    destroy(): void;
  }
}

declare module 'foliate-js/epubcfi.js' {
  type Part = object;
  type Parsed = Part[][] | { parent: Part[][]; start: Part[][]; end: Part[][] };
  export function fromRange(range: Range): string;
  export function toRange(doc: Document, parts: Parsed): Range;
  export function parse(cfi: string): Parsed;
  export function joinIndir(...cfis: string[]): string;
  export function compare(a: string, b: string): number;
}
