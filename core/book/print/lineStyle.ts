import { fontArguments } from './fonts.ts';
import type { BookLayout } from './printLayout.ts';
import type { LineStyle } from './themes.ts';

/** A Typst expression in a style: `text(size: 1.4em, …, smallcaps(body))`. */
export function styled(style: LineStyle, body: string, layout: BookLayout): string {
  const inner =
    style.letters === 'upper'
      ? `upper(${body})`
      : style.letters === 'small-caps'
        ? `smallcaps(${body})`
        : body;
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
  return [
    ...(style.font === undefined ? [] : [fontArguments(style.font)]),
    ...(style.size === undefined ? [] : [`size: ${style.size}em`]),
    ...(style.weight === undefined ? [] : [`weight: ${style.weight}`]),
    ...(style.italic === undefined ? [] : ['style: "italic"']),
    ...(style.tracking === undefined ? [] : [`tracking: ${style.tracking}em`]),
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
