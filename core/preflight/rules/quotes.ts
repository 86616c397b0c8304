import type { Passage } from '../passage.ts';
import { type Hit, patternRule, type Rule, type RuleInfo, textRule } from '../rule.ts';
import { quoteStyle } from './quoteStyles.ts';

const BEFORE_OPENING = /[\s([{\u2014\u2013\u00A0\u202F“‘„‚«‹¿¡/]/u;
/** English words that begin with an apostrophe. */
const CUT_HEADS =
  /^(?:tis|twas|twere|twill|twould|tisn|em|er|im|cause|bout|round|til|till|neath|nother|cos|coz|fraid|ere|ello|appen|pon|gainst|mongst|kay|sup|ow|ouse|orse|ead|and|ave|is|ad|alf|ome|imself|old|n)(?![\p{L}])/iu;

/** Whether a mark at a place begins something: nothing, a space or an opening bracket stands before it. */
function opens(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  if (before === '') return true;
  return BEFORE_OPENING.test(before) && after !== '' && !/\s/u.test(after);
}

function straightDouble({ prose }: Passage, language: string): Hit[] {
  const { open, close, gap } = quoteStyle(language);
  const hits: Hit[] = [];
  for (let at = prose.indexOf('"'); at >= 0; at = prose.indexOf('"', at + 1)) {
    // Inches have a rule of their own.
    if (/\d/u.test(prose.charAt(at - 1)) && isMeasure(prose, at)) continue;
    const instead = opens(prose, at) ? open + gap : gap + close;
    hits.push({ start: at, end: at + 1, instead });
  }
  return hits;
}

/** `6"` and `5'10"` are inches as long as no quotation is open before them. */
function isMeasure(prose: string, at: number): boolean {
  const before = prose.slice(Math.max(0, at - 400), at);
  return (before.split('"').length - 1) % 2 === 0 && !/“[^”]*$/u.test(before);
}

function isApostrophe(prose: string, at: number): boolean {
  const before = prose.charAt(at - 1);
  const after = prose.slice(at + 1, at + 12);
  if (/[\p{L}\p{N}]/u.test(before) && /^[\p{L}\p{N}]/u.test(after)) return true;
  if (/^\d0?s(?!\p{L})|^\d\d(?!\d)/u.test(after) && !/\d/u.test(before)) return true;
  return !/[\p{L}\p{N}]/u.test(before) && CUT_HEADS.test(after);
}

function straightApostrophe({ prose }: Passage): Hit[] {
  const hits: Hit[] = [];
  for (let at = prose.indexOf("'"); at >= 0; at = prose.indexOf("'", at + 1)) {
    if (isApostrophe(prose, at)) hits.push({ start: at, end: at + 1, instead: '’' });
  }
  return hits;
}

function straightSingle({ prose }: Passage, language: string): Hit[] {
  const { innerOpen, innerClose } = quoteStyle(language);
  const hits: Hit[] = [];
  let isOpen = false;
  for (let at = prose.indexOf("'"); at >= 0; at = prose.indexOf("'", at + 1)) {
    if (isApostrophe(prose, at) || /\d/u.test(prose.charAt(at - 1))) continue;
    const isOpening = opens(prose, at);
    // Without an opening before it, a mark behind a word is the apostrophe of “the boys’ room”.
    const instead = isOpening ? innerOpen : isOpen ? innerClose : '’';
    isOpen = isOpening;
    hits.push({ start: at, end: at + 1, instead });
  }
  return hits;
}

/** A rule that finds a pair of foreign marks and sets the pair of the language. */
function foreignMarks(
  name: string,
  word: string,
  languages: string[],
  pattern: RegExp,
  needs: string,
  exceptLanguages: string[] = [],
): Rule {
  return textRule(
    {
      id: `quote/${name}-marks`,
      severity: 'warning',
      title: `Quotation marks of another language stand in ${word} text.`,
      why: 'Marks of another language look like mistakes, and some of them open where others close.',
      mend: `Use the marks of ${word}.`,
      languages,
      ...(exceptLanguages.length > 0 && { exceptLanguages }),
    },
    {
      needs,
      find({ prose }, language) {
        const { open, close, gap } = quoteStyle(language);
        const hits: Hit[] = [];
        for (const match of prose.matchAll(pattern)) {
          const end = match.index + match[0].length;
          const inner = match[0].slice(1, -1);
          const head = 1 + (inner.length - inner.trimStart().length);
          const tail = 1 + (inner.length - inner.trimEnd().length);
          if (inner.trim() === '') continue;
          hits.push(
            { start: match.index, end: match.index + head, instead: open + gap },
            { start: end - tail, end, instead: gap + close },
          );
        }
        return hits;
      },
    },
  );
}

const ENGLISH_PAIR = /“[^“”„«»]{1,5000}”/gu;
/** English marks where the language keeps them for quotations within quotations. */
const OUTER_ENGLISH_PAIR = /(?<!«[^»“”]{0,400})“[^“”„«»]{1,5000}”/gu;

const UNPAIRED: RuleInfo = {
  id: 'quote/unpaired',
  severity: 'warning',
  title: 'A quotation is opened or closed without its other mark.',
  why: 'Readers cannot tell who speaks, or where speech ends.',
  mend: 'Add the missing mark, or remove the lonely one.',
  exceptLanguages: ['sv', 'fi', 'da'],
};

/** Quotation marks and apostrophes. */
export const quoteRules: readonly Rule[] = [
  textRule(
    {
      id: 'quote/straight-double',
      severity: 'warning',
      title: 'A straight quotation mark.',
      why: 'Books use the curved or angled marks of their language; straight ones are left from typewriters.',
      mend: 'Use the quotation marks of the language.',
    },
    { needs: '"', find: straightDouble },
  ),
  textRule(
    {
      id: 'quote/straight-apostrophe',
      severity: 'warning',
      title: 'A straight apostrophe.',
      why: 'The apostrophe of books is curved; the straight one is left from typewriters.',
      mend: 'Use ’.',
    },
    { needs: "'", find: straightApostrophe },
  ),
  textRule(
    {
      id: 'quote/straight-single',
      severity: 'warning',
      title: 'A straight single quotation mark.',
      why: 'Books use the curved or angled marks of their language.',
      mend: 'Use the single marks of the language.',
    },
    { needs: "'", find: straightSingle },
  ),
  patternRule(
    {
      id: 'quote/backward-apostrophe',
      severity: 'warning',
      title: 'An apostrophe is turned the wrong way.',
      why: 'Word processors take an apostrophe before a word for an opening mark.',
      mend: 'Use ’.',
      languages: ['en'],
    },
    {
      needs: '‘',
      pattern:
        /(?<![\p{L}\p{N}])‘(?=(?:tis|twas|twere|twill|twould|em|til|neath|cause|bout)(?![\p{L}’])|\d\ds?(?![\d’]))/giu,
      instead: '’',
      except: ({ index }, { prose }) =>
        /^[^‘’]{0,60}[^\p{L}]?’(?!\p{L})/u.test(prose.slice(index + 1)),
    },
  ),
  foreignMarks('english', 'English', ['en'], /[«„][^“”„«»]{1,5000}[»“”]/gu, '«„'),
  foreignMarks('german', 'German', ['de'], ENGLISH_PAIR, '”', ['de-CH']),
  foreignMarks('french', 'French', ['fr'], OUTER_ENGLISH_PAIR, '”'),
  foreignMarks('italian', 'Italian', ['it'], /„[^“”„«»]{1,5000}[“”]/gu, '„'),
  foreignMarks('spanish', 'Spanish', ['es', 'ca'], /„[^“”„«»]{1,5000}[“”]/gu, '„'),
  foreignMarks('portuguese', 'Portuguese', ['pt'], /„[^“”„«»]{1,5000}[“”]/gu, '„'),
  foreignMarks('polish', 'Polish', ['pl'], ENGLISH_PAIR, '”'),
  foreignMarks('romanian', 'Romanian', ['ro'], ENGLISH_PAIR, '”'),
  foreignMarks('hungarian', 'Hungarian', ['hu'], ENGLISH_PAIR, '”'),
  foreignMarks('russian', 'Russian', ['ru', 'uk', 'be'], OUTER_ENGLISH_PAIR, '”'),
  foreignMarks('czech', 'Czech or Slovak', ['cs', 'sk'], ENGLISH_PAIR, '”'),
  foreignMarks('greek', 'Greek', ['el'], OUTER_ENGLISH_PAIR, '”'),
  foreignMarks('norwegian', 'Norwegian', ['nb', 'nn', 'no'], ENGLISH_PAIR, '”'),
  foreignMarks('danish', 'Danish', ['da'], ENGLISH_PAIR, '“'),
  foreignMarks('nordic', 'Swedish or Finnish', ['sv', 'fi'], ENGLISH_PAIR, '“'),
  foreignMarks('japanese', 'Japanese', ['ja'], ENGLISH_PAIR, '”'),
  foreignMarks('chinese', 'traditional Chinese', ['zh-Hant', 'zh-TW'], ENGLISH_PAIR, '”'),
  textRule(UNPAIRED, { fields: ['text', 'caption', 'detail'], needs: '“”„«»「」', find: unpaired }),
  patternRule(
    {
      id: 'quote/space-inside',
      severity: 'warning',
      title: 'A space stands inside a quotation mark.',
      why: 'The mark may stand alone at the end of a line.',
      mend: 'Remove the space.',
      exceptLanguages: ['fr', 'ru', 'sv', 'fi', 'da', 'de', 'cs', 'sk', 'bg', 'sl'],
    },
    {
      needs: '“”',
      pattern:
        /(?<=“)[ \u00A0]+(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}.,!?…])[ \u00A0]+(?=”(?![\p{L}\p{N}]))/gu,
      instead: '',
    },
  ),
  patternRule(
    {
      id: 'quote/comma-outside',
      severity: 'info',
      title: 'A comma or full stop stands behind the closing mark.',
      why: 'American books set commas and full stops inside the quotation marks.',
      mend: 'Move it inside.',
      languages: ['en-US'],
    },
    {
      needs: '”’',
      pattern: /(?<=[\p{L}\p{N}])([”]|’”)([.,])(?=\s|$)/gu,
      instead: ([, mark = '', stop = '']) => stop + mark,
    },
  ),
  patternRule(
    {
      id: 'quote/low-mark-as-comma',
      severity: 'warning',
      title: 'A low quotation mark stands for a comma.',
      why: 'It looks like a comma, but voices and searching take it for a quotation.',
      mend: 'Use a comma.',
    },
    { needs: '‚', pattern: /(?<=\p{L})‚(?=\s)/gu, instead: ',' },
  ),
  patternRule(
    {
      id: 'quote/two-singles',
      severity: 'warning',
      title: 'Two single marks stand for a double one.',
      why: 'The marks stand too far apart and may be parted at the end of a line.',
      mend: 'Use one double mark.',
      exceptLanguages: ['sv', 'fi'],
    },
    {
      needs: "‘’',‚",
      pattern: /‘‘(?!‘)|(?<!’)’’(?!’)|(?<!')''(?!')|(?<![,\p{L}\p{N}]),,(?=\p{L})|‚‚(?!‚)/gu,
      instead: ([marks], language) => {
        const { open, close } = quoteStyle(language);
        if (marks === '’’') return close;
        return marks === "''" ? '"' : open;
      },
    },
  ),
  patternRule(
    {
      id: 'quote/doubled',
      severity: 'warning',
      title: 'The same quotation mark stands twice.',
      why: 'One of them was typed by mistake.',
      mend: 'Keep one.',
      exceptLanguages: ['sv', 'fi'],
    },
    {
      needs: '“”„«»',
      pattern: /(?<!“)““+|(?<!”)””+|(?<!„)„„+|(?<!«)««+|(?<!»)»»+/gu,
      instead: ([marks]) => marks.charAt(0),
    },
  ),
  textRule(
    {
      id: 'quote/same-inside',
      severity: 'warning',
      title: 'A quotation within a quotation uses the same marks.',
      why: 'Readers cannot tell where the inner one ends.',
      mend: 'Use the inner marks of the language.',
      languages: ['en', 'pt-BR', 'nl', 'ga'],
    },
    {
      needs: '“',
      find({ prose }) {
        const hits: Hit[] = [];
        let isOpen = false;
        for (const { 0: mark, index } of prose.matchAll(/[“”]/gu)) {
          if (mark === '“' && isOpen && prose.charAt(index - 1) !== '“') {
            hits.push({ start: index, end: index + 1 });
          }
          isOpen = mark === '“';
        }
        return hits;
      },
    },
  ),
  patternRule(
    {
      id: 'quote/angle-brackets',
      severity: 'warning',
      title: 'Less-than and greater-than signs stand for angled quotation marks.',
      why: 'They are signs of mathematics, stand too high and are read out as such.',
      mend: 'Use « and ».',
    },
    {
      needs: '<>',
      pattern: /<<(?=[ \u00A0\u202F]?\p{L})|(?<=[\p{L}.,!?…][ \u00A0\u202F]?)>>/gu,
      instead: ([signs]) => (signs === '<<' ? '«' : '»'),
    },
  ),
  patternRule(
    {
      id: 'quote/french-gap',
      severity: 'warning',
      title: 'The space inside French quotation marks is missing or may break.',
      why: 'French books keep a narrow space that does not break inside « and ».',
      mend: 'Put a narrow no-break space there.',
      languages: ['fr'],
      exceptLanguages: ['fr-CH'],
    },
    {
      needs: '«»',
      pattern: /(?<=«)(?:[ \u2009]*(?=[^\s\u00A0\u202F]))|(?<=[^\s\u00A0\u202F])[ \u2009]*(?=»)/gu,
      instead: '\u202F',
    },
  ),
  patternRule(
    {
      id: 'quote/space-before-missing',
      severity: 'warning',
      title: 'No space stands before an opening quotation mark.',
      why: 'The word before and the quotation run into one.',
      mend: 'Put a space there.',
      exceptLanguages: ['de', 'cs', 'sk', 'bg', 'sl', 'ru', 'uk', 'be', 'zh', 'ja', 'ko'],
    },
    { needs: '“', pattern: /(?<=[\p{L},;:.!?])(?=“\p{L})/gu, instead: ' ' },
  ),
  patternRule(
    {
      id: 'quote/space-after-missing',
      severity: 'warning',
      title: 'No space stands behind a closing quotation mark.',
      why: 'The quotation and the word behind it run into one.',
      mend: 'Put a space there.',
      exceptLanguages: ['sv', 'fi', 'zh', 'ja', 'ko'],
    },
    { needs: '”', pattern: /(?<=[\p{L}.,!?…]”)(?=\p{L}{2})/gu, instead: ' ' },
  ),
  patternRule(
    {
      id: 'quote/stop-twice',
      severity: 'warning',
      title: 'A full stop stands inside and outside a quotation.',
      why: 'A sentence ends once.',
      mend: 'Remove the second one.',
      exceptLanguages: ['es', 'ca', 'pt', 'it', 'ru', 'uk', 'be', 'pl', 'fr', 'nb', 'nn', 'no'],
    },
    { needs: '”’', pattern: /(?<=[.!?…][”’]{1,2})\.(?!\.)/gu, instead: '' },
  ),
];

const PAIRS: readonly (readonly [string, string])[] = [
  ['“', '”'],
  ['«', '»'],
  ['「', '」'],
];

function unpaired({ prose }: Passage, language: string): Hit[] {
  const { open, close } = quoteStyle(language);
  const own = PAIRS.some(([first, last]) => first === open && last === close);
  // In German “ closes what „ opened, and »…« is as good: only the language's own pair can be judged there.
  const pairs = own ? PAIRS : [[open, close] as const];
  return pairs.flatMap(([first, last]) => lonely(prose, first, last));
}

function lonely(prose: string, first: string, last: string): Hit[] {
  const hits: Hit[] = [];
  let openAt = -1;
  for (let at = 0; at < prose.length; at += 1) {
    const char = prose.charAt(at);
    if (char === first) {
      // Speech that goes on over paragraphs opens each of them anew; an opening at the beginning may do that.
      if (openAt > 0) hits.push({ start: openAt, end: openAt + 1 });
      openAt = at;
    } else if (char === last) {
      if (openAt < 0) hits.push({ start: at, end: at + 1 });
      openAt = -1;
    }
  }
  // The last speech of a paragraph may go on in the next one, which cannot be told here.
  return hits;
}
