import { type Chapter, chapterLabel, type Manuscript } from '#core/book/manuscript.ts';
import { DEFAULT_TRIM_SIZE } from '#core/book/print/trims.ts';
import type { Finding } from '#core/preflight/check.ts';
import { chapterPassages, type Passage } from '#core/preflight/passage.ts';
import { bookFonts } from '#engine/book/bookFonts.ts';
import { typeset } from '#engine/book/typeset.ts';
import { type Coverage, fontCoverage } from './fontCoverage.ts';

let coverage: Coverage | undefined;

/** Whether the book font has a character. */
function bookFontHas(codePoint: number): boolean {
  const [regular] = coverage === undefined ? bookFonts() : [];
  coverage ??= regular === undefined ? () => false : fontCoverage(regular);
  return coverage(codePoint);
}

type Occurrence = { char: string; chapter: Chapter; passage: Passage; start: number };

/**
 * Characters that print and PDF would show as an empty box, each where it first stands in a chapter. The book font
 * settles nearly all of them; only what it lacks is asked of the typesetter, which has fonts for code and mathematics.
 */
export async function checkGlyphs(
  manuscript: Manuscript,
  signal: AbortSignal | undefined,
): Promise<Finding[]> {
  const unsure = manuscript.chapters.flatMap((chapter) =>
    uncovered(chapter, manuscript.metadata.language),
  );
  if (unsure.length === 0) return [];
  const { missingGlyphs } = await typeset(
    {
      manuscript: onlyText(manuscript, unsure),
      use: 'screen',
      trim: DEFAULT_TRIM_SIZE,
      openings: 'next',
      createdAtSeconds: 0,
      pictures: new Map(),
    },
    signal,
  );
  const missing = new Set(missingGlyphs);
  return unsure
    .filter(({ char }) => missing.has(char))
    .map(({ char, chapter, passage, start }): Finding => {
      const id = 'glyph/missing';
      const at = passage.block?.id ?? chapter.id;
      return {
        id,
        severity: 'error',
        where: chapterLabel(chapter, manuscript.chapters.indexOf(chapter)),
        message: `The book font has no “${char}” (U+${hex(char)}), so print and PDF would show an empty box.`,
        why: 'A reader of the printed book cannot know what stood there.',
        fix: 'Use another character, or show it as a picture.',
        canFix: false,
        chapterId: chapter.id,
        ...(passage.block !== null && {
          blockId: passage.block.id,
          start: passage.base + start,
          end: passage.base + start + char.length,
        }),
        excerpt: passage.text.slice(Math.max(0, start - 20), start + 20).toWellFormed(),
        place: { rule: id, at, found: char },
      };
    });
}

function uncovered(chapter: Chapter, language: string): Occurrence[] {
  const seen = new Set<string>();
  const found: Occurrence[] = [];
  const code = chapter.blocks.filter((block) => block.kind === 'code');
  for (const passage of chapterPassages(chapter, language)) {
    if (passage.field === 'alt') continue;
    let start = 0;
    for (const char of passage.text) {
      const codePoint = char.codePointAt(0) ?? 0;
      if (codePoint > 126 && !seen.has(char) && !bookFontHas(codePoint)) {
        seen.add(char);
        found.push({ char, chapter, passage, start });
      }
      start += char.length;
    }
  }
  for (const block of code) {
    for (const char of block.text) {
      const codePoint = char.codePointAt(0) ?? 0;
      if (codePoint <= 126 || seen.has(char) || bookFontHas(codePoint)) continue;
      seen.add(char);
      const passage = { ...EMPTY, block, chapterId: chapter.id, text: block.text };
      found.push({ char, chapter, passage, start: block.text.indexOf(char) });
    }
  }
  return found;
}

const EMPTY: Passage = {
  field: 'text',
  chapterId: null,
  block: null,
  detail: null,
  text: '',
  prose: '',
  signs: '',
  base: 0,
  inlines: [],
  runs: [],
  calls: [],
  isInNote: false,
};

/** A book of nothing but the characters in question, each set as it stands: in code, or in the text. */
function onlyText(manuscript: Manuscript, unsure: readonly Occurrence[]): Manuscript {
  const characters = (isCode: boolean) =>
    [
      ...new Set(
        unsure
          .filter(({ passage, start }) => isInCode(passage, start) === isCode)
          .map(({ char }) => char),
      ),
    ].join(' ');
  const text = characters(false);
  const code = characters(true);
  return {
    metadata: manuscript.metadata,
    chapters: [
      {
        id: 'glyphs',
        title: '',
        blocks: [
          ...(text === ''
            ? []
            : [
                {
                  kind: 'paragraph' as const,
                  id: 'text',
                  inlines: [{ kind: 'text' as const, text }],
                },
              ]),
          ...(code === '' ? [] : [{ kind: 'code' as const, id: 'code', text: code }]),
        ],
      },
    ],
  };
}

function isInCode({ block, runs }: Passage, start: number): boolean {
  if (block?.kind === 'code') return true;
  return runs.some(
    ({ start: from, end, run }) => start >= from && start < end && run.code === true,
  );
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
