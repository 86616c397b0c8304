import { bookWords } from '../bookWords.ts';
import type { BookMetadata } from '../manuscript.ts';
import { xmlText } from '../xml.ts';
import { epubPage } from './epubPage.ts';
import { epubWords } from './epubWords.ts';
import type { TocEntry } from '../toc.ts';

/** A place that a reader may want to go to, by its term of the EPUB Structural Semantics Vocabulary. */
export type Landmark = { type: string; href: string; label: string };
/** Where a page of the printed edition begins. */
export type PageTarget = { label: string; href: string };

export type NavigationInput = {
  metadata: BookMetadata;
  toc: readonly TocEntry[];
  landmarks: readonly Landmark[];
  /** Empty: no printed edition is known. */
  pages: readonly PageTarget[];
};

/** The EPUB 3 navigation document: table of contents, landmarks, and the pages of the printed edition. */
export function navigationPage({ metadata, toc, landmarks, pages }: NavigationInput): string {
  const { words, language } = bookWords(metadata.language);
  const heading = `<h1 lang="${language}" xml:lang="${language}">${xmlText(words.contents)}</h1>`;
  const marks = landmarks.map(
    ({ type, href, label }) =>
      `<li><a epub:type="${type}" href="${href}">${xmlText(label)}</a></li>`,
  );
  const pageList =
    pages.length === 0
      ? ''
      : `
<nav epub:type="page-list" role="doc-pagelist" id="page-list" hidden="hidden" aria-label="${xmlText(epubWords(metadata.language).words.pages)}">
<ol>
${pages.map(({ label, href }) => `<li><a href="${href}">${xmlText(label)}</a></li>`).join('\n')}
</ol>
</nav>`;
  return epubPage({
    title: words.contents,
    language: metadata.language,
    depth: 0,
    body: `<nav epub:type="toc" role="doc-toc" id="toc" aria-label="${xmlText(words.contents)}">
${heading}
${list(toc)}
</nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden" aria-label="${xmlText(words.landmarks)}">
<ol>
${marks.join('\n')}
</ol>
</nav>${pageList}`,
  });
}

function list(entries: readonly TocEntry[]): string {
  const items = entries.map((entry) => {
    const inner = entry.children.length > 0 ? `\n${list(entry.children)}\n` : '';
    return `<li><a href="${entry.href}">${xmlText(entry.label)}</a>${inner}</li>`;
  });
  return `<ol>\n${items.join('\n')}\n</ol>`;
}
