import {
  type BookView,
  bookRule,
  type ChapterView,
  isLanguage,
  type Rule,
  type RuleInfo,
  type Spot,
  type WordUse,
} from '../rule.ts';

function spotOf(use: WordUse, other: string, otherCount: number): Spot {
  return {
    chapterId: use.chapterId,
    blockId: use.passage.block?.id,
    passage: use.passage,
    start: use.start,
    end: use.start + use.spelling.length,
    note: `${times(use.count)} this way, ${times(otherCount)} as “${other}”.`,
  };
}

const times = (count: number) => (count === 1 ? 'Once' : `${count} times`);

/** Where two ways to write a word both occur: the rarer one. */
function rarer(book: BookView, one: string, other: string): Spot[] {
  const [first, second] = [book.words.get(one), book.words.get(other)];
  if (first === undefined || second === undefined) return [];
  return first.count <= second.count
    ? [spotOf(first, other, second.count)]
    : [spotOf(second, one, first.count)];
}

const AMERICAN: readonly (readonly [british: string, american: string])[] = [
  ['colour', 'color'],
  ['colours', 'colors'],
  ['coloured', 'colored'],
  ['honour', 'honor'],
  ['honoured', 'honored'],
  ['favour', 'favor'],
  ['favourite', 'favorite'],
  ['neighbour', 'neighbor'],
  ['neighbours', 'neighbors'],
  ['neighbourhood', 'neighborhood'],
  ['harbour', 'harbor'],
  ['labour', 'labor'],
  ['humour', 'humor'],
  ['rumour', 'rumor'],
  ['flavour', 'flavor'],
  ['odour', 'odor'],
  ['parlour', 'parlor'],
  ['armour', 'armor'],
  ['behaviour', 'behavior'],
  ['centre', 'center'],
  ['theatre', 'theater'],
  ['fibre', 'fiber'],
  ['metre', 'meter'],
  ['metres', 'meters'],
  ['litre', 'liter'],
  ['sombre', 'somber'],
  ['defence', 'defense'],
  ['offence', 'offense'],
  ['traveller', 'traveler'],
  ['travelled', 'traveled'],
  ['travelling', 'traveling'],
  ['cancelled', 'canceled'],
  ['jewellery', 'jewelry'],
  ['grey', 'gray'],
  ['plough', 'plow'],
  ['pyjamas', 'pajamas'],
  ['moustache', 'mustache'],
  ['sceptical', 'skeptical'],
  ['mould', 'mold'],
  ['axe', 'ax'],
  ['catalogue', 'catalog'],
  ['cheque', 'check'],
  ['tyre', 'tire'],
  ['kerb', 'curb'],
  ['aluminium', 'aluminum'],
  ['analyse', 'analyze'],
  ['manoeuvre', 'maneuver'],
  ['skilful', 'skillful'],
  ['woollen', 'woolen'],
  ['marvellous', 'marvelous'],
];
/** Words that mean something else in the other English. */
const AMBIGUOUS = new Set([
  'check',
  'tire',
  'curb',
  'meter',
  'meters',
  'ax',
  'catalog',
  'metre',
  'metres',
]);

const VARIANTS: readonly (readonly [string, string])[] = [
  ['realise', 'realize'],
  ['realised', 'realized'],
  ['recognise', 'recognize'],
  ['recognised', 'recognized'],
  ['organise', 'organize'],
  ['organised', 'organized'],
  ['apologise', 'apologize'],
  ['apologised', 'apologized'],
  ['judgement', 'judgment'],
  ['acknowledgement', 'acknowledgment'],
  ['towards', 'toward'],
  ['afterwards', 'afterward'],
  ['leapt', 'leaped'],
  ['spelt', 'spelled'],
  ['adviser', 'advisor'],
  ['orientated', 'oriented'],
  ['ageing', 'aging'],
  ['likeable', 'likable'],
  ['focussed', 'focused'],
  ['inquiry', 'enquiry'],
  ['disc', 'disk'],
  ['okay', 'ok'],
  ['barbecue', 'barbeque'],
  ['whisky', 'whiskey'],
  ['gypsy', 'gipsy'],
  ['sulphur', 'sulfur'],
];

const ACCENTED = [
  'café',
  'cafés',
  'naïve',
  'fiancé',
  'fiancée',
  'cliché',
  'clichés',
  'résumé',
  'façade',
  'déjà',
  'élite',
  'crème',
  'rôle',
  'première',
  'protégé',
  'soufflé',
  'décor',
  'hôtel',
  'sauté',
  'touché',
  'vis-à-vis',
  'entrée',
  'señor',
  'señora',
];

/** A rule about two forms of which a book should have one. Each form is a pattern; the rarer one is found. */
function formRule(
  info: RuleInfo,
  one: RegExp,
  other: RegExp,
  names: readonly [string, string],
): Rule {
  return bookRule(info, (book): Spot[] => {
    const places = [findAll(book, one), findAll(book, other)] as const;
    const [first, second] = places;
    if (first.length === 0 || second.length === 0) return [];
    const [few, many, name] =
      first.length <= second.length ? [first, second, names[1]] : [second, first, names[0]];
    return few.slice(0, 20).map((spot) => ({
      ...spot,
      note: `${times(few.length)} this way, ${times(many.length)} as ${name}.`,
    }));
  });
}

const found = new WeakMap<ChapterView, Map<RegExp, Spot[]>>();

/** What a pattern matches in a book, kept for each state of a chapter. */
function findAll(book: BookView, pattern: RegExp): Spot[] {
  return book.chapters.flatMap((chapter) => {
    const known = found.get(chapter)?.get(pattern);
    if (known) return known;
    const spots = chapter.passages.flatMap((passage): Spot[] => {
      if (passage.field !== 'text' || passage.block?.kind === 'heading') return [];
      return [...passage.prose.matchAll(pattern)].map(({ 0: text, index }) => ({
        chapterId: chapter.id,
        blockId: passage.block?.id,
        passage,
        start: index,
        end: index + text.length,
      }));
    });
    const kept = found.get(chapter) ?? new Map<RegExp, Spot[]>();
    found.set(chapter, kept.set(pattern, spots));
    return spots;
  });
}

/** Things that a book writes in two ways. */
export const consistencyRules: readonly Rule[] = [
  bookRule(
    {
      id: 'style/british-american',
      severity: 'info',
      title: 'British and American spellings stand in one book.',
      why: 'Readers notice the change, and editors will ask.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    (book) => {
      const british = AMERICAN.flatMap(([word]) =>
        AMBIGUOUS.has(word) ? [] : (book.words.get(word) ?? []),
      );
      const american = AMERICAN.flatMap(([, word]) =>
        AMBIGUOUS.has(word) ? [] : (book.words.get(word) ?? []),
      );
      const sum = (uses: readonly WordUse[]) => uses.reduce((all, { count }) => all + count, 0);
      const stated = isLanguage(book.metadata.language, ['en-US'])
        ? british
        : isLanguage(book.metadata.language, ['en-GB', 'en-AU', 'en-NZ', 'en-IE', 'en-ZA'])
          ? american
          : null;
      const few = stated ?? (sum(british) <= sum(american) ? british : american);
      const many = few === british ? american : british;
      if (stated === null && (few.length === 0 || many.length === 0)) return [];
      const pairs = new Map(
        AMERICAN.flatMap(
          ([gb, us]) =>
            [
              [gb, us],
              [us, gb],
            ] as [string, string][],
        ),
      );
      return few.map((use) => {
        const other = pairs.get(use.spelling.toLowerCase()) ?? '';
        return {
          ...spotOf(use, other, book.words.get(other)?.count ?? 0),
          note: `${times(use.count)} “${use.spelling}”; the other spelling is “${other}”.`,
        };
      });
    },
  ),
  bookRule(
    {
      id: 'style/two-spellings',
      severity: 'info',
      title: 'A word is spelled in two ways.',
      why: 'Both are right, but not in one book.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    (book) => VARIANTS.flatMap(([one, other]) => rarer(book, one, other)),
  ),
  bookRule(
    {
      id: 'style/hyphenated-twice',
      severity: 'info',
      title: 'A word is written with a hyphen and without one.',
      why: 'Readers notice, and searching finds only half.',
      mend: 'Use one of them throughout.',
      exceptLanguages: ['zh', 'ja', 'ko', 'th'],
    },
    (book) => {
      return [...book.words.keys()].flatMap((word) =>
        /^\p{L}+-\p{L}{2,}$/u.test(word) ? rarer(book, word, word.replace('-', '')) : [],
      );
    },
  ),
  bookRule(
    {
      id: 'style/accent-twice',
      severity: 'info',
      title: 'A word is written with its accent and without it.',
      why: 'Readers notice, and searching finds only half.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    (book) =>
      ACCENTED.flatMap((word) =>
        word === 'résumé' || word === 'rôle'
          ? []
          : rarer(book, word, word.normalize('NFD').replace(/\p{M}/gu, '')),
      ),
  ),
  formRule(
    {
      id: 'style/quotation-marks',
      severity: 'warning',
      title: 'Speech is in double marks here and in single ones there.',
      why: 'Readers take the change for a quotation within a quotation.',
      mend: 'Use one kind for speech throughout.',
      languages: ['en', 'nl', 'pt-BR', 'zh'],
    },
    /(?<=^)“(?=[\p{Lu}])/gu,
    /(?<=^)‘(?!(?:Twas|Tis|Twere|Em|Til|Cause)(?!\p{L}))(?=\p{Lu}\p{Ll}{0,20}[ ,])/gu,
    ['“double” marks', '‘single’ marks'],
  ),
  formRule(
    {
      id: 'style/dashes',
      severity: 'info',
      title: 'Dashes between clauses are set in two ways.',
      why: 'Long dashes without spaces or short ones with spaces: a book keeps to one.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<=\p{Ll}[,]?)—(?=\p{Ll})/gu,
    /(?<=\p{Ll}[,]?) – (?=\p{Ll})/gu,
    ['long dashes without spaces', 'short dashes with spaces'],
  ),
  formRule(
    {
      id: 'style/ellipses',
      severity: 'info',
      title: 'Ellipses between words are set in two ways.',
      why: 'With a space before or without: a book keeps to one.',
      mend: 'Use one of them throughout.',
      languages: ['en', 'de', 'nl', 'it', 'es'],
    },
    /(?<=\p{Ll})… (?=\p{Ll})/gu,
    /(?<=\p{Ll})[ \u00A0]… (?=\p{Ll})/gu,
    ['“word… word”', '“word … word”'],
  ),
  formRule(
    {
      id: 'style/times-of-day',
      severity: 'info',
      title: 'Times of day are written in two ways.',
      why: 'A book keeps to one: 5 a.m. or 5 am.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<=\d[ \u00A0]?)[ap]\.m\./gu,
    /(?<=\d[ \u00A0]?)(?:[ap]m|AM|PM)(?!\p{L})/gu,
    ['“a.m.”', '“am”'],
  ),
  formRule(
    {
      id: 'style/dates',
      severity: 'info',
      title: 'Dates are written in two ways.',
      why: 'A book keeps to one: 5 May or May 5.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<![\d.])\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)(?!\p{L})/gu,
    /(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:st|nd|rd|th)?(?![\d:])/gu,
    ['“5 May”', '“May 5”'],
  ),
  formRule(
    {
      id: 'style/eras',
      severity: 'info',
      title: 'Eras are named in two ways.',
      why: 'BC and AD, or BCE and CE: a book keeps to one.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<=\d[ \u00A0])BC(?!\p{L})|(?<!\p{L})AD(?= \d)|(?<=\d[ \u00A0])AD(?!\p{L})/gu,
    /(?<=\d[ \u00A0])B?CE(?!\p{L})/gu,
    ['“BC”', '“BCE”'],
  ),
  formRule(
    {
      id: 'style/percent',
      severity: 'info',
      title: 'Percentages are written in two ways.',
      why: 'The sign or the word: running text keeps to one.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<=\d[ \u00A0]?)%/gu,
    /(?<=(?:\d|\p{Ll})[ \u00A0])per ?cent(?!\p{L})/gu,
    ['“%”', '“per cent”'],
  ),
  formRule(
    {
      id: 'style/titles',
      severity: 'info',
      title: 'Mr, Mrs and Dr stand with a full stop and without.',
      why: 'American books set the stop, British ones do not; a book keeps to one.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<!\p{L})(?:Mr|Mrs|Ms|Dr)\.(?= \p{Lu})/gu,
    /(?<!\p{L})(?:Mr|Mrs|Ms|Dr)(?=[ \u00A0]\p{Lu})/gu,
    ['“Mr.”', '“Mr”'],
  ),
  formRule(
    {
      id: 'style/initials',
      severity: 'info',
      title: 'Abbreviated names of countries and bodies stand with stops and without.',
      why: 'U.S. and US, U.K. and UK: a book keeps to one.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<!\p{L})(?:U\.S\.|U\.K\.|U\.N\.|E\.U\.)(?!\p{L})/gu,
    /(?<=(?:the|The) )(?:US|UK|UN|EU)(?![\p{L}.])/gu,
    ['“U.S.”', '“US”'],
  ),
  formRule(
    {
      id: 'style/decimals',
      severity: 'info',
      title: 'Large numbers are grouped in two ways.',
      why: 'A book keeps to one: 10,000 or 10 000.',
      mend: 'Use one of them throughout.',
      languages: ['en'],
    },
    /(?<![\d.,])\d{1,3}(?:,\d{3}){1,4}(?![\d,])/gu,
    /(?<![\d.,\p{L}-])\d{2,3}[\u00A0\u202F ]\d{3}(?![\d.,])/gu,
    ['“10,000”', '“10 000”'],
  ),
];
