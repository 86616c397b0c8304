/** Which characters a font has a glyph for, by code point. */
export type Coverage = (codePoint: number) => boolean;

type Range = { first: number; last: number };

/**
 * Reads the character map of a TrueType or OpenType font (ISO/IEC 14496-22, `cmap`, formats 4 and 12). A font without one
 * covers nothing.
 */
export function fontCoverage(font: Uint8Array): Coverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 'cmap');
  if (cmap === null) return () => false;
  const ranges = subtables(view, cmap).flatMap((at) => {
    const format = view.getUint16(at);
    if (format === 4) return segments(view, at);
    return format === 12 ? groups(view, at) : [];
  });
  ranges.sort((a, b) => a.first - b.first);
  return (codePoint) => ranges.some(({ first, last }) => codePoint >= first && codePoint <= last);
}

function tableAt(view: DataView, tag: string): number | null {
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const at = 12 + index * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(at + byte)));
    if (name === tag) return view.getUint32(at + 8);
  }
  return null;
}

function subtables(view: DataView, cmap: number): number[] {
  const count = view.getUint16(cmap + 2);
  return Array.from({ length: count }, (_, index) => cmap + view.getUint32(cmap + 8 + index * 8));
}

/** Format 4: segments of the Basic Multilingual Plane. A range that leads to glyph 0 is no glyph. */
function segments(view: DataView, at: number): Range[] {
  const count = view.getUint16(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + count * 2 + 2;
  const deltas = starts + count * 2;
  const offsets = deltas + count * 2;
  const ranges: Range[] = [];
  for (let index = 0; index < count; index += 1) {
    const last = view.getUint16(ends + index * 2);
    const first = view.getUint16(starts + index * 2);
    const delta = view.getUint16(deltas + index * 2);
    const offset = view.getUint16(offsets + index * 2);
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const place = offsets + index * 2 + offset + (code - first) * 2;
      const direct = offset === 0 ? code : view.getUint16(place);
      const glyph = direct === 0 ? 0 : (direct + delta) & 0xffff;
      const open = ranges.at(-1);
      if (glyph === 0) continue;
      if (open !== undefined && open.last === code - 1) open.last = code;
      else ranges.push({ first: code, last: code });
    }
  }
  return ranges;
}

/** Format 12: groups of all planes. */
function groups(view: DataView, at: number): Range[] {
  const count = view.getUint32(at + 12);
  return Array.from({ length: count }, (_, index) => ({
    first: view.getUint32(at + 16 + index * 12),
    last: view.getUint32(at + 20 + index * 12),
  }));
}
