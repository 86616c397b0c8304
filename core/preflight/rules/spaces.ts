import { patternRule, type Rule, textRule, type Hit } from '../rule.ts';

const UNITS =
  'km|cm|mm|m|kg|g|mg|t|l|ml|h|min|s|ms|Hz|kHz|MHz|GHz|W|kW|MW|V|kV|mV|A|mA|Ω|J|kJ|Pa|hPa|kPa|°C|°F|kcal|cal|mph|lb|lbs|oz|ft|in|yd|mi|ha|KB|MB|GB|TB|dB|px|pt|dpi|ppi|rpm|km/h';
const SPACED_PERCENT = [
  'de',
  'fr',
  'es',
  'ca',
  'ru',
  'uk',
  'be',
  'cs',
  'sk',
  'sv',
  'fi',
  'nb',
  'nn',
  'no',
  'da',
  'pl',
  'hu',
  'sl',
  'bg',
  'ro',
  'pt-PT',
];
const CLOSED_PERCENT = ['en', 'it', 'nl', 'pt-BR', 'el', 'zh', 'ja', 'ko', 'ga', 'tr'];
const SPACED_THOUSANDS = [
  'fr',
  'ru',
  'uk',
  'be',
  'pl',
  'cs',
  'sk',
  'sv',
  'fi',
  'nb',
  'nn',
  'no',
  'hu',
  'bg',
];
const CJK = ['zh', 'ja', 'ko'];

/** Spaces that are missing, too many, or that may not break. */
export const spaceRules: readonly Rule[] = [
  patternRule(
    {
      id: 'space/double',
      severity: 'warning',
      title: 'Two or more spaces stand between words.',
      why: 'Books have one space between words and sentences; more leave holes on the page.',
      mend: 'Keep one.',
    },
    { needs: ' ', pattern: /(?<=\S) {2,}(?=\S)/gu, instead: ' ' },
  ),
  patternRule(
    {
      id: 'space/before-punctuation',
      severity: 'warning',
      title: 'A space stands before a punctuation mark.',
      why: 'The mark may begin a line of its own.',
      mend: 'Remove the space.',
    },
    {
      needs: ',.;:!?',
      pattern: /(?<! ) +(?=[,.;:!?](?:[\s”’)]|$))/gu,
      instead: '',
      except: ({ index, 0: spaces }, { prose }, language) =>
        !/[\p{L}\p{N}”’)»\]]/u.test(prose.charAt(index - 1)) ||
        (/^fr(?!-CH)/iu.test(language) && /[;:!?]/u.test(prose.charAt(index + spaces.length))),
    },
  ),
  patternRule(
    {
      id: 'space/after-comma',
      severity: 'warning',
      title: 'No space stands behind a comma.',
      why: 'The words run into one and cannot be broken.',
      mend: 'Put a space there.',
      exceptLanguages: CJK,
    },
    { needs: ',;', pattern: /(?<=\p{L}{2}[,;])(?=\p{L}{2})/gu, instead: ' ' },
  ),
  patternRule(
    {
      id: 'space/after-stop',
      severity: 'warning',
      title: 'No space stands between two sentences.',
      why: 'The sentences run into one.',
      mend: 'Put a space there.',
      exceptLanguages: CJK,
    },
    { needs: '.!?', pattern: /(?<=\p{Ll}{2}[.!?])(?=\p{Lu}\p{Ll})/gu, instead: ' ' },
  ),
  patternRule(
    {
      id: 'space/inside-brackets',
      severity: 'warning',
      title: 'A space stands inside a bracket.',
      why: 'The bracket may stand alone at the end of a line.',
      mend: 'Remove the space.',
    },
    {
      needs: '()[]',
      pattern: /(?<=(?<![:;-])[([]) +(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}.,!?]) +(?=[)\]])/gu,
      instead: '',
    },
  ),
  patternRule(
    {
      id: 'space/before-bracket',
      severity: 'warning',
      title: 'No space stands before an opening bracket.',
      why: 'The word and the bracket run into one.',
      mend: 'Put a space there.',
      exceptLanguages: CJK,
    },
    {
      needs: '(',
      pattern: /(?<=\p{Ll}{2}[,.;]?)(?=\(\p{L}{3})/gu,
      instead: ' ',
      except: ({ index }, { prose }) => /^\(\p{L}{1,4}\)/u.test(prose.slice(index, index + 8)),
    },
  ),
  patternRule(
    {
      id: 'space/after-bracket',
      severity: 'warning',
      title: 'No space stands behind a closing bracket.',
      why: 'The bracket and the word run into one.',
      mend: 'Put a space there.',
      exceptLanguages: CJK,
    },
    {
      needs: ')',
      pattern: /(?<=\p{L}{3}\))(?=\p{L}{2})/gu,
      instead: ' ',
      except: ({ index }, { prose }) =>
        /(?:^|[\s“‘(])\(\p{L}{1,3}\)$|\p{L}\(\p{L}{1,6}\)$/u.test(
          prose.slice(Math.max(0, index - 12), index),
        ),
    },
  ),
  patternRule(
    {
      id: 'space/french-high',
      severity: 'warning',
      title: 'The space before ; ! or ? is missing or may break.',
      why: 'French books keep a narrow space there that does not break.',
      mend: 'Put a narrow no-break space there.',
      languages: ['fr'],
      exceptLanguages: ['fr-CH', 'fr-CA'],
    },
    { needs: ';!?', pattern: /(?<=[\p{L}\p{N}”»)])[ \u00A0]?(?=[;!?])/gu, instead: '\u202F' },
  ),
  patternRule(
    {
      id: 'space/french-colon',
      severity: 'warning',
      title: 'The space before a colon is missing or may break.',
      why: 'French books keep a space there that does not break.',
      mend: 'Put a no-break space there.',
      languages: ['fr'],
      exceptLanguages: ['fr-CH'],
    },
    {
      needs: ':',
      pattern:
        /(?<=[\p{L}”»)])[ \u202F]?(?=:(?:[\s\u00A0]|$))|(?<=\d)[ \u202F]?(?=:(?:[\s\u00A0]|$))/gu,
      instead: '\u00A0',
    },
  ),
  patternRule(
    {
      id: 'space/unit',
      severity: 'info',
      title: 'A number may be parted from its unit.',
      why: 'At the end of a line the number stays behind and the unit begins the next.',
      mend: 'Put a no-break space there.',
      isNicety: true,
    },
    {
      needs: '0',
      pattern: new RegExp(`(?<=\\d) (?=(?:${UNITS})(?![\\p{L}\\p{N}’'/.-]))`, 'gu'),
      instead: '\u00A0',
      // “in”, “A”, “m” and “l” are words too, or initials.
      except: ({ index }, { prose }) =>
        /^(?:in|A|a|s|h|t|V|W|J) /u.test(prose.slice(index + 1, index + 5)),
    },
  ),
  patternRule(
    {
      id: 'space/unit-missing',
      severity: 'info',
      title: 'No space stands between a number and its unit.',
      why: 'The rules of the International System part them; 10 km is not one word.',
      mend: 'Put a no-break space there.',
    },
    {
      needs: '0',
      pattern:
        /(?<=(?<![\p{L}\d.,])\d{1,5}(?:[.,]\d{1,3})?)(?=(?:km|cm|kg|mg|ml|kHz|MHz|GHz|kW|hPa|kcal|°C|°F)(?![\p{L}\p{N}-]))/gu,
      instead: '\u00A0',
    },
  ),
  patternRule(
    {
      id: 'space/percent-missing',
      severity: 'info',
      title: 'No space stands before a percent sign.',
      why: 'In this language number and sign are parted by a space that does not break.',
      mend: 'Put a no-break space there.',
      languages: SPACED_PERCENT,
    },
    { needs: '%‰', pattern: /(?<=\d)[ ]?(?=[%‰](?![\p{L}\d]))/gu, instead: '\u00A0' },
  ),
  patternRule(
    {
      id: 'space/percent-closed',
      severity: 'info',
      title: 'A space stands before a percent sign.',
      why: 'In this language number and sign stand close together.',
      mend: 'Remove the space.',
      languages: CLOSED_PERCENT,
    },
    { needs: '%‰', pattern: /(?<=\d)[ \u00A0\u202F]+(?=[%‰])/gu, instead: '' },
  ),
  patternRule(
    {
      id: 'space/initials',
      severity: 'info',
      title: 'The initials of a name may be parted.',
      why: 'A name whose first letter stands alone at the end of a line is hard to read.',
      mend: 'Put no-break spaces there.',
      isNicety: true,
      exceptLanguages: ['de', ...CJK],
    },
    {
      needs: '.',
      pattern: /(?<=(?:^|[\s\u00A0(“‘«])\p{Lu}\.) (?=\p{Lu}(?:\.|\p{Ll}{2}))/gu,
      instead: '\u00A0',
      except: ({ index }, { prose }) =>
        /(?:\p{Ll} I|(?:plan|vitamin|hepatitis|type|grade|class|block|team|exhibit|appendix|section|part|figure|point|group|level|route|size|room) \p{Lu})\.$/iu.test(
          prose.slice(Math.max(0, index - 14), index),
        ),
    },
  ),
  patternRule(
    {
      id: 'space/abbreviation',
      severity: 'info',
      title: 'The parts of an abbreviation may be parted.',
      why: 'German abbreviations of two letters are set with a narrow space that does not break.',
      mend: 'Put a narrow no-break space there.',
      languages: ['de'],
    },
    {
      needs: '.',
      pattern: /(?<=(?<!\p{L})(?:z|d|u|o|i|s|v|n|a|e)\.) ?(?=(?:B|h|a|ä|d|A|R|i|o|u|Chr|V|T)\.)/gu,
      instead: '\u202F',
    },
  ),
  patternRule(
    {
      id: 'space/number-word',
      severity: 'info',
      title: 'A number may be parted from the word that says what it counts.',
      why: 'A line that ends with “p.” and goes on with “12” is read twice.',
      mend: 'Put a no-break space there.',
      isNicety: true,
    },
    {
      needs: '0',
      pattern: /(?<=(?<![\p{L}])(?:pp?|Nos?|Nr|Fig|Abb|Vol|Bd|Ch|Kap|Tab|S|n|№)\.?) (?=\d)/gu,
      instead: '\u00A0',
      except: ({ index }, { prose }) =>
        /(?:^|[^\p{L}])(?:S|n|No|Nos|p|pp)$/u.test(prose.slice(Math.max(0, index - 4), index)),
    },
  ),
  patternRule(
    {
      id: 'space/thousands',
      severity: 'info',
      title: 'A number may be broken between its thousands.',
      why: 'Half a number at the end of a line is another number.',
      mend: 'Put a narrow no-break space there.',
      languages: SPACED_THOUSANDS,
    },
    {
      needs: '0',
      pattern: /(?<=(?<![\d.,])\d{1,3}) (?=\d{3}(?!\d))|(?<=[\u202F\u00A0]\d{3}) (?=\d{3}(?!\d))/gu,
      instead: '\u202F',
    },
  ),
  patternRule(
    {
      id: 'space/sign',
      severity: 'info',
      title: 'A sign may be parted from its number.',
      why: 'Signs such as § and № belong to what follows them.',
      mend: 'Put a no-break space there.',
    },
    { needs: '§¶№', pattern: /(?<=[§¶№]) ?(?=\d)/gu, instead: '\u00A0' },
  ),
  patternRule(
    {
      id: 'space/polish-single',
      severity: 'info',
      title: 'A word of one letter may end a line.',
      why: 'Polish books keep a, i, o, u, w and z with the next word.',
      mend: 'Put a no-break space there.',
      languages: ['pl'],
      isNicety: true,
    },
    { needs: ' ', pattern: /(?<=(?:^|[\s\u00A0(„])[aiouwzAIOUWZ]) (?=\p{L})/gu, instead: '\u00A0' },
  ),
  patternRule(
    {
      id: 'space/czech-single',
      severity: 'info',
      title: 'A preposition of one letter may end a line.',
      why: 'Czech and Slovak books keep k, s, v, z, o and u with the next word.',
      mend: 'Put a no-break space there.',
      languages: ['cs', 'sk'],
      isNicety: true,
    },
    { needs: ' ', pattern: /(?<=(?:^|[\s\u00A0(„])[ksvzouKSVZOU]) (?=\p{L})/gu, instead: '\u00A0' },
  ),
  textRule(
    {
      id: 'space/leading',
      severity: 'warning',
      title: 'Spaces begin a paragraph.',
      why: 'Paragraphs are indented when they are set; typed spaces come on top of that.',
      mend: 'Remove them.',
      exceptLanguages: CJK,
    },
    {
      needs: '\u00A0\u202F\u2007\u2009\u200A ',
      find({ prose, field, block }): Hit[] {
        // Lines of verse may be indented on purpose.
        if (field === 'text' && block?.kind !== 'paragraph' && block?.kind !== 'heading') return [];
        const end = prose.length - prose.trimStart().length;
        return end === 0 || end === prose.length ? [] : [{ start: 0, end, instead: '' }];
      },
    },
  ),
  textRule(
    {
      id: 'space/trailing',
      severity: 'info',
      title: 'Spaces end a paragraph.',
      why: 'They can push the last line out of place and come from somewhere they were meant for something.',
      mend: 'Remove them.',
    },
    {
      needs: '\u00A0\u202F\u2007\u2009\u200A\u3000 ',
      find({ prose }): Hit[] {
        const start = prose.trimEnd().length;
        return start === prose.length || start === 0
          ? []
          : [{ start, end: prose.length, instead: '' }];
      },
    },
  ),
  patternRule(
    {
      id: 'space/no-break-run',
      severity: 'warning',
      title: 'No-break spaces stand in a row, or beside an ordinary one.',
      why: 'They leave a hole that cannot shrink.',
      mend: 'Keep one.',
    },
    {
      needs: '\u00A0\u202F',
      pattern: /(?<=\S) *[\u00A0\u202F][ \u00A0\u202F]+(?=\S)|(?<=\S) +[\u00A0\u202F](?=\S)/gu,
      instead: ([spaces]) => (spaces.includes(' ') ? ' ' : spaces.charAt(0)),
    },
  ),
  patternRule(
    {
      id: 'space/slash',
      severity: 'info',
      title: 'A slash has a space on one side only.',
      why: 'A slash has spaces on both sides or on none.',
      mend: 'Remove the space.',
    },
    {
      needs: '/',
      pattern: /(?<=\p{L}{2}) \/(?=\p{L}{2})|(?<=\p{L}{2})\/ (?=\p{L}{2})/gu,
      instead: '/',
    },
  ),
  patternRule(
    {
      id: 'space/torn-contraction',
      severity: 'warning',
      title: 'A space stands inside a contraction.',
      why: 'A contraction such as “don’t” is one word.',
      mend: 'Remove the space.',
      languages: ['en'],
    },
    {
      needs: "’'",
      pattern:
        /(?<=\p{Ll}) (?=[’'](?:s|re|ve|ll|d|m)(?!\p{L}))|(?<=\p{Ll}) (?=n[’']t(?!\p{L}))|(?<=(?<!\p{L})(?:I|he|she|we|you|they|it)[’']) (?=(?:s|re|ve|ll|d|m)(?!\p{L}))/gu,
      instead: '',
    },
  ),
  patternRule(
    {
      id: 'space/elision',
      severity: 'warning',
      title: 'A space stands behind an elided word.',
      why: 'Behind the apostrophe the next word follows at once.',
      mend: 'Remove the space.',
      languages: ['fr', 'ca'],
    },
    {
      needs: "’'",
      pattern: /(?<=(?<!\p{L})(?:[cdjlmnstCDJLMNST]|qu|Qu)[’']) +(?=\p{L})/gu,
      instead: '',
    },
  ),
];
