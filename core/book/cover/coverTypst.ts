import { coverDescription } from '../epubCover.ts';
import type { BookMetadata } from '../manuscript.ts';
import { fontArguments } from '../print/fonts.ts';
import { leadStyle, type Letters, lettersOf } from '../print/letters.ts';
import { typstLanguage } from '../print/typstLanguage.ts';
import { printText, typstString } from '../print/typstText.ts';
import type { LineStyle } from '../print/themes.ts';
import { coverArt } from './coverArt.ts';
import { type CoverDesign, PALETTES } from './coverDesign.ts';
import { type CoverText, type CoverTemplate, TEMPLATES } from './coverTemplates.ts';
import { type CoverWrap, SAFE_IN, SPINE_CLEARANCE_IN } from './wrap.ts';

export type CoverInput = {
  metadata: BookMetadata;
  cover: CoverDesign;
  /** Path of the picture as the compiler knows it. */
  picture?: string;
};

type Colors = { paper: string; ink: string; accent: string };
type Area = { x: number; y: number; width: number; height: number };

/** The front alone, as high and wide as asked, inches; Typst 0.14. */
export function frontSource(
  input: CoverInput,
  size: { widthIn: number; heightIn: number },
): string {
  const area = { x: 0, y: 0, width: size.widthIn, height: size.heightIn };
  return `${head(input, size)}
${front(input, area, area)}`;
}

/** The front at the proportions shops ask of an e-book’s cover, 1 : 1.6. */
export const EBOOK_COVER_IN = { widthIn: 5, heightIn: 8 } as const;

export type WrapInput = CoverInput & {
  wrap: CoverWrap;
  /** Path of the bars of the ISBN as a drawing. */
  barcode?: { path: string; isbn: string };
};

/** Back, spine and front on one sheet with bleed. */
export function wrapSource(input: WrapInput): string {
  const { wrap, metadata } = input;
  const letters = coverLetters(input);
  const isFromRight = letters.direction === 'rtl';
  const template = TEMPLATES[input.cover.template];
  const colors = colorsOf(input.cover);
  const ground = template.isDarkBack ? colors.ink : colors.paper;
  const words = template.isDarkBack ? colors.paper : colors.ink;
  const bleed = wrap.bleedIn;
  const frontWithBleed = {
    x: isFromRight ? 0 : wrap.front.x,
    y: 0,
    width: wrap.front.width + bleed,
    height: wrap.heightIn,
  };
  const back = wrap.back;
  const backText = (input.cover.backText ?? metadata.description ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `par(${typstString(printText(line))})`)
    .join('\n');
  const backHigh = back.height - 2 * SAFE_IN - 0.35 - wrap.barcode.height - 0.3;
  const backArea = {
    x: back.x + SAFE_IN + 0.3,
    y: back.y + SAFE_IN + 0.35,
    width: back.width - 2 * SAFE_IN - 0.6,
    height: backHigh,
  };
  return `${head(input, wrap)}
#place(top + left, rect(width: 100%, height: 100%, fill: rgb("${ground}")))
${front(input, frontWithBleed, wrap.front)}
#place(top + left, dx: ${inch(wrap.spine.x)}, dy: 0in, rect(width: ${inch(wrap.spine.width)}, height: 100%, fill: rgb("${ground}")))
${wrap.hasSpineText ? spine(input, wrap, template, words) : ''}
${backText === '' ? '' : fitted(backArea, { letters, style: { font: bodyFont(template) }, align: 'left', stand: 'top', mostIn: 0.185, color: words, body: `{ set par(justify: false, leading: ${letters.lead === null ? 0.55 : 0.8}em, spacing: 0.95em)\n${backText} }`, isProse: true })}
${input.barcode === undefined ? '' : barcode(wrap, input.barcode)}`;
}

/** What the words of a cover are written with. */
export function coverLetters({ metadata, cover }: Omit<CoverInput, 'picture'>): Letters {
  return lettersOf(JSON.stringify([metadata, cover]), metadata.language);
}

function head(input: CoverInput, size: { widthIn: number; heightIn: number }): string {
  const { metadata } = input;
  const letters = coverLetters(input);
  // What hangs below the line counts as a part of it, so that it is not set over what stands there.
  const more = leadStyle(letters)?.displayLeadingEm ?? 0;
  const below = more * 0.75;
  return `#set document(title: ${typstString(metadata.title)}, author: (${metadata.authors.map((author) => `${typstString(author)},`).join(' ')}))
#set page(width: ${inch(size.widthIn)}, height: ${inch(size.heightIn)}, margin: 0pt)
#set text(${fontArguments('literata', letters)}, fallback: false, hyphenate: false, ${typstLanguage(metadata.language)},${letters.direction === 'rtl' ? ' dir: rtl,' : ''}${below === 0 ? '' : ` bottom-edge: ${(-below).toFixed(2)}em,`} number-type: "lining")
#set par(justify: false, leading: ${(0.24 + more - below).toFixed(2)}em, spacing: 0.6em)
// The largest size at which words stay within a width and a height, whatever their length or script.
#let fit(width, height, most, words, body) = {
  let fits(size) = {
    let high = measure(block(width: width, text(size: size, body))).height
    let wide = words.map(word => measure(text(size: size, word)).width).fold(0pt, calc.max)
    high <= height and wide <= width
  }
  let low = 1pt
  let high = most
  if fits(most) { low = most } else {
    for step in range(12) {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
  }
  text(size: low, body)
}`;
}

function colorsOf({ template, palette }: CoverDesign): Colors {
  return PALETTES[palette ?? TEMPLATES[template].palette];
}

function bodyFont(template: CoverTemplate): NonNullable<LineStyle['font']> {
  return template.title.style.font ?? 'literata';
}

/** The front: ground, art or picture, and words within the area that is not cut. */
function front(input: CoverInput, sheet: Area, safe: Area): string {
  const { cover, metadata } = input;
  const letters = coverLetters(input);
  const template = TEMPLATES[cover.template];
  const colors = colorsOf(cover);
  const parts = [
    `#place(top + left, dx: ${inch(sheet.x)}, dy: ${inch(sheet.y)}, rect(width: ${inch(sheet.width)}, height: ${inch(sheet.height)}, fill: rgb("${colors.paper}")))`,
  ];
  const art = coverArt({
    template: cover.template,
    seed: cover.seed ?? 1,
    aspect: sheet.height / sheet.width,
  });
  for (const shape of art) {
    const points = shape.points
      .map(([x, y]) => `(${inch(clamp(x) * sheet.width)}, ${inch(clamp(y) * sheet.height)})`)
      .join(', ');
    parts.push(
      `#place(top + left, dx: ${inch(sheet.x)}, dy: ${inch(sheet.y)}, polygon(fill: rgb("${mix(colors.paper, colors[shape.color], shape.strength)}"), ${points}))`,
    );
  }
  if (input.picture !== undefined) {
    const { picture } = template;
    const place = `top + left, dx: ${inch(sheet.x + picture.x * sheet.width)}, dy: ${inch(sheet.y + picture.y * sheet.height)}`;
    parts.push(
      `#place(${place}, image(${typstString(input.picture)}, width: ${inch(picture.width * sheet.width)}, height: ${inch(picture.height * sheet.height)}, fit: "cover", alt: ${typstString(coverDescription(metadata))}))`,
    );
    if (picture.height === 1) parts.push(veil(sheet, colors));
  }
  const line = (text: CoverText, words: string) =>
    words.trim() === ''
      ? ''
      : fitted(
          {
            x: safe.x + text.x * safe.width,
            y: safe.y + text.y * safe.height,
            width: text.width * safe.width,
            height: text.height * safe.height,
          },
          {
            letters,
            style: text.style,
            align: text.align,
            stand: text.stand,
            mostIn: text.most * safe.width,
            color: colors[text.color],
            body: typstString(printText(words)),
            words,
          },
        );
  parts.push(
    line(template.title, metadata.title),
    line(template.subtitle, metadata.subtitle ?? ''),
    line(template.author, metadata.authors.join(', ')),
  );
  return parts.join('\n');
}

/** Behind words that stand on a picture. */
function veil(sheet: Area, colors: Colors): string {
  return `#place(top + left, dx: ${inch(sheet.x)}, dy: ${inch(sheet.y + sheet.height * 0.28)}, rect(width: ${inch(sheet.width)}, height: ${inch(sheet.height * 0.44)}, fill: rgb("${colors.ink}")))`;
}

type Fitted = {
  letters: Letters;
  style: LineStyle;
  align: CoverText['align'];
  stand: CoverText['stand'];
  mostIn: number;
  color: string;
  body: string;
  words?: string;
  isProse?: boolean;
};

/** Sides turn with the direction of lines. */
const SIDES = { left: 'start', center: 'center', right: 'end' } as const;

function fitted(area: Area, about: Fitted): string {
  const { style } = about;
  const wrap = (body: string) =>
    style.letters === 'upper'
      ? `upper(${body})`
      : style.letters === 'small-caps'
        ? `smallcaps(${body})`
        : body;
  const options = [
    fontArguments(style.font ?? 'literata', about.letters),
    `fill: rgb("${about.color}")`,
    ...(style.weight === undefined ? [] : [`weight: ${style.weight}`]),
    ...(style.italic === undefined ? [] : ['style: "italic"']),
    ...(style.tracking === undefined || leadStyle(about.letters)?.isJoined === true
      ? []
      : [`tracking: ${style.tracking}em`]),
  ].join(', ');
  const words = (about.words ?? '').split(/\s+/u).filter((word) => word !== '');
  const list = words.map((word) => wrap(typstString(printText(word)))).join(', ');
  return `#place(top + left, dx: ${inch(area.x)}, dy: ${inch(area.y)}, block(width: ${inch(area.width)}, height: ${inch(area.height)}, {
  set align(${SIDES[about.align]} + ${about.stand})
  set text(${options})
  context fit(${inch(area.width)}, ${inch(area.height)}, ${inch(about.mostIn)}, (${list}${list === '' ? '' : ','}), ${about.isProse === true ? about.body : wrap(about.body)})
}))`;
}

function spine(input: WrapInput, wrap: CoverWrap, template: CoverTemplate, color: string): string {
  const { metadata } = input;
  const high = wrap.spine.width - 2 * SPINE_CLEARANCE_IN;
  const long = wrap.spine.height - 2 * SAFE_IN - 0.2;
  if (high < 0.03) return '';
  const { style } = template.title;
  const letters = coverLetters(input);
  const font = `${fontArguments(style.font ?? 'literata', letters)}, fill: rgb("${color}")${style.weight === undefined ? '' : `, weight: ${style.weight}`}${style.italic === undefined ? '' : ', style: "italic"'}`;
  // Letters stand upright when the book lies on its back.
  const turn = letters.direction === 'rtl' ? '-90deg' : '90deg';
  const title = typstString(printText(metadata.title));
  const author = typstString(printText(metadata.authors.join(', ')));
  const upper =
    style.letters === 'upper' ? 'upper' : style.letters === 'small-caps' ? 'smallcaps' : '';
  const box = (body: string, share: number, where: string) =>
    `block(width: ${inch(long * share)}, height: ${inch(high)}, { set align(${where} + horizon); set text(${font}, top-edge: "ascender", bottom-edge: "descender"); context fit(${inch(long * share)}, ${inch(high)}, ${inch(Math.min(0.3, high))}, (${upper}(${body}),), ${upper}(${body})) })`;
  const row = `grid(columns: (${inch(long * 0.62)}, ${inch(long * 0.38)}), ${box(title, 0.62, 'start')}, ${box(author, 0.38, 'end')})`;
  return `#place(top + left, dx: ${inch(wrap.spine.x + SPINE_CLEARANCE_IN)}, dy: ${inch(wrap.spine.y + SAFE_IN + 0.1)}, rotate(${turn}, reflow: true, ${row}))`;
}

/** Bars on white, whatever the cover’s colours. */
function barcode(
  { barcode: box }: CoverWrap,
  { path, isbn }: NonNullable<WrapInput['barcode']>,
): string {
  return `#place(top + left, dx: ${inch(box.x)}, dy: ${inch(box.y)}, block(width: ${inch(box.width)}, height: ${inch(box.height)}, fill: white, inset: 0.09in, align(center + horizon, image(${typstString(path)}, width: 100%, height: 100%, fit: "contain", alt: ${typstString(`ISBN ${isbn}`)}))))`;
}

function inch(value: number): string {
  return `${Number(value.toFixed(4))}in`;
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}

/** A colour so far from the ground towards another. */
function mix(ground: string, color: string, strength: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => {
    const [from, to] = [channel(ground, at), channel(color, at)];
    return Math.round(from + (to - from) * strength)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}
