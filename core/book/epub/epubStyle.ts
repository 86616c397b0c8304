import { ACTIVE_CLASS } from './packageDocument.ts';

export type EpubStyleInput = {
  direction: 'ltr' | 'rtl';
  /** Lines run from top to bottom, as in Japanese and Chinese books. */
  isVertical: boolean;
};

/**
 * The style sheet of an EPUB: a quiet book page in a subset of CSS that every shop's converter accepts: no custom
 * properties, no functions, no imports, no sizes in pixels but hairlines, and the reader's own font, colours and margins
 * left alone. Old readers know no `start` and `end`, so sides are named by the direction of the script.
 */
export function epubStyle({ direction, isVertical }: EpubStyleInput): string {
  const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  const vertical =
    'html { writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; -epub-writing-mode: vertical-rl; }\n';
  return `/* A book page that leaves font and colour to the reader. */
html { line-height: 1.45; }
body { margin: 0 4%; padding: 0; hyphens: auto; -webkit-hyphens: auto; -epub-hyphens: auto; widows: 2; orphans: 2; }
p { margin: 0; text-indent: 1.3em; text-align: justify; }
p.first, li p, figcaption { text-indent: 0; }
h1, h2, h3, h4, h5, h6 { font-weight: normal; line-height: 1.25; text-align: center; text-indent: 0; page-break-after: avoid; break-after: avoid; page-break-inside: avoid; break-inside: avoid; hyphens: manual; -webkit-hyphens: manual; -epub-hyphens: manual; }
h1 { font-size: 1.6em; margin: 18% 0 2.6em; page-break-before: always; break-before: page; }
h1.number { letter-spacing: 0.1em; }
h2 { font-size: 1.2em; margin: 2em 0 0.9em; }
h3, h4, h5, h6 { font-size: 1em; font-style: italic; margin: 1.6em 0 0.7em; }
p.center, td.center, th.center { text-align: center; text-indent: 0; }
p.end, td.end, th.end { text-align: ${end}; text-indent: 0; }
.small-caps { font-variant: small-caps; }
.underline { text-decoration: underline; }
sup, sub { font-size: 0.7em; line-height: 0; }
.letter { margin: 1.2em 1.2em; }
.epigraph { margin: 1.2em 2.4em 2.4em; font-style: italic; }
table { margin: 1.4em auto; border-collapse: collapse; font-size: 0.92em; }
caption { margin-bottom: 0.6em; font-style: italic; }
th, td { padding: 0.3em 0.7em; text-align: ${start}; vertical-align: top; border-bottom: 1px solid; }
th { font-weight: bold; }
td p, th p { text-indent: 0; text-align: inherit; }
blockquote { margin: 1.2em 1.6em; }
p.verse { margin: 1.2em 1.6em; text-indent: 0; text-align: ${start}; }
p.verse + p.verse { margin-top: 0; }
.line { display: inline-block; padding-${start}: 1.5em; text-indent: -1.5em; }
ul, ol { margin: 1em 0; padding-${start}: 2em; }
li { margin: 0.2em 0; }
pre { margin: 1.2em 0; font-size: 0.85em; line-height: 1.35; white-space: pre-wrap; text-align: left; hyphens: none; -webkit-hyphens: none; -epub-hyphens: none; }
code { font-family: monospace; font-size: 0.92em; }
hr.scene { width: 3em; height: 0; margin: 1.9em auto; border: 0; border-top: 1px solid; opacity: 0.55; }
figure { margin: 1.6em 0; text-align: center; page-break-inside: avoid; break-inside: avoid; }
img { max-width: 100%; height: auto; }
figcaption { margin-top: 0.6em; font-size: 0.85em; font-style: italic; text-align: center; }
a.note-call { font-size: 0.7em; line-height: 0; vertical-align: super; text-decoration: none; padding: 0 0.1em; }
.notes { margin-top: 3em; padding-top: 1em; border-top: 1px solid; font-size: 0.88em; }
.notes aside { margin: 0 0 0.7em; }
.note-number { float: ${start}; text-indent: 0; padding-${end}: 0.6em; }
.note-back { text-decoration: none; }
.title-page { margin-top: 24%; text-align: center; }
.title-page p { text-align: center; text-indent: 0; }
.title-page h1 { margin: 0 0 0.5em; font-size: 2em; page-break-before: auto; break-before: auto; }
.title-page .subtitle { font-size: 1.15em; font-style: italic; }
.title-page .series { margin-top: 0.8em; font-variant: small-caps; }
.title-page .author { margin-top: 2.4em; font-size: 1.15em; }
.title-page .contributor { margin-top: 0.6em; font-size: 0.9em; }
.title-page .publisher { margin-top: 7em; font-size: 0.9em; letter-spacing: 0.06em; }
.copyright { margin-top: 40%; font-size: 0.85em; }
.copyright p { margin-bottom: 0.7em; text-align: ${start}; text-indent: 0; }
body.cover { margin: 0; text-align: center; }
.cover img { height: 100%; max-height: 98vh; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav ol ol { padding-${start}: 1.6em; }
nav li { margin: 0.5em 0; }
nav a { text-decoration: none; }
${isVertical ? vertical : ''}`;
}

/** How a sentence looks while it is read aloud, legible on any background that a reader chooses. */
export const READ_ALONG_STYLE = `.${ACTIVE_CLASS} { background-color: #ffe08a; color: #1a1a1a; }
`;
