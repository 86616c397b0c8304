import type { XmlElement } from '../../xml/xmlElement.ts';
import { bookLink } from '../link.ts';
import type { TextRun } from '../manuscript.ts';
import type { BookStyles, Look } from './bookStyles.ts';

export type Marks = Omit<TextRun, 'kind' | 'text'>;

const LANGUAGE =
  /^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*$/;

/** The language an element names (BCP 47), or undefined where it names none that a book can hold. */
export function languageOf(element: XmlElement): string | undefined {
  const tag = (element.attributes.get('xml:lang') ?? element.attributes.get('lang'))?.trim();
  return tag !== undefined && tag.length <= 35 && LANGUAGE.test(tag) ? tag : undefined;
}

const LOOK_OF_TAG: Readonly<Record<string, Look>> = {
  em: { italic: true },
  i: { italic: true },
  cite: { italic: true },
  dfn: { italic: true },
  var: { italic: true },
  strong: { bold: true },
  b: { bold: true },
  u: { underline: true },
  ins: { underline: true },
  s: { strike: true },
  strike: { strike: true },
  del: { strike: true },
  sup: { script: 'super' },
  sub: { script: 'sub' },
};
const CODE = new Set(['code', 'kbd', 'samp', 'tt']);

/** Elements that stand in a line, whose look is a mark; the look of a block is how its kind is set. */
const IN_LINE = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  ),
);

/**
 * The marks of text directly in an element, from those around it. For elements that stand in a line their tag and the
 * book's style sheets count; for a paragraph only what its own class says, and not inside blocks that are set in their own
 * way (`isSetApart`).
 */
export function marksOfElement(
  element: XmlElement,
  ancestors: readonly XmlElement[],
  outer: Marks,
  styles: BookStyles,
  book: { language: string; isSetApart: boolean },
): Marks {
  let marks = withLanguage(element, outer, book.language);
  if (IN_LINE.has(element.name)) {
    const look = { ...LOOK_OF_TAG[element.name], ...styles.lookOf(element, ancestors) };
    marks = withLook(marks, look);
    if (CODE.has(element.name)) marks = { ...marks, code: true };
    if (element.name === 'a') {
      const link = bookLink(element.attributes.get('href') ?? '');
      if (link !== null) marks = { ...marks, link };
    }
  } else if (element.name === 'p' && !book.isSetApart) {
    const { italic, bold, smallCaps, underline, strike } = styles.ownLookOf(element, ancestors);
    marks = withLook(marks, {
      ...(italic !== undefined && { italic }),
      ...(bold !== undefined && { bold }),
      ...(smallCaps !== undefined && { smallCaps }),
      ...(underline && { underline }),
      ...(strike && { strike }),
    });
  }
  return marks;
}

function withLook(outer: Marks, look: Look): Marks {
  const { emphasis, strong, smallCaps, underline, strike, script, ...rest } = outer;
  const isItalic = look.italic ?? emphasis ?? false;
  const isBold = look.bold ?? strong ?? false;
  const isSmall = look.smallCaps ?? smallCaps ?? false;
  const position = look.script === 'none' ? script : (look.script ?? script);
  return {
    ...rest,
    ...(isItalic && { emphasis: true }),
    ...(isBold && { strong: true }),
    ...(isSmall && { smallCaps: true }),
    // A line under or through text cannot be taken away from inside it.
    ...((look.underline || underline) && { underline: true }),
    ...((look.strike || strike) && { strike: true }),
    ...(position !== undefined && { script: position }),
  };
}

function withLanguage(element: XmlElement, outer: Marks, bookLanguage: string): Marks {
  const tag = languageOf(element);
  if (tag === undefined) return outer;
  const { language: _, ...rest } = outer;
  return tag.toLowerCase() === bookLanguage.toLowerCase() ? rest : { ...rest, language: tag };
}
