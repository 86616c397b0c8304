import type { BookLayout } from './printLayout.ts';
import { typstString } from './typstText.ts';

export type TypstStyleInput = {
  layout: BookLayout;
  title: string;
  authors: readonly string[];
  description: string | undefined;
  language: string;
  runningTitle: string;
};

/**
 * The rules of a book page in Typst 0.14, with no fonts but those that come with the app and the typesetter, so that a
 * book looks the same on every computer: a grid of whole lines, running heads that stay off chapter openings and blank
 * pages, and the functions that the text of the book calls.
 */
export function typstStyle(input: TypstStyleInput): string {
  const { layout } = input;
  const authors = input.authors.map((author) => `${typstString(author)},`).join(' ');
  const sides =
    layout.use === 'print'
      ? `inside: ${inches(layout.insideIn)}, outside: ${inches(layout.outsideIn)}`
      : `x: ${inches(layout.insideIn)}`;
  return `#let size = ${layout.fontPt}pt
#let row = ${layout.linePt}pt
#let gap = row - size
#let opening = ${typstString(layout.openings)}
#set document(title: ${typstString(input.title)}, author: (${authors})${input.description === undefined ? '' : `, description: ${typstString(input.description)}`})
#set page(
  width: ${inches(layout.widthIn)}, height: ${inches(layout.heightIn)},
  margin: (${sides}, top: ${inches(layout.topIn)}, bottom: ${inches(layout.bottomIn)}),
)
#set text(
  font: ("Literata", "Libertinus Serif", "New Computer Modern"), fallback: false, size: size, ${typstLanguage(input.language)},
  hyphenate: true, number-type: "old-style", top-edge: 0.8em, bottom-edge: -0.2em,
  costs: (widow: 2000%, orphan: 2000%, runt: 1000%, hyphenation: 110%),
)
#set par(justify: true, leading: gap, spacing: gap, first-line-indent: 1.3em, linebreaks: "optimized")
#set block(spacing: gap)
#set list(indent: 0.6em, spacing: gap, marker: [•])
#set enum(indent: 0.6em, spacing: gap)
#show list: it => block(above: gap + row / 2, below: gap + row / 2, it)
#show enum: it => block(above: gap + row / 2, below: gap + row / 2, it)
#show raw: set text(font: ("DejaVu Sans Mono", "Literata"), size: 1.04em, number-type: "lining", hyphenate: false, costs: (hyphenation: 100%))
#show raw.where(block: true): it => block(above: gap + row / 2, below: gap + row / 2, inset: (left: 1.3em), breakable: true, it)
#show quote.where(block: true): it => block(
  above: gap + row / 2, below: gap + row / 2, inset: (x: 1.6em), breakable: true,
  { set par(first-line-indent: 1.3em); it.body },
)
#set footnote.entry(separator: pad(bottom: 0.3em, line(length: 18%, stroke: 0.35pt)), gap: 0.3em, indent: 0em, clearance: 1.1em)
#show footnote.entry: set text(size: 0.84em, number-type: "lining")
#show footnote.entry: set par(leading: 0.36em, spacing: 0.36em, first-line-indent: 0pt)
#set footnote(numbering: "1")
#show footnote: set text(number-type: "lining")
#show figure: set block(above: gap + row, below: gap + row)
#set figure(numbering: none, supplement: none)
#show figure.caption: it => text(size: 0.86em, style: "italic", it.body)
${layout.use === 'print' ? '' : '#show link: set text(fill: rgb("#24507a"))\n'}
#let chapter-heading(it) = block(width: 100%, above: 0pt, below: gap + 2.5 * row, breakable: false, inset: (top: 4.5 * row), {
  set align(center)
  set par(justify: false, first-line-indent: 0pt, leading: 0.42em)
  set text(size: 1.5em, weight: 400, hyphenate: false, number-type: "old-style")
  it.body
  block(above: 0.75em, below: 0pt, pdf.artifact(std.line(length: 1.8em, stroke: 0.5pt)))
})
#show heading.where(level: 1): chapter-heading
#show heading.where(level: 2): it => block(above: gap + 1.5 * row, below: gap + 0.5 * row, sticky: true, width: 100%, {
  set align(center)
  set text(size: 1em, weight: 400)
  set par(justify: false, first-line-indent: 0pt)
  smallcaps(text(tracking: 0.06em, it.body))
})
#let low-heading(it) = block(above: gap + row, below: gap, sticky: true, width: 100%, {
  set text(size: 1em, weight: 400, style: "italic")
  set par(justify: false, first-line-indent: 0pt)
  it.body
})
#show heading.where(level: 3): low-heading
#show heading.where(level: 4): low-heading
#show heading.where(level: 5): low-heading
#show heading.where(level: 6): low-heading

#let scene-break() = block(above: gap + row / 2, below: gap + row / 2, width: 100%, sticky: true, height: row, align(center + horizon, pdf.artifact(text(tracking: 0.9em, size: 0.9em)[\\*\\*\\*#h(-0.9em)])))
#let verse(..lines) = block(above: gap + row / 2, below: gap + row / 2, inset: (left: 1.6em), breakable: lines.pos().len() > 8, {
  set par(justify: false, first-line-indent: 0pt, hanging-indent: 1.6em)
  for verse-line in lines.pos() { par(verse-line) }
})
#let aligned(where, body) = { set par(justify: false, first-line-indent: 0pt); align(where, body) }
#let letter(body) = block(above: gap + row, below: gap + row, inset: (x: 1.3em), breakable: true, body)
#let epigraph(body) = block(above: gap, below: gap + row, inset: (x: 2.4em), breakable: true, { set text(style: "italic"); set par(first-line-indent: 0pt); body })
#set table(stroke: none, inset: (x: 0.6em, y: 0.3em), align: start)
#show table: set par(justify: false, first-line-indent: 0pt)
#show table: set text(size: 0.9em, number-type: "lining", hyphenate: false)
#show table.cell.where(y: 0): set text(weight: 600)
#show figure.where(kind: table): set block(breakable: true)
#let absent-picture(body) = block(above: gap + row, below: gap + row, width: 100%, height: 8 * row, stroke: 0.5pt + luma(60%), inset: 1em, align(center + horizon, emph(body)))
#let lead-in(body) = { set text(tracking: 0.045em); smallcaps(body) }

// The title over the pages of a chapter: set by its opening, cleared by its end, so that openings and blank pages, whose
// heads come before the one and after the other, have none.
#let running = state("running", none)
#let is-opening = state("is-opening", false)
#let chapter-start(title) = { running.update(title); is-opening.update(true) }
#let chapter-end() = running.update(none)
#let folio() = text(size: 0.86em, number-type: "old-style", counter(page).display("1"))
#let head(body) = text(size: 0.78em, tracking: 0.07em, smallcaps(body))
#let running-head = {
  is-opening.update(false)
  context {
    let title = running.get()
    if title != none {
      let is-recto = calc.odd(counter(page).get().first())
      set par(justify: false, first-line-indent: 0pt)
      grid(
        columns: (2.5em, 1fr, 2.5em),
        align: (left + bottom, center + bottom, right + bottom),
        if not is-recto { folio() },
        head(if is-recto { title } else { ${typstString(input.runningTitle)} }),
        if is-recto { folio() },
      )
    }
  }
}
#let opener-folio = context { if is-opening.get() { align(center, folio()) } }
#set page(header: running-head, footer: opener-folio, header-ascent: ${(layout.linePt * 1.15).toFixed(2)}pt, footer-descent: ${(layout.linePt * 1.4).toFixed(2)}pt)
`;
}

function inches(value: number): string {
  return `${Number(value.toFixed(5))}in`;
}

/** A BCP 47 tag as arguments of Typst's `text`. */
export function typstLanguage(tag: string): string {
  const [language = 'en', ...rest] = tag.split('-');
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part));
  return `lang: "${language.toLowerCase()}"${region === undefined ? '' : `, region: "${region.toLowerCase()}"`}`;
}
