import type { Block, BookMetadata, ChapterRole } from '../book/manuscript.ts';
import type { Passage, PlacedBlock } from './passage.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A place where something was found: in a passage, at a block, in a chapter, or in the book as a whole. */
export type Spot = {
  chapterId?: string | undefined;
  blockId?: string | undefined;
  /** The passage in which `start` and `end` count, in UTF-16 units. */
  passage?: Passage;
  start?: number;
  end?: number;
  /** What was found, where it is not the text between `start` and `end`. */
  excerpt?: string;
  /** What is particular about this place, as a sentence. */
  note?: string;
  /** The text that mends it, in the place of what stands between `start` and `end`. */
  instead?: string;
  /** The blocks that mend it, in the place of the block named by `blockId`; none removes it. */
  becomes?: readonly Block[];
};

/** What a rule is, apart from how it finds: words for people and for reports. */
export type RuleInfo = {
  /** Names the rule for ever: it stands in ignore lists, reports and scripts. */
  id: string;
  severity: Severity;
  /** What was found, as a short sentence. */
  title: string;
  /** Why it matters, as a sentence. */
  why: string;
  /** What to do about it, as a sentence. */
  mend: string;
  /** Languages it applies to (BCP 47, each with everything below it); absent: all. */
  languages?: readonly string[];
  exceptLanguages?: readonly string[];
  /** Mending it changes letters or digits, not only signs and spaces. */
  changesWords?: true;
  /** A nicety that is named once a chapter with a count, however often it occurs. */
  isNicety?: true;
};

/** What rules of a chapter see of it. */
export type ChapterView = {
  id: string;
  title: string;
  role: ChapterRole;
  blocks: readonly Block[];
  passages: readonly Passage[];
  placed: readonly PlacedBlock[];
  /** Words of its prose in lower case, each with how often it occurs and where first. */
  words: ReadonlyMap<string, WordUse>;
  wordCount: number;
};

export type WordUse = {
  count: number;
  /** Where it occurs first, and how it is written there. */
  chapterId: string;
  passage: Passage;
  start: number;
  spelling: string;
};

/** What rules of the book see of it. */
export type BookView = {
  metadata: BookMetadata;
  details: readonly Passage[];
  chapters: readonly ChapterView[];
  /** The words of all chapters. */
  words: ReadonlyMap<string, WordUse>;
};

export type Hit = { start: number; end: number; instead?: string; note?: string };

export type TextRule = RuleInfo & {
  reads: 'text';
  fields: readonly Passage['field'][];
  /** The rule can find nothing in a passage that has none of these characters (`0`: any digit); absent: it always may. */
  needs?: string;
  /** The same, as a pattern of which one character must be there. */
  needsOneOf?: RegExp;
  find: (passage: Passage, language: string) => readonly Hit[];
};
export type ChapterRule = RuleInfo & {
  reads: 'chapter';
  find: (chapter: ChapterView, language: string) => readonly Spot[];
};
export type BookRule = RuleInfo & {
  reads: 'book';
  find: (book: BookView, language: string) => readonly Spot[];
};
export type Rule = TextRule | ChapterRule | BookRule;

const NO_HITS: readonly never[] = [];
const ALL_FIELDS = ['text', 'title', 'alt', 'caption', 'detail'] as const;

type Reading = Partial<Pick<TextRule, 'needs' | 'needsOneOf'>> & {
  /** Default: everything that is read as prose. */
  fields?: readonly Passage['field'][];
};

/** A rule of text that is a pattern: what it matches is found; `instead` says what mends a match, null for nothing. */
export function patternRule(
  info: RuleInfo,
  how: Reading & {
    /** What is quicker to look for and stands in everything that `pattern` matches. */
    hint?: RegExp;
    /** With the flags `g` and `u`, without nested repetition. */
    pattern: RegExp;
    instead?: string | ((match: RegExpExecArray, language: string) => string | null);
    /** Whether a match is none after all. */
    except?: (match: RegExpExecArray, passage: Passage, language: string) => boolean;
  },
): TextRule {
  const { pattern, hint, instead, except, fields = ALL_FIELDS, ...reading } = how;
  return {
    ...info,
    ...reading,
    reads: 'text',
    fields,
    find(passage, language) {
      if (hint !== undefined && !hint.test(passage.prose)) return NO_HITS;
      let hits: Hit[] | null = null;
      pattern.lastIndex = 0;
      for (;;) {
        const match = pattern.exec(passage.prose);
        if (match === null) break;
        if (match[0] === '') pattern.lastIndex += 1;
        if (except?.(match, passage, language)) continue;
        const mended = typeof instead === 'function' ? instead(match, language) : instead;
        hits ??= [];
        hits.push({
          start: match.index,
          end: match.index + match[0].length,
          ...(mended !== undefined && mended !== null && { instead: mended }),
        });
      }
      return hits ?? NO_HITS;
    },
  };
}

/** A rule of text that finds by a function. */
export function textRule(info: RuleInfo, how: Reading & { find: TextRule['find'] }): TextRule {
  return { ...info, fields: ALL_FIELDS, ...how, reads: 'text' };
}

export function chapterRule(info: RuleInfo, find: ChapterRule['find']): ChapterRule {
  return { ...info, reads: 'chapter', find };
}

export function bookRule(info: RuleInfo, find: BookRule['find']): BookRule {
  return { ...info, reads: 'book', find };
}

/** Whether a language tag is one of `tags` or below one: `en-GB` is below `en`. */
export function isLanguage(language: string, tags: readonly string[]): boolean {
  const tag = language.toLowerCase();
  return tags.some((one) => {
    const wanted = one.toLowerCase();
    return tag === wanted || tag.startsWith(`${wanted}-`);
  });
}

/** Whether a rule has anything to say about books in a language. */
export function appliesTo(rule: RuleInfo, language: string): boolean {
  if (rule.exceptLanguages !== undefined && isLanguage(language, rule.exceptLanguages))
    return false;
  return rule.languages === undefined || isLanguage(language, rule.languages);
}
