import { type Block, type Inline, inlinesOf } from '../manuscript.ts';
import { sentenceId, sentencesOf } from '../sentences.ts';
import { typstString } from './typstText.ts';

/** The label under which the typeset book says which sentence each of its pages begins with. */
export const PAGE_STARTS_LABEL = 'page-starts';

/** A block's text with an unseen mark in front of each sentence. `write` gives the source of a stretch of it. */
export function markedText(
  block: Block,
  language: string,
  write: (inlines: readonly Inline[]) => string,
): string {
  const sentences = sentencesOf(block, language);
  if (sentences.length === 0) return write(inlinesOf(block));
  return sentences.map(({ id, inlines }) => mark(id) + write(inlines)).join('');
}

/** The mark in front of the first sentence of a block. */
export function firstMark(block: Block): string {
  return mark(sentenceId(block.id, 0));
}

function mark(id: string): string {
  return `#metadata(("sentence", ${typstString(id)}));`;
}

/**
 * Source for the end of a book: for each page the first sentence that begins on it, as `(id, label)`, the label as the page
 * itself shows it. Pages on which no sentence begins are not named.
 */
export const PAGE_STARTS = `#context {
  let starts = ()
  let last = 0
  for mark in query(metadata) {
    if type(mark.value) != array or mark.value.at(0) != "sentence" { continue }
    let place = mark.location()
    if place.page() == last { continue }
    last = place.page()
    let pattern = place.page-numbering()
    let number = counter(page).at(place)
    let label = if pattern == none { str(number.first()) } else { numbering(pattern, ..number) }
    starts.push((mark.value.at(1), label))
  }
  [#metadata(starts)#label("${PAGE_STARTS_LABEL}")]
}`;
