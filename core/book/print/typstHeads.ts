import { styled } from './lineStyle.ts';
import type { TypstStyleInput } from './typstStyleInput.ts';
import { typstString } from './typstText.ts';

/**
 * Running heads and folios. The title over the pages of a chapter is set by its opening and cleared by its end, so that
 * openings and blank pages, whose heads come before the one and after the other, have none.
 */
export function pageRules(input: TypstStyleInput): string {
  const { layout } = input;
  const { heads, folio } = layout.theme;
  const [verso, recto] = headTexts(input);
  const isAtHead = layout.folio === 'head-outer';
  const head = `(body) => ${styled(heads.style, 'body', layout)}`;
  const rule = heads.rule
    ? '\n      v(0.42em, weak: false)\n      pdf.artifact(std.line(length: 100%, stroke: 0.4pt))'
    : '';
  const line =
    heads.align === 'center'
      ? `grid(
        columns: (3em, 1fr, 3em), align: (start + bottom, center + bottom, end + bottom),
        ${isAtHead ? 'if not is-recto { folio() }' : '[]'},
        head(words),
        ${isAtHead ? 'if is-recto { folio() }' : '[]'},
      )`
      : `grid(
        columns: if is-recto { (1fr, auto) } else { (auto, 1fr) }, column-gutter: 1.1em,
        align: if is-recto { (end + bottom, end + bottom) } else { (start + bottom, start + bottom) },
        ${
          isAtHead
            ? '..if is-recto { (head(words), folio()) } else { (folio(), head(words)) },'
            : '..if is-recto { (head(words), []) } else { ([], head(words)) },'
        }
      )`;
  const mark = `text(${folio.ornament === '◆' ? 'size: 0.42em, baseline: -0.32em' : 'size: 0.9em'}, pdf.artifact(${typstString(folio.ornament)}))`;
  const footFolio =
    folio.ornament === '' ? 'folio()' : `[#${mark}#h(0.55em)#folio()#h(0.55em)#${mark}]`;
  const footPlace =
    layout.folio === 'foot-outer'
      ? 'if calc.odd(counter(page).get().first()) { end } else { start }'
      : 'center';
  const screenPlace = layout.use === 'screen' ? 'center' : footPlace;
  return `#let running = state("running", none)
#let is-opening = state("is-opening", false)
#let chapter-start(title) = { running.update(title); is-opening.update(true) }
#let chapter-end() = running.update(none)
#let folio() = ${styled(folio.style, 'context counter(page).display()', layout)}
#let head = ${head}
#let running-head = {
  is-opening.update(false)
  context {
    let title = running.get()
    if title != none {
      let is-recto = calc.odd(counter(page).get().first())
      let words = if is-recto { ${recto} } else { ${verso} }
      set par(justify: false, first-line-indent: 0pt)
      set text(hyphenate: false)
      ${layout.heads === 'none' && !isAtHead ? '' : `${line}${layout.heads === 'none' ? '' : rule}`}
    }
  }
}
#let foot-folio = context {
  if is-opening.get()${isAtHead ? '' : ' or running.get() != none'} { align(${isAtHead ? 'center' : screenPlace}, ${footFolio}) }
}
#set page(header: running-head, footer: foot-folio, header-ascent: ${(layout.linePt * (heads.rule ? 0.95 : 1.1)).toFixed(2)}pt, footer-descent: ${(layout.linePt * 1.25).toFixed(2)}pt)
`;
}

/** What stands over left and right pages, as Typst expressions; `title` is the chapter's. */
function headTexts({ layout, runningAuthor, runningTitle }: TypstStyleInput): [string, string] {
  const author = typstString(runningAuthor === '' ? runningTitle : runningAuthor);
  const title = typstString(runningTitle);
  switch (layout.heads) {
    case 'author-title':
      return [author, title];
    case 'title-chapter':
      return [title, 'title'];
    case 'author-chapter':
      return [author, 'title'];
    case 'none':
      return ['[]', '[]'];
  }
}
