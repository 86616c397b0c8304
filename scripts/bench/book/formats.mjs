/* B1: how long a book takes in each format, by its length. EPUBCheck is the official one, its start of Java included. */
import { join } from 'node:path';
import { bookOf, sampleWords } from '../lib/longBook.mjs';

const LENGTHS = [1_000, 10_000, 100_000, 215_000, 1_000_000];
/** A million words are no book that can be bound, and a spread in a hundred is a line uneven. */
const NOTICES = new Set(['binding', 'even-spreads']);
const DATE = '2025-10-14T12:00:00Z';

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
        const bad = checks.filter(({ ok, name }) => !ok && !NOTICES.has(name));
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
