/**
 * Style of a book as it is served to the reader. What only old reading systems knew gets its modern name (`-epub-`
 * prefixes), breaks of pages become breaks of columns, of which pages are made here, and sizes of the window become
 * sizes of the page.
 */
export function readerCss(css: string): string {
  return (
    css
      .replace(/(?<=[{\s;]|^)-epub-/gi, '')
      .replace(
        /(?<![\w-])(?:-webkit-)?page-break-(before|after|inside)\s*:\s*(always|left|right)/gi,
        (_, side: string) => `break-${side}: column`,
      )
      .replace(
        /(?<![\w-])(?:-webkit-)?page-break-(before|after|inside)\s*:/gi,
        (_, side: string) => `break-${side}:`,
      )
      .replace(
        /(?<![\w-])break-(before|after)\s*:\s*(?:page|left|right|recto|verso|always|all)(?![\w-])/gi,
        (_, side: string) => `break-${side}: column`,
      )
      .replace(/(?<![\w-])break-(before|after|inside)\s*:\s*avoid-page/gi, 'break-$1: avoid')
      // The window of a page is as wide as all its columns together.
      .replace(
        /(?<![\w.#-])(-?\d*\.?\d+)v(w|h)(?![\w-])/gi,
        (_, amount: string, axis: string) =>
          `calc(var(--page-${axis.toLowerCase()}, 1v${axis.toLowerCase()}) * ${amount})`,
      )
  );
}

/** A document of a book with its style made ready; all else stays as it is, so that places in it keep their names. */
export function readerDocument(markup: string): string {
  return markup
    .replace(
      /(<style\b[^>]*>)([\s\S]*?)(<\/style\s*>)/gi,
      (_, open: string, css: string, close: string) => open + readerCss(css) + close,
    )
    .replace(
      /(\sstyle\s*=\s*)("[^"]*"|'[^']*')/gi,
      (_, name: string, value: string) =>
        name + value[0] + readerCss(value.slice(1, -1)) + value[0],
    );
}
