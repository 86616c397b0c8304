import { leadStyle } from './letters.ts';
import { styled, styledHeading, textOptions, turned } from './lineStyle.ts';
import { ornamentSource } from './ornaments.ts';
import type { BookLayout } from './printLayout.ts';
import type { OpenerMark, Theme } from './themes.ts';

/** How chapters, parts and the pages before them open. */
export function openerRules(layout: BookLayout): string {
  const { theme } = layout;
  const { opener } = theme;
  const lead = leadStyle(layout.letters);
  const isUpright =
    lead?.hasItalics === false || (theme.text.font === 'literata' && opener.align === 'left');
  const more = lead?.displayLeadingEm ?? 0;
  const roman = lead === null ? 'I' : (lead.numbering ?? layout.letters.one);
  const number =
    opener.number === 'none'
      ? ''
      : `if number != none { block(above: 0pt, below: 0pt, ${styled(opener.numberStyle, `numbering("${opener.number === 'roman' ? roman : layout.letters.one}", number)`, layout)}) ; v(${spaceUnder(opener.numberStyle.size)}em) }`;
  const between = markSource(opener.between, theme);
  const above = markSource(opener.above, theme);
  const below = markSource(opener.below, theme);
  return `#show heading.where(level: 1): it => block(above: 0pt, below: 0pt, if it.supplement == [part] {
  ${styledHeading(theme.part, 'it.body', layout)}
} else {
  ${styledHeading(opener.titleStyle, 'it.body', layout)}
})
// Lines of about the same length: the narrowest setting that takes no more of them.
#let balanced(body) = layout(room => {
  let high(width) = measure(block(width: width, body)).height
  let aim = high(room.width) + 0.1pt
  let low = 0.3 * room.width
  let width = room.width
  for step in range(8) {
    let middle = (low + width) / 2
    if high(middle) <= aim and measure(block(width: middle, body)).width <= middle { width = middle } else { low = middle }
  }
  block(width: width + 0.1pt, body)
})
#let chapter-opener(number, body, more: 0) = {
  let inner = {
    set align(${turned(opener.align, layout)})
    set par(justify: false, first-line-indent: 0pt, leading: ${round(0.32 + more)}em, spacing: 0pt)
    set text(hyphenate: false, top-edge: "cap-height", bottom-edge: "baseline")
    set block(spacing: 0pt)
    v(${opener.sink} * row)
    ${above === '' ? '' : `${above}\n    v(1.5em)`}
    ${number}
    ${between === '' ? '' : `if number != none and body != none { v(0.2em); ${between}; v(0.95em) }`}
    if body != none { balanced(body) }
    ${below === '' ? '' : `v(1.25em)\n    ${below}`}
    v((${opener.gap} + more) * row - gap)
  }
  layout(room => {
    let high = measure(block(width: room.width, inner)).height
    block(width: 100%, height: lines-high(calc.max(${opener.sink + opener.gap + 2} + more, calc.ceil((high + gap) / row - 0.03))), breakable: false, inner)
  })
}
${dropCapRules(layout)}
#let part-page(body, under) = {
  set align(${turned(opener.align, layout)})
  set par(justify: false, first-line-indent: 0pt, leading: ${round(0.4 + more)}em)
  set text(hyphenate: false)
  v(${Math.round(layout.lines * 0.3)} * row)
  ${above === '' ? '' : `${above}\n  v(1.4em, weak: false)`}
  balanced(body)
  v(2 * row)
  under
}
#let lone-page(body) = {
  v(${Math.round(layout.lines * 0.26)} * row)
  set par(justify: false, first-line-indent: 0pt, leading: gap)
  set text(hyphenate: false)
  align(${turned(opener.align === 'left' ? 'left' : 'center', layout)}, ${isUpright ? 'body' : 'emph(body)'})
}
#let title-mark = ${markSource(theme.title.mark, theme) || '[]'}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function spaceUnder(size: number | undefined): number {
  return (size ?? 1) > 2.5 ? 0.85 : 1.35;
}

/** A rule or ornament of an opener as a Typst expression; empty for none. */
function markSource(mark: OpenerMark, theme: Theme): string {
  const line = (length: string, stroke: string) =>
    `pdf.artifact(std.line(length: ${length}, stroke: ${stroke}))`;
  switch (mark) {
    case 'none':
      return '';
    case 'hairline':
      return line('100%', '0.5pt');
    case 'short-rule':
      return line('2.6em', '0.5pt');
    case 'bar':
      return line('3.4em', '3pt');
    case 'double-rule':
      return `pdf.artifact(stack(spacing: 1.8pt, std.line(length: 7em, stroke: 0.9pt), std.line(length: 7em, stroke: 0.35pt)))`;
    case 'ornament':
      return `pdf.artifact(context ${ornamentSource(theme.ornament === 'asterisks' ? 'fleuron' : theme.ornament)})`;
    case 'band':
      return `pdf.artifact(box(width: 100%, { let n = 15; let r = 0.24em
      stack(spacing: 0.42em, std.line(length: 100%, stroke: 0.5pt), grid(columns: (1fr,) * n, align: center, ..range(n).map(k => { let h = if calc.even(k) { r } else { 0.55 * r }; box(height: 2 * r, align(horizon, std.polygon(fill: black, (h, 0pt), (2 * h, h), (h, 2 * h), (0pt, h)))) })), std.line(length: 100%, stroke: 0.5pt))
    }))`;
  }
}

/**
 * A letter as high as several lines, its top at the height of the first line's capitals and its foot on the last one's
 * baseline. As many words stand beside it as fit; the paragraph goes on below as if nothing had happened.
 */
function dropCapRules({ theme, justify, ...layout }: BookLayout): string {
  const { lines, style } = theme.dropCap;
  const options = textOptions(style, { theme, justify, ...layout });
  const comma = options === '' ? '' : `${options}, `;
  return `#let drop-cap(letter, words, rest) = layout(room => {
  let cap-height = measure(text(top-edge: "cap-height", bottom-edge: "baseline")[H]).height
  let high = ${lines - 1} * row + cap-height
  let unit = measure(text(${comma}size: 100pt, top-edge: "cap-height", bottom-edge: "baseline")[H]).height
  let big = text(${comma}size: high / unit * 100pt, top-edge: "cap-height", bottom-edge: "baseline", hyphenate: false, letter)
  let beside = measure(big).width + ${theme.dropCap.style.italic === undefined ? '0.12' : '0.18'}em
  let width = room.width - beside
  let beside-text(count) = { set par(first-line-indent: 0pt); words.slice(0, count).join() }
  let fits(count) = measure(block(width: width, beside-text(count))).height <= lines-high(${lines}) + 0.1pt
  let low = 1
  let high-count = words.len()
  while low < high-count {
    let middle = calc.ceil((low + high-count) / 2)
    if fits(middle) { low = middle } else { high-count = middle - 1 }
  }
  let is-all = low == words.len()
  block(height: lines-high(${lines}), width: 100%, breakable: false, below: gap, grid(
    columns: (beside, width),
    pad(top: 0.8 * size - cap-height, big),
    { beside-text(low); if not is-all and ${justify} { linebreak(justify: true); box(width: 0pt) } },
  ))
  if not is-all or rest != none { par(first-line-indent: 0pt, { words.slice(low).join(); rest }) }
})`;
}
