import type { Result } from '../fault.ts';
import { NOTE_SIGN } from './textLines.ts';

/** What is looked for in a book. */
export type SearchQuery = {
  text: string;
  /** Whether `text` is a regular expression (ECMAScript, with the flag `u`). */
  isPattern: boolean;
  wholeWords: boolean;
  matchCase: boolean;
};

export type SearchHit = { line: number; from: number; to: number; replacement: string };

const WORD = '[\\p{L}\\p{M}\\p{N}_]';

/** The expression for a query, or why there is none: `book/bad-pattern`. */
export function searchPattern(query: SearchQuery): Result<RegExp> {
  const source = query.isPattern ? query.text : literal(query.text);
  const whole = query.wholeWords ? `(?<!${WORD})(?:${source})(?!${WORD})` : source;
  try {
    return { ok: true, value: new RegExp(whole, query.matchCase ? 'gu' : 'giu') };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
    return {
      ok: false,
      error: {
        code: 'book/bad-pattern',
        message: `This is not a regular expression: ${reason}. Mend it, or look for plain text.`,
      },
    };
  }
}

/** Plain text as an expression; straight quotation marks also find the ones that books have. */
function literal(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replaceAll("'", "['’‘‚]")
    .replaceAll('"', '["“”„«»]')
    .replaceAll(' ', '[ \u00a0\u202f]');
}

/** Every place in some lines that a pattern fits, at most `limit`, with what `replacement` comes to there. */
export function searchLines(
  lines: readonly string[],
  pattern: RegExp,
  replacement: { text: string; isPattern: boolean },
  limit: number,
): { hits: SearchHit[]; isComplete: boolean } {
  const hits: SearchHit[] = [];
  for (const [line, text] of lines.entries()) {
    for (const match of text.matchAll(pattern)) {
      const [found] = match;
      if (found === '' || found.includes(NOTE_SIGN)) continue;
      if (hits.length === limit) return { hits, isComplete: false };
      hits.push({
        line,
        from: match.index,
        to: match.index + found.length,
        replacement: replacement.isPattern ? expanded(replacement.text, match) : replacement.text,
      });
    }
  }
  return { hits, isComplete: true };
}

/** `$&`, `$1`, `$<name>` and `$$` as `String.replace` has them. */
function expanded(template: string, match: RegExpExecArray): string {
  return template.replace(
    /\$(?:\$|&|<([^>]*)>|(\d{1,2}))/g,
    (whole, name?: string, digits?: string) => {
      if (whole === '$$') return '$';
      if (whole === '$&') return match[0];
      if (name !== undefined) return match.groups?.[name] ?? '';
      return match[Number(digits)] ?? (Number(digits) < match.length ? '' : whole);
    },
  );
}
