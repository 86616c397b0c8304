import type { BookMetadata } from '../manuscript.ts';
import { xmlText } from '../xml.ts';
import type { PageTarget } from './navigationPage.ts';
import { type TocEntry, tocDepth } from '../toc.ts';

export type NcxInput = {
  metadata: BookMetadata;
  /** As the package document states it. */
  identifier: string;
  toc: readonly TocEntry[];
  pages: readonly PageTarget[];
};

/** The NCX, which EPUB 3 dropped and old readers and some shops still want. It says what the navigation document says. */
export function ncx({ metadata, identifier, toc, pages }: NcxInput): string {
  let order = 0;
  const points = (entries: readonly TocEntry[]): string =>
    entries
      .map((entry) => {
        order += 1;
        return `<navPoint id="point-${order}" playOrder="${order}"><navLabel><text>${xmlText(entry.label)}</text></navLabel><content src="${entry.href}"/>${points(entry.children)}</navPoint>`;
      })
      .join('\n');
  const map = points(toc);
  const numbers = pages.map(({ label }) => Number(label)).filter((number) => number > 0);
  return `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="${metadata.language}">
<head>
<meta name="dtb:uid" content="${xmlText(identifier)}"/>
<meta name="dtb:depth" content="${tocDepth(toc)}"/>
<meta name="dtb:totalPageCount" content="${pages.length}"/>
<meta name="dtb:maxPageNumber" content="${numbers.reduce((most, number) => Math.max(most, number), 0)}"/>
</head>
<docTitle><text>${xmlText(metadata.title)}</text></docTitle>
<navMap>
${map}
</navMap>
${pageList(pages, order)}</ncx>
`;
}

function pageList(pages: readonly PageTarget[], pointsBefore: number): string {
  if (pages.length === 0) return '';
  const targets = pages.map(({ label, href }, index) => {
    const isNumber = /^[1-9]\d*$/.test(label);
    const value = isNumber ? ` value="${label}"` : '';
    const type = isNumber ? 'normal' : 'front';
    return `<pageTarget id="page-${index + 1}" type="${type}"${value} playOrder="${pointsBefore + index + 1}"><navLabel><text>${xmlText(label)}</text></navLabel><content src="${href}"/></pageTarget>`;
  });
  return `<pageList>\n${targets.join('\n')}\n</pageList>\n`;
}
