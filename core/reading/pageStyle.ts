import type { Appearance, HighlightColor } from './readingModel.ts';

/** Colours of a page: what it is made of, what stands on it, links, and each highlight. */
export type PageColors = {
  paper: string;
  ink: string;
  link: string;
  isDark: boolean;
  highlights: Readonly<Record<HighlightColor, string>>;
};

const LIGHT_MARKS = {
  yellow: '#ffe38a',
  orange: '#ffcd94',
  pink: '#ffc2d4',
  purple: '#dcc8ff',
  blue: '#bcdcff',
  green: '#bfe8b9',
};
const DARK_MARKS = {
  yellow: '#5f5113',
  orange: '#6a4216',
  pink: '#6b2f45',
  purple: '#4d3a75',
  blue: '#254b78',
  green: '#285733',
};

/** The colours that a reader chose; text has a contrast of at least 7 : 1 in the ready-made themes. */
export function pageColors(appearance: Appearance): PageColors {
  switch (appearance.theme) {
    case 'light':
      return {
        paper: '#fdfdfb',
        ink: '#1d2128',
        link: '#234f94',
        isDark: false,
        highlights: LIGHT_MARKS,
      };
    case 'sepia':
      return {
        paper: '#f3ead7',
        ink: '#3a2d1c',
        link: '#7a3d06',
        isDark: false,
        highlights: LIGHT_MARKS,
      };
    case 'dark':
      return {
        paper: '#15181d',
        ink: '#d3d6dc',
        link: '#8fb6f2',
        isDark: true,
        highlights: DARK_MARKS,
      };
    case 'own': {
      const isDark = lightness(appearance.paper) < 0.4;
      return {
        paper: appearance.paper,
        ink: appearance.ink,
        link: appearance.ink,
        isDark,
        highlights: isDark ? DARK_MARKS : LIGHT_MARKS,
      };
    }
  }
}

/** Fonts by the name a reader chooses them by; `book` leaves the choice to the book. */
const READING_FONTS: Readonly<Record<Appearance['font'], string | null>> = {
  book: null,
  literata: '"Literata Variable", Georgia, serif',
  serif: 'Georgia, "Times New Roman", "DejaVu Serif", serif',
  sans: '"Inter Variable", system-ui, sans-serif',
  legible: '"Atkinson Hyperlegible", "OpenDyslexic", Verdana, "DejaVu Sans", sans-serif',
  mono: '"JetBrains Mono", ui-monospace, monospace',
};

/** Size of a letter in CSS pixels. */
function letterSize(appearance: Appearance): number {
  return (16 * appearance.size) / 100;
}

/** Width of the widest line in CSS pixels: an average letter is a little less than half as wide as it is high. */
export function lineWidth(appearance: Appearance): number {
  const spacing = appearance.spacing === 'wide' ? 1.18 : 1;
  return Math.round(appearance.measure * letterSize(appearance) * 0.47 * spacing);
}

/**
 * Style of a page in two parts: what a book may overrule, and what overrules the book. `fontFaces` are the rules that
 * bring the fonts of the interface.
 */
export function pageStyle(appearance: Appearance, fontFaces: string): [string, string] {
  const colors = pageColors(appearance);
  const font = READING_FONTS[appearance.font];
  const { isDark } = colors;
  const before = `${fontFaces}
html { color: ${colors.ink}; font-family: ${READING_FONTS.literata ?? 'serif'}; line-height: ${appearance.lineHeight / 100}; orphans: 2; widows: 2; }
a:any-link { color: ${colors.link}; }
`;
  const rules = [
    `html { font-size: ${letterSize(appearance)}px !important; color-scheme: ${isDark ? 'dark' : 'light'}; -webkit-text-size-adjust: none; }`,
    'parsererror { display: none !important; }',
    'img, svg, video { max-width: 100%; }',
    `:where(p, li, blockquote, dd, dt) { line-height: ${appearance.lineHeight / 100} !important; }`,
  ];
  if (font !== null) {
    rules.push(
      `html, body, :where(p, li, dd, dt, blockquote, div, section, article, aside, h1, h2, h3, h4, h5, h6, a, em, strong, b, i, span, td, th, cite, q, small, figcaption) { font-family: ${font} !important; }`,
    );
  }
  if (appearance.align !== 'book') {
    const align = appearance.align === 'justify' ? 'justify' : 'start';
    rules.push(`p, li, blockquote, dd { text-align: ${align} !important; }`);
  }
  const hyphens = appearance.hyphens ? 'auto' : 'manual';
  rules.push(
    `html { hyphens: ${hyphens}; } p, li, blockquote, dd { hyphens: ${hyphens} ${appearance.hyphens ? '' : '!important'}; }`,
  );
  if (appearance.spacing === 'wide') {
    rules.push(
      'html, body, p, li, dd, blockquote, div, span { letter-spacing: 0.06em !important; word-spacing: 0.18em !important; }',
      'p, li, dd, blockquote { line-height: max(1.8em, 1lh) !important; text-align: start !important; }',
      'p + p { margin-top: 0.8em !important; text-indent: 0 !important; }',
    );
  }
  if (appearance.theme !== 'light') {
    rules.push(
      `html { --theme-bg-color: ${colors.paper}; background: ${colors.paper} !important; color: ${colors.ink} !important; }`,
      'body, body *:not(svg, svg *, img, video, audio, ::highlight) { color: inherit !important; background-color: transparent !important; border-color: currentColor !important; }',
      `body a:any-link { color: ${colors.link} !important; }`,
    );
    if (isDark) rules.push('img { filter: brightness(0.86); }');
  }
  return [before, rules.join('\n') + markStyle(colors)];
}

/** How highlights and what is found or read aloud look, in every kind of page. */
export function markStyle(colors: PageColors): string {
  const marks = Object.entries(colors.highlights).flatMap(([name, color]) => [
    `::highlight(mark-${name}-solid) { background-color: ${color}; color: ${colors.ink}; }`,
    `::highlight(mark-${name}-outline) { background-color: ${color}; color: ${colors.ink}; }`,
    `::highlight(mark-${name}-underline) { text-decoration: underline 0.16em ${color}; }`,
    `::highlight(mark-${name}-strikethrough) { text-decoration: line-through 0.12em ${color}; }`,
  ]);
  const glow = colors.isDark ? '#7a5a12' : '#ffd873';
  return `
${marks.join('\n')}
::highlight(found) { background-color: ${glow}; color: ${colors.ink}; }
::highlight(spoken) { background-color: ${glow}; color: ${colors.ink}; }
`;
}

function lightness(color: string): number {
  const value = Number.parseInt(color.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 0xff, value & 0xff];
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
