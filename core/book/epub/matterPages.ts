import { UTTERANCE_IDS } from '../../narration/narrationScript.ts';
import { bookWords } from '../bookWords.ts';
import { contributorLines, seriesLine } from '../contributorLines.ts';
import { copyrightLines } from '../copyrightLines.ts';
import { coverDescription } from '../epubCover.ts';
import type { BookMetadata } from '../manuscript.ts';
import { xmlText } from '../xml.ts';
import { epubPage } from './epubPage.ts';

/** The page that shows the cover. */
export function coverPage(metadata: BookMetadata, coverPath: string): string {
  const { words } = bookWords(metadata.language);
  return epubPage({
    title: words.cover,
    language: metadata.language,
    depth: 1,
    bodyClass: 'cover',
    body: `<section epub:type="cover" aria-label="${xmlText(words.cover)}"><img src="${coverPath}" alt="${xmlText(coverDescription(metadata))}" role="doc-cover"/></section>`,
  });
}

/** The title page, made of what the book says of itself. */
export function titlePage(metadata: BookMetadata): string {
  const rows = [`<h1 id="${UTTERANCE_IDS.title}">${xmlText(metadata.title)}</h1>`];
  const add = (name: string, value: string | null | undefined, id?: string) => {
    const named = id === undefined ? '' : ` id="${id}"`;
    if (value) rows.push(`<p${named} class="${name}">${xmlText(value)}</p>`);
  };
  add('subtitle', metadata.subtitle, UTTERANCE_IDS.subtitle);
  add('series', seriesLine(metadata));
  add('author', metadata.authors.join(', '), UTTERANCE_IDS.authors);
  for (const line of contributorLines(metadata)) add('contributor', line);
  add('publisher', metadata.publisher);
  return epubPage({
    title: metadata.title,
    language: metadata.language,
    depth: 1,
    body: `<section class="title-page" epub:type="titlepage" aria-label="${xmlText(bookWords(metadata.language).words.titlePage)}">\n${rows.join('\n')}\n</section>`,
  });
}

/** The copyright page. */
export function copyrightPage(metadata: BookMetadata): string {
  const { words } = bookWords(metadata.language);
  const rows = copyrightLines(metadata).map((line) => `<p>${xmlText(line)}</p>`);
  return epubPage({
    title: words.copyright,
    language: metadata.language,
    depth: 1,
    body: `<section class="copyright" epub:type="copyright-page" aria-label="${xmlText(words.copyright)}">\n${rows.join('\n')}\n</section>`,
  });
}
