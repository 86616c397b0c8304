import type { Inline, Note, TextRun } from './manuscript.ts';

/** A piece of a written line: a character of text, a marker that opens or closes a mark, or anything ready-made. */
type Token =
  | { kind: 'char'; char: string; encoded: boolean }
  | { kind: 'open' | 'close'; marker: string }
  | { kind: 'raw'; text: string };

const WRAPS = [
  'link',
  'language',
  'smallCaps',
  'underline',
  'strike',
  'script',
  'strong',
  'emphasis',
] as const;
type Wrap = (typeof WRAPS)[number];

export type LineOptions = {
  /** The line stands in a table, where a bar would end its cell. */
  isCell?: boolean;
};

/**
 * One line of runs as Markdown. Strong is `**`, emphasis `_`; where a letter beside a marker would keep it from counting
 * as one (CommonMark, left- and right-flanking delimiter runs) the letter is written as a character reference.
 * Marks that CommonMark has no sign for are tags that other readers of Markdown know (`<u>`, `<sup>`, `<span lang="fr">`).
 * `numberOf` is told each note in reading order and gives the number it goes by.
 */
export function lineToMarkdown(
  inlines: readonly Inline[],
  numberOf: (note: Note) => number,
  { isCell = false }: LineOptions = {},
): string {
  const tokens: Token[] = [];
  write(inlines, 0, tokens, numberOf);
  encodeBesideMarkers(tokens);
  return tokens
    .map((token, index) => {
      if (isCell && token.kind === 'char' && token.char === '|') return '\\|';
      return tokenText(token, tokens[index + 1], tokens[index - 1]);
    })
    .join('');
}

function write(
  inlines: readonly Inline[],
  level: number,
  tokens: Token[],
  numberOf: (note: Note) => number,
): void {
  const wrap = WRAPS[level];
  if (wrap === undefined) {
    for (const inline of inlines) writeLeaf(inline, tokens, numberOf);
    return;
  }
  for (const { value, group } of groupsBy(inlines, wrap)) {
    if (value === undefined) write(group, level + 1, tokens, numberOf);
    else if (wrap === 'link') {
      tokens.push({ kind: 'raw', text: '[' });
      write(group, level + 1, tokens, numberOf);
      const address = String(value).replace(/[\\&()*_~]/g, '\\$&');
      tokens.push({ kind: 'raw', text: `](${address})` });
    } else if (wrap === 'strong' || wrap === 'emphasis') {
      const marker = wrap === 'strong' ? '**' : '_';
      tokens.push({ kind: 'open', marker });
      write(group, level + 1, tokens, numberOf);
      tokens.push({ kind: 'close', marker });
    } else {
      const [opening, closing] = tagsOf(wrap, String(value));
      tokens.push({ kind: 'raw', text: opening });
      write(group, level + 1, tokens, numberOf);
      tokens.push({ kind: 'raw', text: closing });
    }
  }
}

function tagsOf(
  wrap: Exclude<Wrap, 'link' | 'strong' | 'emphasis'>,
  value: string,
): [string, string] {
  switch (wrap) {
    case 'language':
      return [`<span lang="${value}">`, '</span>'];
    case 'smallCaps':
      return ['<span class="smallcaps">', '</span>'];
    case 'underline':
      return ['<u>', '</u>'];
    case 'strike':
      return ['~~', '~~'];
    case 'script':
      return value === 'super' ? ['<sup>', '</sup>'] : ['<sub>', '</sub>'];
  }
}

function writeLeaf(inline: Inline, tokens: Token[], numberOf: (note: Note) => number): void {
  if (inline.kind === 'note') tokens.push({ kind: 'raw', text: `[^${numberOf(inline)}]` });
  else if (inline.code) tokens.push({ kind: 'raw', text: codeSpan(inline.text) });
  else for (const char of inline.text) tokens.push({ kind: 'char', char, encoded: false });
}

function groupsBy(
  inlines: readonly Inline[],
  wrap: Wrap,
): { value: TextRun[Wrap]; group: Inline[] }[] {
  const groups: { value: TextRun[Wrap]; group: Inline[] }[] = [];
  for (const inline of inlines) {
    const value = inline.kind === 'text' ? inline[wrap] : undefined;
    const last = groups.at(-1);
    if (last && last.value === value) last.group.push(inline);
    else groups.push({ value, group: [inline] });
  }
  return groups;
}

function codeSpan(text: string): string {
  const runs = new Set([...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  let ticks = 1;
  while (runs.has(ticks)) ticks += 1;
  const fence = '`'.repeat(ticks);
  const needsSpace = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== '');
  return needsSpace ? `${fence} ${text} ${fence}` : fence + text + fence;
}

/** Encoding turns a letter into punctuation for its other neighbour too, so it is repeated until nothing changes. */
function encodeBesideMarkers(tokens: readonly Token[]): void {
  let hasChanged = true;
  while (hasChanged) {
    hasChanged = false;
    for (const [index, token] of tokens.entries()) {
      if (token.kind !== 'open' && token.kind !== 'close') continue;
      const outside = tokens[token.kind === 'open' ? index - 1 : index + 1];
      const inside = tokens[token.kind === 'open' ? index + 1 : index - 1];
      if (outside?.kind !== 'char' || outside.encoded) continue;
      // Readers disagree on whether an emoji is punctuation, so both answers must work.
      const isLetter = charClass(outside) === 'letter' || outside.char.length > 1;
      if (!isLetter) continue;
      if (token.marker === '_' || charClass(inside) === 'punctuation') {
        outside.encoded = true;
        hasChanged = true;
      }
    }
  }
}

function charClass(token: Token | undefined): 'letter' | 'space' | 'punctuation' {
  if (token === undefined) return 'space';
  if (token.kind !== 'char' || token.encoded || /[\p{P}\p{S}]/u.test(token.char)) {
    return 'punctuation';
  }
  return /\s/u.test(token.char) ? 'space' : 'letter';
}

function tokenText(token: Token, next: Token | undefined, previous: Token | undefined): string {
  if (token.kind === 'raw') return token.text;
  if (token.kind !== 'char') return token.marker;
  if (token.encoded) return `&#${token.char.codePointAt(0)};`;
  if (/[\\`*_[\]<]/.test(token.char)) return `\\${token.char}`;
  // Behind a footnote call these would make it a definition or a link.
  if (/[:(]/.test(token.char) && previous?.kind === 'raw') return `\\${token.char}`;
  // Only where it could start a character reference, so that “Smith & Sons” stays readable.
  const startsReference =
    next === undefined || next.kind !== 'char' || /[#A-Za-z0-9]/.test(next.char);
  if (token.char === '&' && startsReference) return '\\&';
  // Two tildes strike out, and one beside such a pair would be taken for part of it.
  if (token.char === '~' && (previous?.kind === 'raw' || next?.kind === 'raw')) return '&#126;';
  if (token.char === '~' && (isTilde(previous) || isTilde(next))) return '\\~';
  // An exclamation mark before a link would make it a picture.
  if (token.char === '!' && next?.kind === 'raw') return '\\!';
  return token.char;
}

function isTilde(token: Token | undefined): boolean {
  return token?.kind === 'char' && token.char === '~';
}
