/** Signs that printers set between scenes. */
const ORNAMENTS =
  /^(?:[*∗＊⁎⁑⁂•·∙●○◦◆◇◊♦❖✦✧✱-✿❀-❋☙❦❧⚜~∼～#＃†‡§■□▪▫★☆☙\u2014\u2013\-_=+.oO0xX]|\s|\u00a0|\ufe0e|\ufe0f)+$/u;
const PLAIN_SIGNS = /^[\s\u00a0]*(?:[-\u2013\u2014_=+.]|\s|\u00a0)+$/u;
const LETTERS = /^[\s\u00a0]*(?:[oO0xX.][\s\u00a0]*)+$/u;

/** Whether a line of its own is nothing but signs that stand for a break between scenes. */
export function isOrnament(text: string): boolean {
  const signs = text.replace(/[\s\u00a0\ufe0e\ufe0f]/gu, '');
  if (signs === '' || signs.length > 40 || !ORNAMENTS.test(text)) return false;
  // “…”, “—” and “O” may be speech; a rule of dashes, or letters in a row with spaces between, is not.
  if (PLAIN_SIGNS.test(text)) return /^[-\u2013\u2014_=~+]{3,}$/u.test(signs);
  if (LETTERS.test(text))
    return /^(?:[oO0]+|[xX]+)$/.test(signs) && signs.length >= 3 && /\s/.test(text.trim());
  return !/^[.\u2014\u2013-]/u.test(signs);
}

/** Whether a class or file name says that something is a break between scenes. */
export function namesBreak(name: string): boolean {
  return /(?:^|[^a-z])(?:(?:scene|section|space|thought|text|time)[-_ ]?break|asterism|ornament|dinkus|fleuron|divider|separator|blank[-_ ]?line|tb|sb)s?\d*(?:[^a-z]|$)/i.test(
    name.replace(/([a-z])([A-Z])/g, '$1-$2'),
  );
}
