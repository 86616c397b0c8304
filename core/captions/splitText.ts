const SENTENCE_END = /[.!?…。！？]["”’»)\]]*\s+/g;

/**
 * Cuts text into pieces of at most `limit` UTF-16 units, none of them empty: after the last sentence that fits unless
 * that would leave less than a third, else after the last word, else inside a word (never inside a character). Only
 * white space is lost, at the cuts.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const cut = cutOf(rest.slice(0, limit + 1), limit);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function cutOf(window: string, limit: number): number {
  let cut = 0;
  for (const match of window.matchAll(SENTENCE_END)) cut = match.index + match[0].length;
  if (cut >= limit / 3) return Math.min(cut, limit);
  const space = window.search(/\s\S*$/);
  if (space > 0) return space;
  const isInsideCharacter = /[\uDC00-\uDFFF]/.test(window.charAt(limit));
  return isInsideCharacter ? limit - 1 : limit;
}
