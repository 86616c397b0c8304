import { buildEpub } from '#core/book/epub/buildEpub.ts';
import type { Chapter, Manuscript } from '#core/book/manuscript.ts';
import { zipFiles } from '#engine/book/zipFiles.ts';

const WORDS =
  'the light on the water was not what she had thought it would be when they came down from the hill in the morning and nobody said anything of the boat that had gone out before dawn with three men and a lantern toward the harbour wall where old stones keep the salt and the names of those who built them long ago in another weather'.split(
    ' ',
  );

/** A manuscript of about so many words in chapters; every paragraph has a number of its own in words. */
export function longManuscript(words: number, chapters: number, change = ''): Manuscript {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  let paragraph = 0;
  const perChapter = Math.ceil(words / chapters);
  const made = Array.from({ length: chapters }, (_, index): Chapter => {
    const blocks: Chapter['blocks'] = [];
    for (let count = 0; count < perChapter; ) {
      paragraph += 1;
      const length = 30 + Math.floor(random() * 90);
      const text = Array.from({ length }, (_word, at) =>
        at % 12 === 5 ? `p${paragraph}w${at}` : (WORDS[Math.floor(random() * WORDS.length)] ?? ''),
      ).join(' ');
      count += length;
      blocks.push({
        kind: 'paragraph',
        id: `c${index}p${paragraph}`,
        inlines: [{ kind: 'text', text: `${text}.${change}` }],
      });
    }
    return { id: `chapter-${index}`, title: `Chapter ${index + 1}`, blocks };
  });
  return {
    metadata: {
      title: 'A long book',
      authors: ['A. Writer'],
      language: 'en',
      identifier: 'urn:uuid:7b9f0f1e-0000-4000-8000-00000000aaaa',
    },
    chapters: made,
  };
}

/** A manuscript as the bytes of an EPUB. */
export function epubOf(manuscript: Manuscript): Uint8Array {
  return zipFiles(buildEpub({ manuscript, modified: '2026-01-01T00:00:00Z', pictures: new Map() }));
}
