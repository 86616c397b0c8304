import type { Ornament } from './design.ts';

const GLYPH = (font: string, size: number, char: string) =>
  `text(font: "${font}", size: ${size}em, "${char}")`;

/** Curves drawn in a box of the size given; coordinates are em. */
const DRAWN = {
  diamonds: `box(height: 0.5em, stack(dir: ltr, spacing: 0.7em, ..range(3).map(n => {
    let h = if n == 1 { 0.5em } else { 0.34em }
    box(height: 0.5em, align(horizon, std.polygon(fill: text.fill, (0.5 * h, 0pt), (h, 0.5 * h), (0.5 * h, h), (0pt, 0.5 * h))))
  })))`,
  star: `stack(dir: ltr, spacing: 0.9em, ..range(3).map(n => {
    let r = if n == 1 { 0.42em } else { 0.28em }
    let points = range(10).map(k => {
      let radius = if calc.even(k) { r } else { 0.42 * r }
      (r + radius * calc.sin(k * 36deg), r - radius * calc.cos(k * 36deg))
    })
    box(height: 0.84em, align(horizon, std.polygon(fill: text.fill, ..points)))
  }))`,
  wave: `std.curve(stroke: 0.6pt + text.fill, curve.move((0em, 0.3em)), ..range(6).map(n => curve.cubic((0.25em + n * 0.75em, 0em), (0.5em + n * 0.75em, 0.6em), (0.75em + n * 0.75em, 0.3em))))`,
  swash: `box(width: 6.4em, height: 1em, {
    let half(d) = place(top + left, std.curve(stroke: (paint: text.fill, thickness: 0.55pt, cap: "round"),
      curve.move((3.2em, 0.5em)),
      curve.cubic((3.2em + d * 0.5em, -0.1em), (3.2em + d * 1.25em, -0.05em), (3.2em + d * 1.3em, 0.42em)),
      curve.cubic((3.2em + d * 1.33em, 0.82em), (3.2em + d * 0.8em, 0.86em), (3.2em + d * 0.82em, 0.52em)),
      curve.cubic((3.2em + d * 0.9em, 0.06em), (3.2em + d * 2.1em, 1.02em), (3.2em + d * 3.1em, 0.44em)),
    ))
    half(1); half(-1)
    place(top + left, dx: 3.06em, dy: 0.36em, std.polygon(fill: text.fill, (0.14em, 0em), (0.28em, 0.14em), (0.14em, 0.28em), (0em, 0.14em)))
  })`,
} as const;

/** An ornament as a Typst expression; `asterisks` and the like are letters, so that they are as sharp as the text. */
export function ornamentSource(ornament: Ornament): string {
  switch (ornament) {
    case 'asterisks':
      return 'text(size: 1.05em, baseline: 0.16em)[\\*#h(1.1em)\\*#h(1.1em)\\*]';
    case 'asterism':
      return GLYPH('Literata', 1.25, '\u2042');
    case 'fleuron':
      return GLYPH('EB Garamond', 1.35, '\u2766');
    case 'leaf':
      return `text(dir: ltr)[#${GLYPH('EB Garamond', 1.25, '\u2767')}#h(0.5em)#${GLYPH('EB Garamond', 1.25, '\u2619')}]`;
    case 'dots':
      return 'text(size: 0.9em)[•#h(0.9em)•#h(0.9em)•]';
    case 'rule':
      return 'std.line(length: 2.6em, stroke: 0.7pt + text.fill)';
    case 'blank':
      return '[]';
    case 'diamonds':
    case 'star':
    case 'wave':
    case 'swash':
      return DRAWN[ornament];
  }
}
