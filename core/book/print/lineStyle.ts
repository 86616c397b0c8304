import { fontArguments } from './fonts.ts';
import { leadStyle } from './letters.ts';
import type { BookLayout } from './printLayout.ts';
import type { LineStyle } from './themes.ts';

/** A Typst expression in a style: `text(size: 1.4em, …, smallcaps(body))`. */
export function styled(style: LineStyle, body: string, layout: BookLayout): string {
  // Only letters that know large and small are changed, or figures would be alone in it.
  const letters = layout.letters.lead === null ? style.letters : undefined;
  const inner =
    letters === 'upper' ? `upper(${body})` : letters === 'small-caps' ? `smallcaps(${body})` : body;
  const options = textOptions(style, layout);
  return options === '' ? inner : `text(${options}, ${inner})`;
}

/**
 * The same for what Typst makes larger and bolder of its own accord, such as headings: every size is of the text of the
 * book, and what the style leaves open is as in it.
 */
export function styledHeading(style: LineStyle, body: string, layout: BookLayout): string {
  const { size, ...rest } = style;
  const weight = style.weight ?? layout.theme.text.weight ?? 400;
  const inner = styled({ ...rest, weight }, body, layout);
  return `{ set text(size: ${size ?? 1} * size); ${inner} }`;
}

/** The arguments of Typst's `text` for a style. */
export function textOptions(style: LineStyle, layout: BookLayout): string {
  const isJoined = leadStyle(layout.letters)?.isJoined === true;
  return [
    ...(style.font === undefined ? [] : [fontArguments(style.font, layout.letters)]),
    ...(style.size === undefined ? [] : [`size: ${style.size}em`]),
    ...(style.weight === undefined ? [] : [`weight: ${style.weight}`]),
    ...(style.italic === undefined ? [] : ['style: "italic"']),
    ...(style.tracking === undefined || isJoined ? [] : [`tracking: ${style.tracking}em`]),
    ...(style.letters === 'upper' ? ['number-type: "lining"'] : []),
    ...(style.tint === undefined ? [] : [`fill: ${tint(style.tint, layout)}`]),
  ].join(', ');
}

/** Print in one colour is pure black, so that no printer screens it. */
function tint(tint: 'accent' | 'grey', layout: BookLayout): string {
  if (tint === 'accent' && (layout.use === 'screen' || layout.paper === 'colour')) {
    return `rgb("${layout.accent}")`;
  }
  return tint === 'grey' && layout.use === 'screen' ? 'luma(38%)' : 'luma(0)';
}

/** A side of the theme’s, as it is in the direction of the book. Typst’s `inset` knows no `start`. */
export function turned(side: 'left' | 'center' | 'right', { letters }: BookLayout): string {
  if (letters.direction === 'ltr' || side === 'center') return side;
  return side === 'left' ? 'right' : 'left';
}
