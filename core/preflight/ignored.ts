import { z } from 'zod';
import type { Spot } from './rule.ts';

const ruleIdSchema = z
  .string()
  .regex(/^[a-z]+(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)+$/)
  .max(100);

/** A place that is meant to be as it is: a rule, the block or chapter (or `book`), and what was found there. */
export const ignoredPlaceSchema = z.strictObject({
  rule: ruleIdSchema,
  at: z.string().min(1).max(64),
  found: z.string().max(400),
});
export type IgnoredPlace = z.infer<typeof ignoredPlaceSchema>;

/** What the author of a book does not want to be told: whole rules, and single places. */
export const ignoredSchema = z.strictObject({
  rules: z.array(ruleIdSchema).max(1_000),
  places: z.array(ignoredPlaceSchema).max(20_000),
});
export type Ignored = z.infer<typeof ignoredSchema>;

export const NOTHING_IGNORED: Ignored = { rules: [], places: [] };

/** How a place is named in a list of ignored ones. It stays the same while the words found there do. */
export function placeOf(rule: string, spot: Spot): IgnoredPlace {
  const { passage, start = 0, end = start } = spot;
  const found = passage === undefined ? (spot.excerpt ?? '') : passage.text.slice(start, end);
  return {
    rule,
    at: spot.blockId ?? spot.chapterId ?? 'book',
    found: found.toWellFormed().slice(0, 400),
  };
}

/** Whether a place is ignored, by a set of `keyOf` made from the list. */
export function keyOf({ rule, at, found }: IgnoredPlace): string {
  return `${rule}\n${at}\n${found}`;
}
