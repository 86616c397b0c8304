import { writingDirection } from '../bookWords.ts';
import { xmlText } from '../xml.ts';

export type EpubPageInput = {
  title: string;
  language: string;
  /** Folders between the page and the folder that holds the style sheet's folder. */
  depth: 0 | 1;
  body: string;
  bodyClass?: string;
};

/** A complete XHTML content document of an EPUB 3.3 publication. */
export function epubPage(input: EpubPageInput): string {
  const direction = writingDirection(input.language) === 'rtl' ? ' dir="rtl"' : '';
  const bodyClass = input.bodyClass === undefined ? '' : ` class="${input.bodyClass}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${input.language}" xml:lang="${input.language}"${direction}>
<head>
<meta charset="UTF-8"/>
<title>${xmlText(input.title)}</title>
<link rel="stylesheet" type="text/css" href="${'../'.repeat(input.depth)}css/book.css"/>
</head>
<body${bodyClass}>
${input.body}
</body>
</html>
`;
}
