import { strFromU8, unzipSync } from 'fflate';
import { chapterLabel, type Manuscript } from '#core/book/manuscript.ts';
import { countWords } from '#core/book/words.ts';
import type { BookCheck } from './bookCheck.ts';

/** Reads a finished EPUB back and compares it with the manuscript it was made from. */
export function inspectEpub(bytes: Uint8Array, manuscript: Manuscript, words: number): BookCheck[] {
  const files = unzipSync(bytes);
  const names = Object.keys(files);
  const read = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const manifest = [...read('EPUB/package.opf').matchAll(/<item [^>]*?href="([^"]+)"/g)].map(
    ([, href]) => `EPUB/${href}`,
  );
  const missing = manifest.filter((name) => !names.includes(name));
  const chapters = names.filter((name) => /\/chapter-\d+(?:-\d+)?\.xhtml$/.test(name)).sort();
  const found = chapters.reduce(
    (sum, name) => sum + countWords(pageText(read(name)), manuscript.metadata.language),
    0,
  );
  const toc = tocLabels(read('EPUB/nav.xhtml'));
  const titles = manuscript.chapters.map(chapterLabel);
  return [
    { name: 'mimetype-first', ok: hasMimetypeFirst(bytes), value: names[0] ?? '' },
    { name: 'files-present', ok: missing.length === 0, value: manifest.length },
    {
      name: 'contents',
      ok: titles.every((title) => toc.includes(title)),
      value: titles.length,
    },
    { name: 'words', ok: found === words, value: found },
  ];
}

/** The container's first entry must be `mimetype`, stored without extra field (OCF 3.3). */
function hasMimetypeFirst(bytes: Uint8Array): boolean {
  const head = strFromU8(bytes.subarray(0, 58), true);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 30);
  const isStored = view.getUint16(8, true) === 0;
  const hasNoExtraField = view.getUint16(28, true) === 0;
  return isStored && hasNoExtraField && head.slice(30) === 'mimetypeapplication/epub+zip';
}

function pageText(xhtml: string): string {
  const body = /<body[^>]*>([\s\S]*)<\/body>/.exec(xhtml)?.[1] ?? '';
  const text = body
    .replace(/<h1[\s\S]*?<\/h1>/, '')
    .replace(/<a class="note-call"[^>]*>.*?<\/a>/g, '')
    .replace(/<p class="note-number">.*?<\/p>/g, '')
    .replace(
      /<\/?(?:p|h[2-6]|li|pre|blockquote|figure|figcaption|div|aside|ul|ol|br|hr)\b[^>]*>/g,
      '\n',
    )
    .replace(/<[^>]+>/g, '');
  return decode(text);
}

function tocLabels(nav: string): string[] {
  const toc = /<nav epub:type="toc"[\s\S]*?<\/nav>/.exec(nav)?.[0] ?? '';
  return [...toc.matchAll(/<a href="[^"]*">(.*?)<\/a>/g)].map(([, label = '']) => decode(label));
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
