import type { Passage } from '../passage.ts';
import { chapterRule, type Hit, patternRule, type Rule, type RuleInfo, textRule } from '../rule.ts';
import {
  FRENCH_LIGATURES,
  GERMAN_UMLAUTS,
  OLD_GERMAN,
  SCAN_ERRORS,
  WRONG_SPELLINGS,
} from './wordLists.ts';

/** Words that may well stand twice: “had had”, “that that”, “very very”, names of speech. */
const MAY_REPEAT: Readonly<Record<string, ReadonlySet<string>>> = {
  en: wordSet(`
    had that very so no ha ho hee bye knock tut there hear now well far long many much
    more really never please come go again yes oh ah la blah tick half you her on round
    up down over wait run what why who dear good is do one by in it old deep little
  `),
  de: wordSet(`
    der die das sie den dem sehr ja nein so nie ganz weit lange na ha immer es ihr dass
    mit zu an nach in ein
  `),
  fr: wordSet(`
    nous vous très non oui si bien ha ah oh là plus loin petit tout en
  `),
};

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}

/** A rule of words that are looked up; the case of the first letter is kept. */
function wordList(
  info: RuleInfo,
  list: Readonly<Record<string, string | null>>,
  options: { exactCase?: boolean } = {},
): Rule {
  const words = new Map(Object.entries(list).filter(([from, to]) => from !== to));
  const lowered = [...words.keys()].map((word) => word.toLowerCase());
  return chapterRule(info, (chapter) => {
    const isInText = lowered.some((word) => chapter.words.has(word));
    return chapter.passages.flatMap((passage) => {
      // Nearly no chapter holds one of them; titles and captions are not among its words.
      if (!isInText && passage.field === 'text') return [];
      return listedWords(passage, words, options.exactCase === true).map((hit) => ({
        chapterId: chapter.id,
        blockId: passage.block?.id,
        passage,
        ...hit,
      }));
    });
  });
}

function listedWords(
  { prose }: Passage,
  words: ReadonlyMap<string, string | null>,
  isExact: boolean,
): Hit[] {
  return [...prose.matchAll(/[\p{L}\p{M}]+/gu)].flatMap(({ 0: word, index }) => {
    const key = words.has(word) || isExact ? word : word.toLowerCase();
    const mended = words.get(key);
    // A name of an organisation or a word shouted in capitals is something else.
    if (mended === undefined || word === word.toUpperCase()) return [];
    const place = { start: index, end: index + word.length };
    return [mended === null ? place : { ...place, instead: likeCase(word, mended) }];
  });
}

function likeCase(model: string, word: string): string {
  const first = model.charAt(0);
  return first !== first.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

function repeatedWords({ prose }: Passage, language: string): Hit[] {
  const allowed = MAY_REPEAT[language.slice(0, 2).toLowerCase()];
  const hits: Hit[] = [];
  let before = '';
  let at = 0;
  for (const part of prose.split(' ')) {
    const word = before.replace(/^[“‘(«„]{1,3}/u, '');
    const isSame =
      word.length > 1 && part.length >= word.length && part.startsWith(word.slice(1), 1);
    const second = part.slice(0, word.length);
    const isRepeated =
      isSame &&
      /^\p{Ll}+$/u.test(second) &&
      word.toLowerCase() === second &&
      !/[\p{L}\p{M}\p{N}’'-]/u.test(part.charAt(word.length));
    // Other languages repeat small words on purpose; there only long ones are told.
    const isMeant = allowed === undefined ? second.length < 5 : allowed.has(second);
    if (isRepeated && !isMeant) {
      hits.push({ start: at - 1 - word.length, end: at + word.length });
    }
    at += part.length + 1;
    before = part;
  }
  return hits;
}

const VOWEL_SOUND =
  /^(?:hour|honest|honou?r|heir|[aeio]|u(?!ni(?!n|m)|s(?:e|u|a)|k|t[ei]|r(?:in|an|o)|biq|vul))/iu;
const CONSONANT_SOUND =
  /^(?:eu|ewe|on(?:e|ce)(?![a-z])|one-|ou(?:i|ija)|u(?:ni(?!n|m)|se|su|k(?:e|r)|t(?:e|i|o)|r(?:in|an|o)|biq|vul|sa)|[bcdfgjklmnpqrstvwxyz]|h(?!eir|our|on(?:est|ou?r)))/iu;

/** Words: repeated, wrongly written, wrongly cased, left over. */
export const wordRules: readonly Rule[] = [
  textRule(
    {
      id: 'word/repeated',
      severity: 'warning',
      title: 'The same word stands twice.',
      why: 'It is the commonest slip of revising, and eyes pass over it.',
      mend: 'Remove one, if it was not meant.',
      exceptLanguages: ['zh', 'ja', 'ko', 'th', 'id', 'ms', 'vi'],
    },
    {
      fields: ['text', 'caption', 'title', 'detail'],
      find: repeatedWords,
    },
  ),
  patternRule(
    {
      id: 'word/two-capitals',
      severity: 'warning',
      title: 'A word begins with two capitals.',
      why: 'The shift key was held too long.',
      mend: 'Make the second letter small.',
      changesWords: true,
      exceptLanguages: ['nl'],
    },
    {
      hint: /\p{Lu}\p{Lu}\p{Ll}/u,
      pattern: /(?<![\p{L}\p{N}’'-])\p{Lu}{2}\p{Ll}{1,20}(?![\p{L}\p{N}])/gu,
      instead: ([word]) => word.charAt(0) + word.slice(1).toLowerCase(),
      except: ([word]) =>
        /^(?:IJ|Mc|PhD|OKs|TVs|CDs|DVDs|PCs|IDs|IQs|MPs|VIPs|PR|UFOs)/u.test(word) ||
        /^(?:MHz|GHz|THz|IoT)/u.test(word) ||
        /^\p{Lu}{2}s$/u.test(word),
    },
  ),
  patternRule(
    {
      id: 'word/inner-capital',
      severity: 'warning',
      title: 'A capital stands inside a word.',
      why: 'The caps lock or a missing space did it.',
      mend: 'Write the word in small letters, or part the two words.',
      languages: ['en', 'de', 'es', 'it', 'pt', 'nl'],
    },
    {
      fields: ['text', 'caption'],
      hint: /\p{Ll}\p{Lu}/u,
      pattern: /(?<![\p{L}\p{N}’'.@#_-])\p{Ll}{2,12}\p{Lu}{1,12}\p{Ll}{0,12}(?![\p{L}\p{N}(_])/gu,
      except: ([word]) =>
        /^(?:e[A-Z]|i[A-Z]|mRNA|tRNA|eBay|iPhone|pH|kW|mac|van|von|de|del|la|der|fitz)/u.test(word),
    },
  ),
  patternRule(
    {
      id: 'word/shouting',
      severity: 'info',
      title: 'Several words in a row are in capitals.',
      why: 'Capitals are hard to read, and some voices spell them out letter by letter.',
      mend: 'Use italics, or small capitals where a sign or headline is quoted.',
    },
    {
      fields: ['text', 'caption', 'detail'],
      hint: /\p{Lu}\p{Lu}/u,
      pattern: /(?<![\p{L}\p{N}])\p{Lu}{2,30}(?:[ ,’'!-]{1,3}\p{Lu}{1,30}){3,40}(?![\p{L}\p{N}])/gu,
    },
  ),
  patternRule(
    {
      id: 'word/small-sentence',
      severity: 'info',
      title: 'A sentence begins with a small letter.',
      why: 'The stop before it, or the capital, is a slip.',
      mend: 'Begin it with a capital, or change the stop.',
      languages: ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'cs', 'sv', 'da', 'nb', 'ru'],
    },
    {
      fields: ['text', 'caption', 'detail'],
      needs: '.',
      pattern: /(?<=(?<!\p{Lu})\p{Ll}{4,20}\.) \p{Ll}{2,}(?!\.)/gu,
      except: ({ index }, { prose }) =>
        /(?:^|[^\p{L}])(?:approx|dept|illus|transl|chap|prof|capt|lieut|messrs|resp|bzw|usw|evtl|etc|ital|engl|griech|vols|Mesdames|Messrs|inst|prox|esqr)\.$/iu.test(
          prose.slice(Math.max(0, index - 12), index),
        ),
    },
  ),
  patternRule(
    {
      id: 'word/small-i',
      severity: 'warning',
      title: 'The word I is written small.',
      why: 'In English it is a capital wherever it stands.',
      mend: 'Write I.',
      languages: ['en'],
      changesWords: true,
    },
    {
      fields: ['text', 'caption', 'detail'],
      pattern:
        /(?<=[\p{L},;:.!?”’—–] |^|[“‘])i(?= (?:am|was|will|have|had|do|did|think|know|can|could|would|should|said|want|love|must|never|don|just|went|saw)(?![\p{L}])|[’'](?:m|ve|ll|d)(?!\p{L}))/gu,
      instead: 'I',
    },
  ),
  textRule(
    {
      id: 'word/a-or-an',
      severity: 'warning',
      title: 'The wrong article stands before a sound.',
      why: 'An comes before the sound of a vowel, a before any other.',
      mend: 'Change the article.',
      languages: ['en'],
      changesWords: true,
    },
    {
      fields: ['text', 'caption', 'detail', 'alt'],
      find({ prose }): Hit[] {
        const hits: Hit[] = [];
        for (const match of prose.matchAll(
          /(?<![\p{L}\p{N}’'.,-])([Aa]n?)[ \u00A0](\p{Ll}{2,25})(?![\p{L}’'])/gu,
        )) {
          const [, article = '', word = ''] = match;
          const isAn = article.length === 2;
          const isWrong = isAn
            ? CONSONANT_SOUND.test(word) && !word.startsWith('h')
            : VOWEL_SOUND.test(word) && !CONSONANT_SOUND.test(word);
          // “A or B”, “a is a letter”.
          if (
            !isWrong ||
            /^(?:or|and|is|as|in|an|of|on|at|if|it|a|for|to|was|but|the|then|ing)$/u.test(word)
          )
            continue;
          const end = match.index + article.length;
          hits.push({ start: match.index, end, instead: isAn ? article.charAt(0) : `${article}n` });
        }
        return hits;
      },
    },
  ),
  patternRule(
    {
      id: 'word/two-articles',
      severity: 'warning',
      title: 'Two articles stand in a row.',
      why: 'One of them was left over when the sentence was changed.',
      mend: 'Remove one.',
      languages: ['en'],
    },
    {
      fields: ['text', 'caption', 'detail'],
      pattern:
        /(?<![\p{L}\p{N}’'-])(?:[Aa]n?|[Tt]he) (?:an|the)(?= \p{L})|(?<![\p{L}\p{N}’'-])(?:[Aa]n|[Tt]he) a(?= (?!priori|posteriori|la |cappella)\p{Ll})/gu,
      except: ([two]) => /^the the$/iu.test(two),
    },
  ),
  patternRule(
    {
      id: 'word/could-of',
      severity: 'warning',
      title: 'Of stands for have.',
      why: 'It sounds like “could’ve”, but the word is have.',
      mend: 'Write have.',
      languages: ['en'],
      changesWords: true,
    },
    {
      pattern:
        /(?<=(?<!\p{L})(?:could|should|would|might|must)(?:n[’']t)? )of(?= (?:been|done|gone|had|known|thought|said|seen|made|told|taken|come|gotten|given|heard|left|never|always|just|a)(?!\p{L}))/giu,
      instead: 'have',
      except: ({ index }, { prose }) => /^of a /u.test(prose.slice(index)),
    },
  ),
  patternRule(
    {
      id: 'word/than',
      severity: 'warning',
      title: 'Then stands for than.',
      why: 'A comparison takes than.',
      mend: 'Write than.',
      languages: ['en'],
      changesWords: true,
    },
    {
      pattern:
        /(?<=(?<!\p{L})(?:more|less|rather|better|worse|other|older|younger|bigger|smaller|larger|higher|lower|faster|slower|longer|shorter|greater|fewer) )then(?= (?:a|the|that|this|he|she|they|we|I|it|you|any|one|two|my|his|her|their|ever|me|him|them)(?!\p{L}))/gu,
      instead: 'than',
    },
  ),
  patternRule(
    {
      id: 'word/its',
      severity: 'warning',
      title: 'It’s stands for its.',
      why: 'It’s means it is; what belongs to it is its.',
      mend: 'Write its.',
      languages: ['en'],
      changesWords: true,
    },
    {
      needs: "’'",
      pattern: /(?<!\p{L})([Ii]t)[’']s(?= own(?!\p{L}))/gu,
      instead: ([, it = '']) => `${it}s`,
    },
  ),
  wordList(
    {
      id: 'word/misspelled',
      severity: 'warning',
      title: 'A word is misspelled.',
      why: 'It is one of the commonest slips of English.',
      mend: 'Correct the spelling.',
      languages: ['en'],
      changesWords: true,
    },
    WRONG_SPELLINGS,
  ),
  wordList(
    {
      id: 'word/scan-error',
      severity: 'warning',
      title: 'A word looks wrongly read by a scanner.',
      why: 'Letters of similar shape were taken for one another.',
      mend: 'Compare it with the original.',
      languages: ['en'],
    },
    SCAN_ERRORS,
  ),
  wordList(
    {
      id: 'word/old-german',
      severity: 'info',
      title: 'A word follows the German spelling before 1996.',
      why: 'Schools and spell checkers know the new spelling; old texts may keep theirs throughout.',
      mend: 'Use today’s spelling, or ignore this rule in an old text.',
      languages: ['de'],
      exceptLanguages: ['de-CH'],
      changesWords: true,
    },
    OLD_GERMAN,
    { exactCase: true },
  ),
  wordList(
    {
      id: 'word/german-umlaut',
      severity: 'warning',
      title: 'A German umlaut or ß is written with other letters.',
      why: 'It is a makeshift of keyboards and the web.',
      mend: 'Write ä, ö, ü or ß.',
      languages: ['de'],
      exceptLanguages: ['de-CH'],
      changesWords: true,
    },
    GERMAN_UMLAUTS,
  ),
  wordList(
    {
      id: 'word/french-ligature',
      severity: 'warning',
      title: 'The letters o and e stand for œ.',
      why: 'In these French words they are one letter.',
      mend: 'Write œ.',
      languages: ['fr'],
      changesWords: true,
    },
    FRENCH_LIGATURES,
  ),
  patternRule(
    {
      id: 'word/placeholder',
      severity: 'error',
      title: 'A placeholder was left in the text.',
      why: 'It was to be replaced before the book goes out.',
      mend: 'Write what belongs there.',
    },
    {
      fields: ['text', 'alt', 'caption', 'detail'],
      pattern:
        /(?<![\p{L}\p{N}])(?:TODO|FIXME|TKTK|TK|XXX|TBD|TBC|\?\?\?\?*|[Ll]orem ipsum)(?![\p{L}\p{N}])|\[(?:insert|add|check|name|date|todo|tk)(?: [^\]]{0,60})?\]/gu,
    },
  ),
  patternRule(
    {
      id: 'word/letter-in-number',
      severity: 'warning',
      title: 'A letter stands in a number.',
      why: 'O and l look like 0 and 1; voices and searching know the difference.',
      mend: 'Write the digit.',
      changesWords: true,
    },
    {
      needs: '0',
      pattern:
        /(?<![\p{L}\p{N}.])(?:\d{1,6}[Ol]{1,6}(?:\d{1,6}|(?=[ ,.]|$))|[Ol]\d{2,6})(?![\p{L}\p{N}])/gu,
      instead: ([number]) => number.replaceAll('O', '0').replaceAll('l', '1'),
      except: ([number]) => /^\d{1,6}l$/u.test(number),
    },
  ),
  patternRule(
    {
      id: 'word/too-long',
      severity: 'info',
      title: 'A word has more than forty letters.',
      why: 'It may not fit a line of a narrow screen.',
      mend: 'Check that no space is missing.',
      exceptLanguages: ['zh', 'ja', 'th', 'km', 'lo', 'my', 'de', 'fi', 'hu'],
    },
    { pattern: /[\p{L}\p{M}]{41,}/gu, hint: /\S{41}/u },
  ),
];
