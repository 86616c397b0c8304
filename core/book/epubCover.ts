import { writingDirection } from './bookWords.ts';
import type { BookMetadata } from './manuscript.ts';
import { xmlText } from './xml.ts';

const WIDTH = 1_600;
const HEIGHT = 2_560;
const INK = '#1d2a35';
const PAPER = '#f3ece0';
const LAMP = '#d9913f';
/** Average advance of a serif letter in em; wide scripts take a full em. */
const LETTER_EM = 0.52;
/** Signs at the ends of a line stay there, also in a program that draws SVG and does not know `direction`. */
const RIGHT_TO_LEFT_MARK = '\u200F';

/**
 * A typographic cover as SVG, 1600 × 2560: title and author in ink on paper, under a lamp whose light falls in rings. Text
 * is text, so it can be read aloud and searched.
 */
export function coverSvg(metadata: BookMetadata): string {
  const hasSubtitle = metadata.subtitle !== undefined;
  const title = fitText(metadata.title, {
    maxWidth: 1_280,
    maxLines: 5,
    maxHeight: hasSubtitle ? 560 : 800,
    largest: 196,
    least: 70,
  });
  const author = fitText(metadata.authors.join(', '), {
    maxWidth: 1_280,
    maxLines: 3,
    maxHeight: 260,
    largest: 84,
    least: 44,
  });
  const subtitle = fitText(metadata.subtitle ?? '', {
    maxWidth: 1_200,
    maxLines: 3,
    maxHeight: 220,
    largest: 76,
    least: 40,
  });
  const titleTop = 1_270;
  const subtitleTop = titleTop + title.lines.length * title.size * 1.12 + subtitle.size * 0.9;
  const authorTop = HEIGHT - 250 - author.lines.length * author.size * 1.3;
  const rings = [150, 250, 370, 510, 670].map(
    (radius, index) =>
      `<circle cx="800" cy="640" r="${radius}" fill="none" stroke="${LAMP}" stroke-width="${7 - index}" opacity="${(0.85 - index * 0.15).toFixed(2)}"/>`,
  );
  const isFromRight = writingDirection(metadata.language) === 'rtl';
  const direction = isFromRight ? ' direction="rtl"' : '';
  const mark = isFromRight ? RIGHT_TO_LEFT_MARK : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" xml:lang="${metadata.language}">
<title>${xmlText(coverDescription(metadata))}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="${INK}"/>
${rings.join('\n')}
<circle cx="800" cy="640" r="64" fill="${LAMP}"/>
<rect x="0" y="1090" width="${WIDTH}" height="${HEIGHT - 1_090}" fill="${PAPER}"/>
<rect x="0" y="1090" width="${WIDTH}" height="14" fill="${LAMP}"/>
<g font-family="Literata, Georgia, 'Times New Roman', serif" text-anchor="middle" fill="${INK}"${direction}>
${textLines(title, { top: titleTop, lineHeight: 1.12, mark })}
<g font-style="italic">${textLines(subtitle, { top: subtitleTop, lineHeight: 1.25, mark })}</g>
${textLines(author, { top: authorTop, lineHeight: 1.3, mark })}
</g>
</svg>
`;
}

/** What a cover shows, in words: title and authors. */
export function coverDescription(metadata: BookMetadata): string {
  return [metadata.title, metadata.authors.join(', ')].filter((part) => part !== '').join(' — ');
}

type FitText = { lines: string[]; size: number };
type FitLimits = {
  maxWidth: number;
  maxLines: number;
  /** Of all lines together, without what lies between them. */
  maxHeight: number;
  largest: number;
  least: number;
};

/** The largest size at which a text fits into its lines; below `least` it runs on rather than shrink away. */
function fitText(text: string, limits: FitLimits): FitText {
  let size = limits.largest;
  let lines = wrap(text, limits.maxWidth / size);
  const fits = () =>
    lines.length <= limits.maxLines &&
    lines.length * size <= limits.maxHeight &&
    lines.every((line) => widthEm(line) * size <= limits.maxWidth);
  while (!fits() && size > limits.least) {
    size -= 4;
    lines = wrap(text, limits.maxWidth / size);
  }
  return { lines: balance(text, lines.length, limits.maxWidth / size), size };
}

/** The narrowest setting of a text in the same number of lines, so that no word is left alone on the last. */
function balance(text: string, lineCount: number, maxEm: number): string[] {
  let lines = wrap(text, maxEm);
  for (let width = maxEm; width > 0; width -= 0.25) {
    const narrower = wrap(text, width);
    if (narrower.length > lineCount) break;
    lines = narrower;
  }
  return lines;
}

function wrap(text: string, maxEm: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthEm(joined) <= maxEm) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

function widthEm(text: string): number {
  return [...text].reduce(
    (sum, char) => sum + (/[\u2E80-\u{3FFFF}]/u.test(char) ? 1 : LETTER_EM),
    0,
  );
}

function textLines(
  text: FitText,
  { top, lineHeight, mark }: { top: number; lineHeight: number; mark: string },
): string {
  return text.lines
    .map(
      (line, index) =>
        `<text x="800" y="${Math.round(top + text.size * (1 + index * lineHeight))}" font-size="${text.size}">${mark}${xmlText(line)}${mark}</text>`,
    )
    .join('\n');
}
