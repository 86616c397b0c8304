/* B1: how long a book takes in each format, by its length. EPUBCheck is the official one, its start of Java included. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LENGTHS = [1_000, 10_000, 100_000, 215_000, 1_000_000];
const DATE = '2025-10-14T12:00:00Z';
const PARAGRAPH_WORDS = 90;
const CHAPTER_WORDS = 4_000;

export const id = 'B1';
export const title = 'B1: seconds for a book in each format';

export async function measure({ folder, rounds, say, short }) {
  const { exportBook } = await import('../../../engine/book/exportBook.ts');
  const { epubcheck } = await import('../../../tests/support/epubcheck.ts');
  const words = await sampleWords();
  const rows = [];
  for (const length of short ? LENGTHS.slice(0, 3) : LENGTHS) {
    say(`${length} words…`);
    const manuscript = bookOf(words, length);
    const row = { words: length.toLocaleString('en') };
    for (const [name, format] of Object.entries({
      EPUB: 'epub',
      DOCX: 'docx',
      HTML: 'html',
      Markdown: 'md',
      'print PDF': 'print',
    })) {
      const out = join(folder, `${length}.${format}`);
      row[name] = await median(rounds, async () => {
        const { checks } = await exportBook({ manuscript, format, out, force: true, date: DATE });
        const bad = checks.filter((check) => !check.ok && check.name !== 'binding');
        if (bad.length > 0) throw new Error(`${name}: ${JSON.stringify(bad)}`);
      });
      if (format !== 'epub') continue;
      row.EPUBCheck = await median(1, async () => {
        const messages = await epubcheck(out);
        if (messages.length > 0) throw new Error(messages.join('\n'));
      });
    }
    rows.push(row);
  }
  return {
    note: 'Writing, reading back and checking the file included; the median of the rounds, in seconds.',
    rows,
  };
}

async function median(rounds, work) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return (times[Math.floor(times.length / 2)] / 1_000).toFixed(2);
}

async function sampleWords() {
  const url = new URL('../../../resources/sample/manuscript.md', import.meta.url);
  const text = await readFile(url, 'utf8');
  return text
    .replace(/^---[\s\S]*?---/, '')
    .replaceAll(/[#*_`[\]^]/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function bookOf(words, length) {
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
