/* A book of any length in the words of the sample, for what is measured by length. */
import { readFile } from 'node:fs/promises';

const PARAGRAPH_WORDS = 90;
const CHAPTER_WORDS = 4_000;

export async function sampleWords() {
  const url = new URL('../../../resources/sample/manuscript.md', import.meta.url);
  const text = await readFile(url, 'utf8');
  return text
    .replace(/^---[\s\S]*?---/, '')
    .replaceAll(/[#*_`[\]^]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}

export function bookOf(words, length) {
  const chapters = [];
  for (let written = 0; written < length; ) {
    const blocks = [];
    const end = Math.min(length, written + CHAPTER_WORDS);
    while (written < end) {
      const count = Math.min(PARAGRAPH_WORDS, end - written);
      const text = Array.from({ length: count }, (_, at) => words[(written + at) % words.length]);
      const inlines = [{ kind: 'text', text: text.join(' ') }];
      blocks.push({ kind: 'paragraph', id: `p${written}`, inlines });
      written += count;
    }
    chapters.push({ id: `c${written}`, title: `Chapter ${chapters.length + 1}`, blocks });
  }
  const identifier = 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11';
  return {
    metadata: { title: 'A Long Book', authors: ['A. Writer'], language: 'en', identifier },
    chapters,
  };
}
