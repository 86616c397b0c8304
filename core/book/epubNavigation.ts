import { bookWords } from './bookWords.ts';
import type { BookMetadata } from './manuscript.ts';
import { xhtmlPage } from './xhtmlPage.ts';
import { xmlText } from './xml.ts';

/** An entry of the table of contents: what it is called, where it leads, and what stands below it. */
export type TocEntry = { label: string; href: string; children: TocEntry[] };

/** The EPUB 3 navigation document: table of contents and landmarks. */
export function navigationPage(metadata: BookMetadata, entries: readonly TocEntry[]): string {
  const { words, language } = bookWords(metadata.language);
  const heading = `<h1 lang="${language}" xml:lang="${language}">${xmlText(words.contents)}</h1>`;
  const landmarks: [string, string, string][] = [
    ['cover', 'text/cover.xhtml', words.cover],
    ['titlepage', 'text/title.xhtml', words.titlePage],
    ['toc', 'nav.xhtml', words.contents],
    ...(entries[0]
      ? [['bodymatter', entries[0].href, metadata.title] as [string, string, string]]
      : []),
  ];
  const marks = landmarks.map(
    ([type, href, label]) => `<li><a epub:type="${type}" href="${href}">${xmlText(label)}</a></li>`,
  );
  return xhtmlPage({
    title: words.contents,
    language: metadata.language,
    depth: 0,
    body: `<nav epub:type="toc" role="doc-toc" id="toc" aria-label="${xmlText(words.contents)}">
${heading}
${list(entries)}
</nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden" aria-label="${xmlText(words.landmarks)}">
<ol>
${marks.join('\n')}
</ol>
</nav>`,
  });
}

/** The NCX, which EPUB 3 dropped and old readers and some shops still want. */
export function ncx(
  metadata: BookMetadata,
  identifier: string,
  entries: readonly TocEntry[],
): string {
  let order = 0;
  const points = (list: readonly TocEntry[]): string =>
    list
      .map((entry) => {
        order += 1;
        return `<navPoint id="point-${order}" playOrder="${order}"><navLabel><text>${xmlText(entry.label)}</text></navLabel><content src="${entry.href}"/>${points(entry.children)}</navPoint>`;
      })
      .join('\n');
  const depth = entries.some((entry) => entry.children.length > 0) ? 2 : 1;
  return `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="${metadata.language}">
<head>
<meta name="dtb:uid" content="${xmlText(identifier)}"/>
<meta name="dtb:depth" content="${depth}"/>
<meta name="dtb:totalPageCount" content="0"/>
<meta name="dtb:maxPageNumber" content="0"/>
</head>
<docTitle><text>${xmlText(metadata.title)}</text></docTitle>
<navMap>
${points(entries)}
</navMap>
</ncx>
`;
}

function list(entries: readonly TocEntry[]): string {
  const items = entries.map((entry) => {
    const inner = entry.children.length > 0 ? `\n${list(entry.children)}\n` : '';
    return `<li><a href="${entry.href}">${xmlText(entry.label)}</a>${inner}</li>`;
  });
  return `<ol>\n${items.join('\n')}\n</ol>`;
}
