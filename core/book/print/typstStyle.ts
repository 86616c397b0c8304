import { codeFonts, fontArguments } from './fonts.ts';
import { leadStyle } from './letters.ts';
import { styled, styledHeading, textOptions, turned } from './lineStyle.ts';
import { ornamentSource } from './ornaments.ts';
import type { BookLayout } from './printLayout.ts';
import type { LineStyle } from './themes.ts';
import { pageRules } from './typstHeads.ts';
import { openerRules } from './typstOpeners.ts';
import { typstLanguage } from './typstLanguage.ts';
import type { TypstStyleInput } from './typstStyleInput.ts';
import { typstString } from './typstText.ts';

/** Stanzas of more lines than this may go on over the page. */
export const LONGEST_WHOLE_STANZA = 8;
/** How far lines of verse that are turned over stand further in, em. */
export const VERSE_HANG_EM = 1.6;
/** Size of notes, captions and tables, em of the text. */
export const NOTE_SIZE = 0.84;

/**
 * The rules of a book page in Typst 0.14, with no fonts but those that come with the app and the typesetter, so that a
 * book looks the same on every computer. Everything stands on a grid of whole lines: what is not running text takes a
 * whole number of them, so that lines of facing pages, and of both sides of a leaf, lie on each other.
 */
export function typstStyle(input: TypstStyleInput): string {
  const { layout } = input;
  const { theme, letters } = layout;
  const { text } = theme;
  const lead = leadStyle(letters);
  const start = turned('left', layout);
  const authors = input.authors.map((author) => `${typstString(author)},`).join(' ');
  const notes = layout.notes === 'symbols' ? '"*"' : `"${letters.one}"`;
  return `#let size = ${layout.fontPt}pt
#let row = ${layout.linePt}pt
// White under a line; the last line of a page has none, so that notes end where a full page does.
#let gap = row - size
#let lines-high(count) = count * row - gap
#set document(title: ${typstString(input.title)}, author: (${authors})${input.description === undefined ? '' : `, description: ${typstString(input.description)}`})
${pageSize(layout)}
#set text(
  ${fontArguments(text.font, letters)}, fallback: false, size: size, ${typstLanguage(input.language)},${letters.direction === 'rtl' ? ' dir: rtl,' : ''}
  hyphenate: ${layout.hyphenate}, number-type: "${layout.figures}", top-edge: 0.8em, bottom-edge: -0.2em,
  costs: (widow: 2000%, orphan: 2000%, runt: 1000%, hyphenation: 130%),${text.weight === undefined ? '' : ` weight: ${text.weight},`}
)
#set par(justify: ${layout.justify}, leading: gap, spacing: ${layout.spaced ? 'gap + row / 2' : 'gap'}, first-line-indent: ${firstLineIndent(layout)}, linebreaks: "optimized")
#set block(spacing: gap)
// A block that takes whole lines, whatever is in it.
#let on-grid(least: 1, body) = layout(room => {
  let high = measure(block(width: room.width, body)).height
  let count = calc.max(least, calc.ceil((high + gap) / row - 0.03))
  block(width: 100%, height: lines-high(count), breakable: false, align(horizon, block(width: 100%, body)))
})
#let apart(body, breakable: true, inset: (:), above: row) = block(above: gap + above, below: gap + above, width: 100%, breakable: breakable, inset: inset, body)
#set list(indent: 0.6em, spacing: gap, marker: [•])
#set enum(indent: 0.6em, spacing: gap)
#show list: it => block(above: gap + row, below: gap + row, it)
#show enum: it => block(above: gap + row, below: gap + row, it)
#show raw: set text(font: ${codeFonts(letters)}, size: 1.04em, number-type: "lining", hyphenate: false, costs: (hyphenation: 100%))
#show raw.where(block: true): it => apart(inset: (left: ${layout.indentEm}em), { set text(top-edge: 0.8em, bottom-edge: -0.2em); set par(leading: row - 0.832 * size); it })
#show quote.where(block: true): it => apart(inset: (x: 1.6em), { ${settings(theme.quote, layout)}set par(first-line-indent: ${layout.indentEm}em); it.body })
#set footnote.entry(separator: pad(bottom: 0.35em, line(length: ${theme.opener.align === 'center' ? '3.2em' : '20%'}, stroke: 0.4pt)), gap: 0.22em, indent: 0em, clearance: 0.9em)
// The last note ends on the baseline where the last line of a full page would.
#show footnote.entry: it => block(breakable: false, it)
#show footnote.entry: set text(size: ${NOTE_SIZE} * size, number-type: "lining", top-edge: 0.76em, bottom-edge: ${(-0.2 / NOTE_SIZE).toFixed(5)}em)
#show footnote.entry: set par(leading: ${layout.noteLeadingEm}em, spacing: 0.22em, first-line-indent: 0pt, justify: ${layout.justify})
#set footnote(numbering: ${notes})
#show footnote: set text(number-type: "lining")
#set figure(numbering: none, supplement: none, gap: 0.5em)
#show figure: it => block(above: gap + row, below: gap + row, width: 100%, breakable: it.kind == table, it)
#show figure.caption: it => block(width: 88%, { set par(justify: false, leading: 0.3em); text(size: ${NOTE_SIZE}em, ${captionStyle(layout)}it.body) })
${layout.use === 'print' ? '' : `#show link: set text(fill: rgb("${layout.accent}"))\n`}${openerRules(layout)}
#let section-heading(above, body) = block(above: gap + above * row, below: gap, sticky: true, width: 100%, on-grid({
  set align(${turned(theme.section.align, layout)})
  set par(justify: false, first-line-indent: 0pt)
  set text(hyphenate: false)
  body
}))
${sectionHeadings(layout)}

#let ornament = pdf.artifact(context ${ornamentSource(layout.ornament)})
#let scene-break(more: 0) = block(above: gap, below: gap, width: 100%, sticky: true, height: lines-high(${layout.ornament === 'blank' ? 1 : 2} + more), align(center + horizon, ornament))
// Each line is a block of its own that holds on to the next, so that a stanza stays whole and its notes on its page.
#let verse(..lines) = {
  let count = lines.pos().len()
  set par(justify: false, first-line-indent: 0pt, hanging-indent: ${VERSE_HANG_EM}em)
  set text(hyphenate: false)
  for (index, verse-line) in lines.pos().enumerate() {
    let is-last = index == count - 1
    let holds = not is-last and (count <= ${LONGEST_WHOLE_STANZA} or index == 0 or index == count - 2)
    block(
      above: if index == 0 { gap + row } else { gap }, below: if is-last { gap + row } else { gap },
      width: 100%, inset: (${start}: ${theme.id === 'poetry' ? '0em' : '1.6em'}), sticky: holds, par(verse-line),
    )
  }
}
#let aligned(where, body) = { set par(justify: false, first-line-indent: 0pt); block(width: 100%, align(where, body)) }
#let letter(body) = apart(inset: (x: 1.5em), { set par(first-line-indent: ${layout.indentEm}em, spacing: gap); body })
#let epigraph(body) = block(above: gap, below: gap + 2 * row, width: 100%, inset: (x: 15%), on-grid({
  set text(size: 0.94em, style: "italic", hyphenate: false)
  set par(justify: false, first-line-indent: 0pt, leading: gap)
  body
}))
#set table(stroke: none, inset: (x: 0.55em, y: 0.32em), align: start)
#show table: set par(justify: false, first-line-indent: 0pt, leading: 0.32em)
#show table: set text(size: ${NOTE_SIZE}em, number-type: "lining", hyphenate: false${theme.section.style.font === 'fira' ? `, ${fontArguments('fira', letters)}` : ''})
#show table.cell.where(y: 0): set text(weight: 600)
#let absent-picture(body) = apart(breakable: false, block(width: 100%, height: lines-high(8), stroke: 0.5pt + luma(60%), inset: 1em, align(center + horizon, emph(body))))
#let indented(body) = { set par(first-line-indent: (amount: ${layout.spaced ? '0pt' : `${layout.indentEm}em`}, all: true)); body }
#let lead-in(body) = ${styled(theme.leadInStyle, 'body', layout)}
// A paragraph that is set a little tighter or looser, so that its page comes out right.
#let fitted(by, body) = { set text(${lead?.isJoined === true ? '' : 'tracking: by * 0.001em, '}spacing: 100% + by * 1.8%); body }
// Leaves the last lines of this page free.
#let short-page(rows) = place(bottom, float: true, clearance: 0pt, pdf.artifact(block(height: rows * row, width: 100%)))
${scriptRules(layout)}${pageRules(input)}`;
}

/** Paragraphs are told apart by an indent; Chinese and Japanese indent the first one as well. */
function firstLineIndent({ spaced, indentEm, letters }: BookLayout): string {
  if (spaced) return '0pt';
  return letters.lead === 'cjk' ? `(amount: ${indentEm}em, all: true)` : `${indentEm}em`;
}

/** What is set otherwise than in Latin letters. */
function scriptRules({ letters }: BookLayout): string {
  const lead = leadStyle(letters);
  return [
    ...(lead !== null && !lead.hasItalics
      ? ['#show emph: set text(style: "normal", weight: 700)\n']
      : []),
    ...(letters.one === '1' ? [] : [`#set enum(numbering: "${letters.one}.")\n`]),
    ...(letters.direction === 'rtl'
      ? ['#show raw: set text(dir: ltr)\n#show raw.where(block: true): set align(left)\n']
      : []),
  ].join('');
}

function pageSize(layout: BookLayout): string {
  const { bleedIn } = layout;
  const sides =
    layout.use === 'print'
      ? `inside: ${inches(layout.insideIn)}, outside: ${inches(layout.outsideIn + bleedIn)}`
      : `x: ${inches(layout.insideIn)}`;
  return `#set page(
  width: ${inches(layout.widthIn + bleedIn)}, height: ${inches(layout.heightIn + 2 * bleedIn)},
  margin: (${sides}, top: ${inches(layout.topIn + bleedIn)}, bottom: ${inches(layout.bottomIn + bleedIn)} + gap - 0.02pt),
)`;
}

function settings(style: BookLayout['theme']['quote'], layout: BookLayout): string {
  const options = textOptions(style, layout);
  return options === '' ? '' : `set text(${options}); `;
}

function captionStyle({ theme, letters }: BookLayout): string {
  return theme.section.style.font === 'fira'
    ? `${fontArguments('fira', letters)}, `
    : 'style: "italic", ';
}

function inches(value: number): string {
  return `${Number(value.toFixed(5))}in`;
}

/** Headings within a chapter by their level, and lines that look like them where nothing stands above them. */
function sectionHeadings(layout: BookLayout): string {
  const { style, low } = layout.theme.section;
  const looks: { above: number; style: LineStyle }[] = [
    { above: 1, style },
    { above: 1, style: low },
    { above: 1, style: low },
    { above: 0, style: { italic: true } },
    { above: 0, style: { italic: true } },
  ];
  return looks
    .map((look, index) => {
      const name = `heading-line-${index + 1}`;
      const body = styledHeading(look.style, 'body', layout);
      return `#let ${name}(body) = section-heading(${look.above}, ${body})
#show heading.where(level: ${index + 2}): it => ${name}(it.body)`;
    })
    .join('\n');
}
