import { z } from 'zod';
import { blocksSchema, type Chapter } from '../../book/manuscript.ts';
import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { NOTHING_IGNORED } from '../../preflight/ignored.ts';
import { mend } from '../../preflight/mend.ts';
import { RULES } from '../../preflight/registry.ts';
import type { Rule } from '../../preflight/rule.ts';
import { defineEdit } from '../definition.ts';
import { chaptersOf } from './bookEdits.ts';

/**
 * Mends what preflight rules find in a book and know how to mend: everywhere, or in one place. `all` stands for every
 * rule whose mending changes no letter or digit; the others are named one by one. What is ignored stays as it is.
 * Refuses `preflight/no-such-rule`.
 */
export const bookMend = defineEdit({
  type: 'book.mend',
  label: 'Mend text',
  labelOf: ({ rules }) => {
    const [only] = rules === 'all' ? [] : rules;
    return rules.length === 1 && only !== undefined ? `Mend ${wordsOf(only)}` : 'Mend text';
  },
  summary:
    'Mends what the named preflight rules find, in the whole book or in one place. Words stay as they are unless a rule that changes words is named.',
  parameters: {
    bookId: objectIdSchema,
    rules: z.union([z.literal('all'), z.array(z.string().max(100)).min(1).max(1_000)]),
    /** Only this place, as a finding names it; absent: everywhere. */
    at: z
      .strictObject({
        chapterId: objectIdSchema.optional(),
        blockId: z.string().max(64).optional(),
        start: z.int().min(0).optional(),
      })
      .optional(),
  },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    const rules = rulesOf(command.rules);
    const chapters = chaptersOf(draft.project, book.id).flatMap((chapter): Chapter[] => {
      const { id, title, role } = chapter;
      // What a newer Inkreel wrote in a form that cannot be read here is left alone.
      const isReadable = blocksSchema.safeParse(chapter.blocks).success;
      return isReadable ? [{ id, title, ...(role && { role }), blocks: chapter.blocks }] : [];
    });
    const before = { metadata: book.metadata, chapters };
    const mended = mend(before, rules, {
      at: command.at,
      ignored: book.ignored ?? NOTHING_IGNORED,
    });
    if (mended.metadata !== book.metadata)
      draft.set<'book'>(book.id, { metadata: mended.metadata });
    for (const [index, { id, title, blocks }] of mended.chapters.entries()) {
      const was = chapters[index];
      if (was === undefined || mended.chapters[index] === was) continue;
      draft.set<'chapter'>(id, { title, ...(blocks !== was.blocks && { blocks }) });
    }
    return { places: mended.places };
  },
});

function rulesOf(wanted: 'all' | readonly string[]): Rule[] {
  if (wanted === 'all') return RULES.filter((rule) => !rule.changesWords);
  const unknown = wanted.find((id) => RULES.every((rule) => rule.id !== id));
  if (unknown !== undefined) {
    refuse(
      'preflight/no-such-rule',
      `There is no rule “${unknown}”. “inkreel book rules” lists them all.`,
      {
        rule: unknown,
      },
    );
  }
  return RULES.filter((rule) => wanted.includes(rule.id));
}

/** `straight double` for `quote/straight-double`, for the history. */
function wordsOf(rule: string): string {
  return rule.replace(/^(?:punct|struct|char|mark|word|style|book)\//u, '').replace(/[/-]/gu, ' ');
}
