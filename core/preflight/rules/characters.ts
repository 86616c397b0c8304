import { patternRule, type Rule, textRule } from '../rule.ts';
import { MASK } from '../passage.ts';

const JOINING_SCRIPTS = [
  'ar',
  'fa',
  'ur',
  'hi',
  'bn',
  'mr',
  'ne',
  'ml',
  'ta',
  'te',
  'kn',
  'si',
  'km',
  'th',
  'my',
];
const RIGHT_TO_LEFT = ['ar', 'dv', 'fa', 'he', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'];
const CJK = ['zh', 'ja', 'ko'];

/** Letters of other scripts that look like Latin ones. */
const LATIN_TWINS: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  І: 'I',
  Ј: 'J',
  Ѕ: 'S',
  ο: 'o',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  ν: 'v',
};
const TWIN = new RegExp(`[${Object.keys(LATIN_TWINS).join('')}]`, 'u');

/** UTF-8 that was read as Windows-1252, by the characters it was. */
const GARBLED: Readonly<Record<string, string>> = {
  'â€™': '’',
  'â€˜': '‘',
  'â€œ': '“',
  'â€�': '”',
  'â€\u009d': '”',
  'â€“': '–',
  'â€”': '—',
  'â€¦': '…',
  'Ã©': 'é',
  'Ã¨': 'è',
  'Ã¤': 'ä',
  'Ã¶': 'ö',
  'Ã¼': 'ü',
  ÃŸ: 'ß',
  'Ã±': 'ñ',
  'Ã§': 'ç',
  'Ã¢': 'â',
  Ãª: 'ê',
  'Ã´': 'ô',
  'Ã³': 'ó',
  'Ã¡': 'á',
  Ãº: 'ú',
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: '’',
  nbsp: '\u00A0',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  laquo: '«',
  raquo: '»',
  eacute: 'é',
  egrave: 'è',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  copy: '©',
  shy: '',
  thinsp: '\u2009',
};

/** Characters that are not seen, not meant, or that stand for others. */
export const characterRules: readonly Rule[] = [
  patternRule(
    {
      id: 'char/zero-width',
      severity: 'warning',
      title: 'A character without width stands in the text.',
      why: 'It cannot be seen, breaks searching and hyphenation, and some readers show a box for it.',
      mend: 'Remove it.',
      exceptLanguages: JOINING_SCRIPTS,
    },
    {
      needs: '\u200B\u2060\uFEFF', // A word joiner beside a dash keeps the dash from beginning a line, which is what it is for.
      pattern: /[\u200B\uFEFF]+|(?<![\u2013\u2014\u2026])\u2060+(?![\u2013\u2014\u2026])/gu,
      instead: '',
    },
  ),
  patternRule(
    {
      id: 'char/joiner',
      severity: 'warning',
      title: 'A joiner stands between Latin letters.',
      why: 'Joiners shape Arabic and Indic letters and emoji; between Latin ones they only break searching.',
      mend: 'Remove it.',
    },
    {
      needs: '\u200C\u200D',
      pattern: /(?<=\p{Script=Latin})[\u200C\u200D]+(?=\p{Script=Latin})/gu,
      instead: '',
    },
  ),
  patternRule(
    {
      id: 'char/soft-hyphen',
      severity: 'info',
      title: 'A soft hyphen was typed into a word.',
      why: 'Books are hyphenated when they are set; typed hyphens break searching and are read out by some voices.',
      mend: 'Remove it.',
    },
    { needs: '\u00AD', pattern: /\u00AD+/gu, instead: '' },
  ),
  patternRule(
    {
      id: 'char/direction-mark',
      severity: 'warning',
      title: 'An invisible mark of writing direction stands in the text.',
      why: 'It can turn letters around on the page although nothing is to be seen of it.',
      mend: 'Remove it.',
      exceptLanguages: RIGHT_TO_LEFT,
    },
    {
      needs: '\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069',
      pattern: /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]+/gu,
      instead: '',
      // Words of a right-to-left script are quoted in books of any language.
      except: (_, { prose }) => /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(prose),
    },
  ),
  patternRule(
    {
      id: 'char/private-use',
      severity: 'error',
      title: 'A character belongs to one font alone.',
      why: 'Private characters mean something only in the font they were typed in; everywhere else a box is shown.',
      mend: 'Write the character that is meant.',
    },
    {
      needsOneOf: /[\uDB80-\uDBFF\uE000-\uF8FF]/,
      pattern: /[\uE000-\uF8FF\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}]+/gu,
    },
  ),
  patternRule(
    {
      id: 'char/replacement',
      severity: 'error',
      title: 'A character was lost before the text came here.',
      why: 'The sign � stands where a program could not read what was there.',
      mend: 'Write what was there.',
    },
    { needs: '\uFFFD', pattern: /\uFFFD+/gu },
  ),
  textRule(
    {
      id: 'char/look-alike',
      severity: 'error',
      title: 'A word mixes Latin letters with look-alikes of another script.',
      why: 'The word looks right, but searching, spelling, hyphenation and voices do not know it.',
      mend: 'Write the whole word in one script.',
      changesWords: true,
    },
    {
      needsOneOf: /[\u0370-\u04FF]/u,
      find({ prose, signs }) {
        if (!TWIN.test(signs)) return [];
        return [...prose.matchAll(/[\p{L}\p{M}]+/gu)].flatMap((match) => {
          const word = match[0];
          if (!/\p{Script=Latin}/u.test(word) || !TWIN.test(word)) return [];
          const mended = [...word].map((char) => LATIN_TWINS[char] ?? char).join('');
          const isWhole = !/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(mended);
          const place = { start: match.index, end: match.index + word.length };
          return [isWhole ? { ...place, instead: mended } : place];
        });
      },
    },
  ),
  patternRule(
    {
      id: 'char/typed-ligature',
      severity: 'warning',
      title: 'Two letters were typed as one sign.',
      why: 'Fonts join f and i by themselves; a typed ligature breaks searching and spelling.',
      mend: 'Write the letters one by one.',
    },
    {
      needs: 'ﬀﬁﬂﬃﬄﬅﬆ',
      pattern: /[ﬀﬁﬂﬃﬄﬅﬆ]/gu,
      instead: ([sign]) => sign.normalize('NFKC'),
    },
  ),
  patternRule(
    {
      id: 'char/decomposed',
      severity: 'info',
      title: 'A letter and its accent are two characters.',
      why: 'Searching and some fonts know only the composed letter.',
      mend: 'Compose them.',
    },
    {
      needsOneOf: /[\u0300-\u036F]/u,
      pattern: /\p{L}[\u0300-\u036F]{1,4}/gu,
      instead: ([letter]) => letter.normalize('NFC'),
      except: ([letter]) => letter.normalize('NFC') === letter,
    },
  ),
  patternRule(
    {
      id: 'char/garbled',
      severity: 'error',
      title: 'Letters were read in the wrong encoding.',
      why: 'An earlier program took UTF-8 for another encoding, so one sign became several.',
      mend: 'Put the sign back.',
      changesWords: true,
    },
    {
      needs: 'âÃ',
      pattern: new RegExp(Object.keys(GARBLED).join('|'), 'gu'),
      instead: ([garbled]) => GARBLED[garbled] ?? null,
    },
  ),
  patternRule(
    {
      id: 'char/full-width',
      severity: 'warning',
      title: 'Full-width letters or digits stand in Western text.',
      why: 'They come from an East Asian keyboard, stand too wide and are not found by searching.',
      mend: 'Write them in the usual width.',
      exceptLanguages: CJK,
    },
    {
      needsOneOf: /[\uFF01-\uFF5E]/u,
      pattern: /[\uFF01-\uFF5E]+/gu,
      instead: ([wide]) => wide.normalize('NFKC'),
      except: (_, { prose }) =>
        /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(prose),
    },
  ),
  patternRule(
    {
      id: 'char/ordinal-for-degree',
      severity: 'warning',
      title: 'An ordinal sign or ring stands where a degree sign is meant.',
      why: 'They look alike in some fonts only, and voices read them wrongly.',
      mend: 'Write ° for degrees.',
      exceptLanguages: ['es', 'pt', 'it', 'gl', 'ca'],
    },
    { needs: 'º˚', pattern: /(?<=\d[ \u00A0\u202F]?)[º˚]/gu, instead: '°' },
  ),
  patternRule(
    {
      id: 'char/entity',
      severity: 'error',
      title: 'An HTML code stands in the text.',
      why: 'Readers will see the code, not the sign it stands for.',
      mend: 'Write the sign itself.',
      changesWords: true,
    },
    {
      needs: '&',
      pattern: /&(?:([a-z]{2,8})|#(\d{2,6})|#x([0-9a-f]{2,5}));/giu,
      instead: ([, name, decimal, hex]) => entity(name, decimal, hex),
      except: ([, name, decimal, hex]) => name !== undefined && entity(name, decimal, hex) === null,
    },
  ),
  patternRule(
    {
      id: 'char/html-tag',
      severity: 'error',
      title: 'An HTML tag stands in the text.',
      why: 'Readers will see the tag; what it should do is not done.',
      mend: 'Remove it and set the text as it is meant.',
    },
    {
      needs: '<',
      pattern:
        /<\/?(?:i|b|em|strong|br|p|div|span|u|s|sup|sub|small|center|font|a|h[1-6]|hr|li|ul|ol)(?: [^<>]{0,200})?\/?>/giu,
    },
  ),
  patternRule(
    {
      id: 'char/markdown-left',
      severity: 'warning',
      title: 'Signs of Markdown stand in the text.',
      why: 'Readers will see the asterisks or underscores; the words between them are not set off.',
      mend: 'Set the words in italics or bold and remove the signs.',
    },
    {
      needs: '*_~',
      pattern:
        /(?<![\p{L}\p{N}*_])(\*\*|__|\*|_|~~)(?=[\p{L}\p{N}])[^*_~\n]{1,200}?[\p{L}\p{N}.!?,]\1(?![\p{L}\p{N}*_])/gu,
    },
  ),
  patternRule(
    {
      id: 'char/line-separator',
      severity: 'error',
      title: 'An invisible line separator stands in the text.',
      why: 'Every program shows it differently: as nothing, a box or a new line.',
      mend: 'Put a space there, or begin a new paragraph.',
    },
    { needs: '\u2028\u2029', pattern: / ?[\u2028\u2029]+ ?/gu, instead: ' ' },
  ),
  patternRule(
    {
      id: 'char/odd-space',
      severity: 'warning',
      title: 'A space of unusual width stands between words.',
      why: 'It does not stretch with the line and leaves holes or crowds on the page.',
      mend: 'Use an ordinary space.',
      exceptLanguages: CJK,
    },
    {
      needs: '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u205F\u3000',
      pattern: /[\u2000-\u2006\u2008\u205F\u3000]+/gu,
      instead: ' ',
    },
  ),
  patternRule(
    {
      id: 'char/backtick',
      severity: 'warning',
      title: 'A backtick is used as a quotation mark.',
      why: 'It is a sign of programs, not of books, and looks like a lost accent.',
      mend: 'Use the quotation marks of the language.',
    },
    {
      needs: '`',
      pattern: /``|`(?=[\p{L}\p{N}])/gu,
      instead: ([mark]) => (mark === '``' ? '“' : '‘'),
    },
  ),
  patternRule(
    {
      id: 'char/accent-as-apostrophe',
      severity: 'warning',
      title: 'An accent, a prime or a half-ring stands for an apostrophe.',
      why: 'It is another sign, looks out of place and is not found by searching.',
      mend: 'Use the apostrophe ’.',
      exceptLanguages: ['uk', 'be', 'br', 'haw', 'gn', 'nv'],
    },
    { needs: '´′ʼʹ', pattern: /(?<=\p{L})[´′ʼʹ](?=\p{L})/gu, instead: '’' },
  ),
  patternRule(
    {
      id: 'char/mask',
      severity: 'error',
      title: 'A placeholder for an object stands in the text.',
      why: 'Something could not be pasted; the sign in its place shows as a box.',
      mend: 'Insert the picture or table again, or remove the sign.',
    },
    {
      // Masked code and addresses look the same in the prose; the text tells them apart.
      needs: MASK,
      pattern: /\uFFFC/gu,
      except: ({ index }, { text }) => text.charAt(index) !== MASK,
    },
  ),
];

function entity(
  name: string | undefined,
  decimal: string | undefined,
  hex: string | undefined,
): string | null {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? null;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const isText = code >= 32 && code <= 0x2fff && !(code >= 0x7f && code < 0xa0);
  return isText ? String.fromCodePoint(code) : null;
}
