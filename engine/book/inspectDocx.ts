import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { chapterLabel, type Manuscript } from '#core/book/manuscript.ts';
import { countWords } from '#core/book/words.ts';
import type { BookCheck } from './bookCheck.ts';

/** Reads a finished Word document back and compares it with the manuscript it was made from. */
export function inspectDocx(bytes: Uint8Array, manuscript: Manuscript, words: number): BookCheck[] {
  const files = unzipSync(bytes);
  const parts = Object.keys(files).filter((name) => /\.(?:xml|rels)$/.test(name));
  const read = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const broken = parts.filter((name) => !isWellFormed(read(name)));
  const links = [
    ...read('word/_rels/document.xml.rels').matchAll(/Target="([^"]+)"(?! TargetMode)/g),
  ];
  const missing = links
    .map(([, target]) => `word/${target}`)
    .filter((name) => files[name] === undefined);
  const paragraphs = [read('word/document.xml'), read('word/footnotes.xml')].flatMap(paragraphsOf);
  const titles = paragraphs.filter(({ style }) => style === 'Heading1').map(({ text }) => text);
  const found = paragraphs
    .filter(({ style }) => !NOT_OF_THE_TEXT.has(style))
    .reduce((sum, { text }) => sum + countWords(text, manuscript.metadata.language), 0);
  const expected = manuscript.chapters.map(chapterLabel);
  return [
    { name: 'well-formed', ok: broken.length === 0, value: broken.join(', ') || parts.length },
    { name: 'files-present', ok: missing.length === 0, value: missing.join(', ') || links.length },
    {
      name: 'contents',
      ok: JSON.stringify(titles) === JSON.stringify(expected),
      value: titles.length,
    },
    { name: 'words', ok: found === words, value: found },
  ];
}

/** Titles are no words of the text, and the title page says what the metadata says. */
const NOT_OF_THE_TEXT = new Set(['Heading1', 'Title', 'Subtitle', 'Byline', 'ContactBlock']);

function isWellFormed(xml: string): boolean {
  const parser = new SaxesParser({ xmlns: true });
  let isGood = true;
  parser.on('error', () => {
    isGood = false;
  });
  parser.write(xml).close();
  return isGood;
}

function paragraphsOf(xml: string): { style: string; text: string }[] {
  return xml
    .split('<w:p>')
    .slice(1)
    .map((paragraph) => ({
      style: /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1] ?? '',
      text: decode(
        [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(br|tab)\/>/g)]
          .map(([, text, gap]) => (gap === undefined ? (text ?? '') : '\n'))
          .join(''),
      ),
    }));
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
