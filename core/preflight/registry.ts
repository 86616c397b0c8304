import type { Rule } from './rule.ts';
import { chapterRules } from './rules/chapters.ts';
import { characterRules } from './rules/characters.ts';
import { consistencyRules } from './rules/consistency.ts';
import { dashRules } from './rules/dashes.ts';
import { detailRules } from './rules/details.ts';
import { emphasisRules } from './rules/emphasis.ts';
import { linkRules } from './rules/links.ts';
import { noteRules } from './rules/notes.ts';
import { pictureRules } from './rules/pictures.ts';
import { punctuationRules } from './rules/punctuation.ts';
import { quoteRules } from './rules/quotes.ts';
import { spaceRules } from './rules/spaces.ts';
import { structureRules } from './rules/structure.ts';
import { wordRules } from './rules/words.ts';

/**
 * Every rule of the manuscript. The order is the one in which all of them mend: characters first, then the signs they
 * make, then the spaces around those. Ids are never used again for something else.
 */
export const RULES: readonly Rule[] = [
  ...detailRules,
  ...chapterRules,
  ...characterRules,
  ...punctuationRules,
  ...quoteRules,
  ...dashRules,
  ...spaceRules,
  ...wordRules,
  ...noteRules,
  ...linkRules,
  ...emphasisRules,
  ...structureRules,
  ...pictureRules,
  ...consistencyRules,
];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of that id, or undefined. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
