import { bookWords } from '../bookWords.ts';
import { copyrightLines } from '../copyrightLines.ts';
import type { Manuscript } from '../manuscript.ts';
import { hasHeading } from './printLabels.ts';
import { leadStyle } from './letters.ts';
import { styled, turned } from './lineStyle.ts';
import type { BookLayout } from './printLayout.ts';
import { SCRIPTS } from './scripts.ts';
import { typstString } from './typstText.ts';

export function coverPage(cover: { path: string; alt: string }): string {
  return `#page(margin: 0pt, header: none, footer: none, image(${typstString(cover.path)}, width: 100%, height: 100%, fit: "cover", alt: ${typstString(cover.alt)}))`;
}

export function openPage(layout: BookLayout, side: 'recto' | 'next'): string {
  return layout.use === 'print' && side === 'recto'
    ? '#pagebreak(to: "odd", weak: true)'
    : '#pagebreak(weak: true)';
}

/** Half title (in print), title page, and the copyright page on its back. */
export function titlePages({ metadata }: Manuscript, layout: BookLayout): string {
  const { title } = layout.theme;
  const isPrint = layout.use === 'print';
  const more = leadStyle(layout.letters)?.displayLeadingEm ?? 0;
  const lines = Math.round(layout.lines * (title.align === 'left' ? 0.16 : 0.2));
  const size = Math.min(1, fitFactor(metadata.title, layout));
  const titleStyle = { ...title.style, size: round((title.style.size ?? 1) * size) };
  const half = isPrint
    ? `#{
  set align(${turned(title.align, layout)})
  set par(justify: false, first-line-indent: 0pt, leading: ${round(0.4 + more)}em)
  set text(hyphenate: false)
  v(${Math.round(layout.lines * 0.24)} * row)
  balanced(${styled({ ...title.style, size: round((titleStyle.size ?? 1) * 0.52) }, typstString(metadata.title), layout)})
}
#pagebreak(to: "odd", weak: true)`
    : '';
  const subtitle =
    metadata.subtitle === undefined
      ? ''
      : `\n  v(1.1em)\n  balanced(text(size: 1.18em, style: "italic", ${typstString(metadata.subtitle)}))`;
  const publisher =
    metadata.publisher === undefined
      ? ''
      : `\n  v(1fr)\n  ${styled({ ...title.author, size: 0.95 }, typstString(metadata.publisher), layout)}`;
  const rights = copyrightLines(metadata).map((line) => `par(${typstString(line)})`);
  return `${half}
#{
  set align(${turned(title.align, layout)})
  set par(justify: false, first-line-indent: 0pt, leading: ${round(0.34 + more)}em)
  set text(hyphenate: false)
  v(${lines} * row)
  balanced(${styled(titleStyle, typstString(metadata.title), layout)})${subtitle}
  v(2.2em)
  title-mark
  v(2em)
  ${styled(title.author, typstString(metadata.authors.join(', ')), layout)}${publisher}
}
${isPrint ? '#pagebreak(to: "even", weak: true)' : '#pagebreak()'}
#{
  set par(justify: false, first-line-indent: 0pt, leading: 0.35em, spacing: 0.9em)
  set text(size: 0.8em, hyphenate: false, number-type: "lining")
  v(1fr)
  ${rights.join('\n  ')}
}`;
}

/** Smaller for titles with long words or many of them, so that a title page never breaks a word or overflows. */
function fitFactor(text: string, layout: BookLayout): number {
  const { style } = layout.theme.title;
  const { lead } = layout.letters;
  const charEm = lead === 'cjk' ? 1 : style.letters === 'upper' ? 0.72 : 0.54;
  const emWidth = charEm + (style.tracking ?? 0);
  const widthPt = (layout.widthIn - layout.insideIn - layout.outsideIn) * 72;
  const sizePt = layout.fontPt * (style.size ?? 1);
  // Chinese and Japanese break between any two characters.
  const words =
    lead === 'cjk'
      ? text.split(new RegExp(`[\\s${SCRIPTS.cjk.letters}]+`, 'u'))
      : text.split(/\s+/u);
  const longest = Math.max(1, ...words.map((word) => word.length));
  const byWord = widthPt / (longest * emWidth * sizePt);
  const lines = (text.length * emWidth * sizePt) / widthPt;
  const byLines = lines > 4 ? Math.sqrt(4 / lines) : 1;
  return Math.max(0.2, Math.min(byWord * 0.96, byLines));
}

/** The contents, with parts apart from the chapters they hold. */
export function contentsPage({ metadata, chapters }: Manuscript, layout: BookLayout): string {
  if (chapters.filter(hasHeading).length < 2) return '';
  const { words } = bookWords(metadata.language);
  const { theme } = layout;
  const hasParts = chapters.some((chapter) => chapter.role === 'part');
  const isLeft = theme.opener.align === 'left';
  const part = styled(
    {
      letters: theme.part.letters ?? 'small-caps',
      tracking: 0.06,
      ...(theme.part.font !== undefined && { font: theme.part.font }),
      ...(theme.part.italic && { italic: true }),
    },
    'it.body()',
    layout,
  );
  return `${openPage(layout, 'recto')}
#is-opening.update(true)
#{
  set par(justify: false, first-line-indent: 0pt)
  set text(hyphenate: false)
  block(width: 100%, above: 0pt, below: gap, height: lines-high(${theme.opener.sink + 4}), align(${isLeft ? 'start' : 'center'} + bottom, pad(bottom: 2 * row, ${styled({ ...theme.opener.titleStyle, size: round(Math.min(1.6, theme.opener.titleStyle.size ?? 1)) }, typstString(words.contents), layout)})))
  show outline.entry: it => {
    let is-part = it.element.supplement == [part]
    let page-number = text(number-type: "${layout.figures}", it.page())
    block(above: if is-part { gap + row } else { gap + 0.25 * row }, below: if is-part { gap + 0.3 * row } else { gap + 0.25 * row }, breakable: false, sticky: is-part, link(it.element.location(), if is-part {
      grid(columns: (1fr, auto), column-gutter: 1.5em, align: (start, end + bottom), ${part}, page-number)
    } else {
      pad(${turned('left', layout)}: ${hasParts ? '1.2em' : '0em'}, grid(columns: (1fr, auto), column-gutter: 1.5em, align: (start, end + bottom), it.body(), page-number))
    }))
  }
  ${layout.use === 'print' ? '' : 'show link: set text(fill: black)\n  '}outline(title: none, depth: 1)
}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
