export type SvgPages = { pageCount: number; page: (index: number) => string };

const INDENT = '    ';
/** Typst lays its pages below one another in one drawing, each opening with its sheet of paper. */
const SHEET = `\n${INDENT}<path class="typst-shape" fill="#ffffff"`;
const DEFINITIONS = `\n${INDENT}<defs`;

/**
 * Takes Typst's one tall SVG apart into pages of equal size. Each page is a complete SVG with only the glyphs it uses;
 * `page` counts from 0 and gives an empty string outside the book.
 */
export function svgPages(svg: string, size: { widthPt: number; heightPt: number }): SvgPages {
  const definitionsAt = svg.indexOf(DEFINITIONS);
  const end = svg.lastIndexOf('</svg>');
  const body = svg.slice(0, definitionsAt < 0 ? end : definitionsAt);
  const definitions = definitionsAt < 0 ? '' : svg.slice(definitionsAt, end);
  const pages = body
    .split(SHEET)
    .slice(1)
    .map((page) => SHEET + page);
  const symbols = new Map<string, string>();
  for (const match of definitions.matchAll(/<symbol id="([^"]+)"[\s\S]*?<\/symbol>/g)) {
    symbols.set(match[1] ?? '', match[0]);
  }
  const others = definitions.replace(/<defs id="glyph">[\s\S]*?<\/defs>/, '').trim();
  const page = (index: number): string => {
    const content = pages[index];
    if (content === undefined) return '';
    const used = new Set([...content.matchAll(/xlink:href="#([^"]+)"/g)].map(([, id = '']) => id));
    const glyphs = [...used].map((id) => symbols.get(id) ?? '').join('');
    const { widthPt, heightPt } = size;
    return `<svg viewBox="0 ${index * heightPt} ${widthPt} ${heightPt}" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${content}<defs>${glyphs}</defs>${others}</svg>`;
  };
  return { pageCount: pages.length, page };
}
