/** A place where searched words stand in a text, and the line to show of it. */
export type TextHit = {
  start: number;
  end: number;
  before: string;
  found: string;
  after: string;
};

/** A text made ready for searching: without case and accents, white space one space, with the way back. */
export type SearchableText = { original: string; folded: string; offsets: Uint32Array };

const AROUND = 44;

/** Prepares a text once, so that looking through it many times is quick. */
export function searchable(original: string): SearchableText {
  const parts: string[] = [];
  const offsets = new Uint32Array(original.length * 3 + 1);
  let length = 0;
  let wasSpace = false;
  for (let index = 0; index < original.length; index++) {
    const code = original.charCodeAt(index);
    const isSpace = code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
    if (isSpace && wasSpace) continue;
    wasSpace = isSpace;
    const folded = isSpace ? ' ' : foldCharacter(original.charAt(index), code);
    for (let unit = 0; unit < folded.length; unit++) offsets[length++] = index;
    parts.push(folded);
  }
  offsets[length] = original.length;
  return { original, folded: parts.join(''), offsets: offsets.slice(0, length + 1) };
}

/** Where words stand in a text, regardless of case and accents; at most `most` places. */
export function searchText(text: SearchableText, words: string, most: number): TextHit[] {
  const needle = searchable(words.trim()).folded;
  const hits: TextHit[] = [];
  if (needle === '') return hits;
  const { original, folded, offsets } = text;
  for (
    let at = folded.indexOf(needle);
    at >= 0 && hits.length < most;
    at = folded.indexOf(needle, at + needle.length)
  ) {
    const start = offsets[at] ?? 0;
    const end = (offsets[at + needle.length - 1] ?? start) + 1;
    hits.push({
      start,
      end,
      before: oneLine(original.slice(Math.max(0, start - AROUND), start)),
      found: oneLine(original.slice(start, end)),
      after: oneLine(original.slice(end, end + AROUND)),
    });
  }
  return hits;
}

function foldCharacter(character: string, code: number): string {
  if (code < 128) return code >= 65 && code <= 90 ? character.toLowerCase() : character;
  if (code === 0x2019 || code === 0x2018) return "'";
  if (code === 0x201c || code === 0x201d) return '"';
  // Soft hyphens and marks that stand alone are not heard.
  if (code === 0xad || (code >= 0x300 && code <= 0x36f)) return '';
  const plain = character
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return plain.length > 3 ? character : plain;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
