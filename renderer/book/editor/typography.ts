/** What a typed sign becomes: `back` characters before it go, and `text` takes their place and its own. */
export type Typed = { back: number; text: string };

type Quotes = { open: string; close: string; openInner: string; closeInner: string };

const NARROW = '\u202f';
const FIXED = '\u00a0';
const APOSTROPHE = '’';

const quotes = (open: string, close: string, openInner: string, closeInner: string): Quotes => ({
  open,
  close,
  openInner,
  closeInner,
});
const CURLY = quotes('“', '”', '‘', '’');
const GERMAN = quotes('„', '“', '‚', '‘');
const POLISH = quotes('„', '”', '‚', '’');
const SWEDISH = quotes('”', '”', '’', '’');
const GUILLEMETS = quotes('«', '»', '“', '”');
const FRENCH = quotes(`«${FIXED}`, `${FIXED}»`, '“', '”');
const RUSSIAN = quotes('«', '»', '„', '“');
const DANISH = quotes('»', '«', '›', '‹');

/** Quotation marks by language tag, the region first where it differs (CLDR; for Spanish, Italian and Portuguese the usage of printed books). */
const QUOTES: Readonly<Record<string, Quotes>> = {
  en: CURLY,
  nl: CURLY,
  tr: CURLY,
  'pt-br': CURLY,
  de: GERMAN,
  'de-ch': quotes('«', '»', '‹', '›'),
  cs: GERMAN,
  pl: POLISH,
  hu: quotes('„', '”', '»', '«'),
  ro: quotes('„', '”', '«', '»'),
  sv: SWEDISH,
  fi: SWEDISH,
  da: DANISH,
  nb: RUSSIAN,
  fr: FRENCH,
  'fr-ch': quotes('«', '»', '‹', '›'),
  es: GUILLEMETS,
  it: GUILLEMETS,
  pt: GUILLEMETS,
  el: GUILLEMETS,
  ru: RUSSIAN,
  uk: RUSSIAN,
};

/** Languages that write in other signs than the ones a keyboard of theirs would need help with. */
const UNTOUCHED = new Set(['zh', 'ja', 'ko', 'he', 'ar', 'fa', 'hi']);

const BEFORE_OPENING = /(?:^|[\s([{—–\-/“‘«„‚‹›»¡¿])$/u;
/** Words that begin with a letter left out, for which the opening quote was a guess. */
const LEFT_OUT = /(^|[\s“—–(])‘(tis|twas|twere|til|em|cause|bout|round|neath|n)$/iu;

/** What a sign becomes that is typed after `before` in a language (BCP 47); null: it stays as it is. */
export function smartTyped(before: string, sign: string, language: string): Typed | null {
  const tag = language.toLowerCase();
  const primary = tag.split('-')[0] ?? tag;
  if (UNTOUCHED.has(primary)) return null;
  const set = QUOTES[tag] ?? QUOTES[primary] ?? CURLY;
  if (sign === '"') return { back: 0, text: quoteAfter(before, set.open, set.close) };
  if (sign === "'") return { back: 0, text: singleAfter(before, set) };
  if (sign === '-') return dashAfter(before, tag);
  if (sign === '.') return /(?:^|[^.])\.\.$/.test(before) ? { back: 2, text: '…' } : null;
  return repairedGuess(before, sign, set) ?? frenchSpace(before, sign, tag);
}

function quoteAfter(before: string, open: string, close: string): string {
  // Where a language opens with what others close with, the last one decides.
  const opened = before.lastIndexOf(open.trim()) > before.lastIndexOf(close.trim());
  const hasRoom = BEFORE_OPENING.test(before);
  return hasRoom && !(opened && open !== close && /\S$/.test(before)) ? open : close;
}

function singleAfter(before: string, { openInner, closeInner }: Quotes): string {
  const isInner = before.lastIndexOf(openInner) > before.lastIndexOf(closeInner);
  if (BEFORE_OPENING.test(before)) return openInner;
  // After a letter it is an apostrophe, unless an inner quotation waits for its end.
  return isInner && closeInner !== APOSTROPHE ? closeInner : APOSTROPHE;
}

/** Two hyphens are a dash: an em dash in American English, an en dash elsewhere, and with a third an em dash. */
function dashAfter(before: string, tag: string): Typed | null {
  if (before.endsWith('–')) return { back: 1, text: '—' };
  if (!/(?:^|[^-])-$/.test(before)) return null;
  return { back: 1, text: tag === 'en' || tag === 'en-us' ? '—' : '–' };
}

/** A quotation mark whose meaning the next sign tells: ’90s, ’tis, and the apostrophe within a quotation. */
function repairedGuess(before: string, sign: string, set: Quotes): Typed | null {
  const { openInner, closeInner } = set;
  if (/\d/.test(sign) && before.endsWith(openInner) && openInner === '‘')
    return { back: 1, text: APOSTROPHE + sign };
  if (closeInner !== APOSTROPHE && /\p{L}/u.test(sign) && isAfterLetter(before, closeInner))
    return { back: closeInner.length, text: APOSTROPHE + sign };
  const word = /[\s,.!?]/.test(sign) ? LEFT_OUT.exec(before)?.[2] : undefined;
  return word === undefined ? null : { back: word.length + 1, text: APOSTROPHE + word + sign };
}

function isAfterLetter(before: string, mark: string): boolean {
  return before.endsWith(mark) && /\p{L}$/u.test(before.slice(0, -mark.length));
}

/** The space that French sets before high punctuation, never at the end of a line; not in Switzerland. */
function frenchSpace(before: string, sign: string, tag: string): Typed | null {
  if (!/^fr(?!-ch)/.test(tag) || !/^[;:!?]$/.test(sign)) return null;
  if (/(?:^|[\s;:!?(«])$/u.test(before) && !before.endsWith(' ')) return null;
  if (sign === ':' && /\b(?:https?|mailto|\d)$/.test(before)) return null;
  const space = sign === ':' ? FIXED : NARROW;
  if (tag === 'fr-ca' && sign !== ':') return null;
  return { back: before.endsWith(' ') ? 1 : 0, text: space + sign };
}
