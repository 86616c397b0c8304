import { fromMarkdown, type Options } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';

type SyntaxExtension = ReturnType<typeof gfmFootnote>;
type Constructs = NonNullable<SyntaxExtension['flow']>[string];
type Construct = Exclude<NonNullable<Constructs>, readonly unknown[]>;
type Code = number | null;

const COLON = 58;
const TILDE = 126;
const BAR = 124;

/** A line that opens or closes a fenced division, as Pandoc has them: `::: letter`, `::: {.table header=1}`, `:::`. */
const DIVISION = /^:{3,}[ \t]*(?:(\{[^{}\n]*\}|[A-Za-z][\w-]*)[ \t]*:*)?[ \t]*$/;

/** Micromark knows line ends by negative codes (-5, -4, -3); null is the end of the text. */
function isLineEnd(code: Code): boolean {
  return code === null || code < -2;
}

const division: Construct = {
  name: 'division',
  tokenize(effects, ok, nok) {
    let line = '';
    const inside = (code: Code) => {
      if (isLineEnd(code)) {
        if (!DIVISION.test(line)) return nok(code);
        effects.exit('htmlFlowData');
        effects.exit('htmlFlow');
        return ok(code);
      }
      // Tabs are a negative code followed by virtual spaces.
      line += code === null || code < 0 ? ' ' : String.fromCodePoint(code);
      effects.consume(code);
      return inside;
    };
    return (code: Code) => {
      effects.enter('htmlFlow');
      effects.enter('htmlFlowData');
      return inside(code);
    };
  },
};

/** Two tildes, which strike out what stands between two such pairs. */
const strike: Construct = {
  name: 'strike',
  previous(code) {
    return code !== TILDE;
  },
  tokenize(effects, ok, nok) {
    const after = (code: Code) => (code === TILDE ? nok(code) : ok(code));
    const second = (code: Code) => {
      if (code !== TILDE) return nok(code);
      effects.consume(code);
      effects.exit('htmlTextData');
      effects.exit('htmlText');
      return after;
    };
    return (code: Code) => {
      effects.enter('htmlText');
      effects.enter('htmlTextData');
      effects.consume(code);
      return second;
    };
  },
};

/** A bar, which parts the cells of a table. */
const bar: Construct = {
  name: 'bar',
  tokenize(effects, ok) {
    return (code: Code) => {
      effects.enter('htmlText');
      effects.enter('htmlTextData');
      effects.consume(code);
      effects.exit('htmlTextData');
      effects.exit('htmlText');
      return ok;
    };
  },
};

/** They are read as raw text, which becomes `html` nodes that no HTML can look like. */
const SYNTAX: SyntaxExtension = {
  flow: { [COLON]: division },
  text: { [TILDE]: strike, [BAR]: bar },
};

/**
 * The tree of Markdown: CommonMark 0.31 with footnotes, and with lines of fenced divisions (`:::`), pairs of tildes and bars
 * as `html` nodes that hold just these signs.
 */
export function markdownTree(source: string): ReturnType<typeof fromMarkdown> {
  const options: Options = {
    extensions: [gfmFootnote(), SYNTAX],
    mdastExtensions: [gfmFootnoteFromMarkdown()],
  };
  return fromMarkdown(source, options);
}

export type MarkdownRoot = ReturnType<typeof markdownTree>;
export type MarkdownNode = MarkdownRoot['children'][number];

export type DivisionLine = { name: string; attributes: ReadonlyMap<string, string> } | 'close';

/** What a line of a fenced division says, or null for other raw text. */
export function readDivisionLine(value: string): DivisionLine | null {
  const match = DIVISION.exec(value.trim());
  if (match === null) return null;
  const [, said] = match;
  if (said === undefined) return 'close';
  if (!said.startsWith('{')) return { name: said.toLowerCase(), attributes: new Map() };
  const attributes = new Map<string, string>();
  let name = '';
  for (const [, dotted, key, quoted, bare] of said
    .slice(1, -1)
    .matchAll(/\.([\w-]+)|([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)) {
    if (dotted !== undefined) name ||= dotted.toLowerCase();
    else if (key !== undefined) attributes.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return { name, attributes };
}

/** The mark that a tag in a line switches on or off. */
export type InlineTag = { name: string; isClosing: boolean; marks: TagMarks };
export type TagMarks = {
  emphasis?: true;
  strong?: true;
  code?: true;
  underline?: true;
  strike?: true;
  smallCaps?: true;
  script?: 'super' | 'sub';
  language?: string;
};

const TAGS: Readonly<Record<string, TagMarks>> = {
  u: { underline: true },
  ins: { underline: true },
  s: { strike: true },
  del: { strike: true },
  strike: { strike: true },
  sup: { script: 'super' },
  sub: { script: 'sub' },
  i: { emphasis: true },
  em: { emphasis: true },
  b: { strong: true },
  strong: { strong: true },
  kbd: { code: true },
};
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** The tag that an inline `html` node is, when it is one that stands for a mark; `~~` counts as one. */
export function readInlineTag(value: string): InlineTag | null {
  if (value === '~~') return { name: '~~', isClosing: false, marks: { strike: true } };
  const match = /^<(\/?)([a-z]+)((?:\s[^<>]*)?)>$/i.exec(value);
  if (match === null) return null;
  const [, slash, tag = '', rest = ''] = match;
  const name = tag.toLowerCase();
  const isClosing = slash === '/';
  if (name === 'span') {
    if (isClosing) return { name, isClosing, marks: {} };
    const language = /\blang=["']?([\w-]+)/i.exec(rest)?.[1];
    const isSmall = /\bclass=["'][^"']*\bsmall-?caps\b/i.test(rest);
    if (isSmall) return { name, isClosing, marks: { smallCaps: true } };
    return language !== undefined && LANGUAGE_TAG.test(language)
      ? { name, isClosing, marks: { language } }
      : { name, isClosing, marks: {} };
  }
  const marks = Object.hasOwn(TAGS, name) ? TAGS[name] : undefined;
  return marks === undefined ? null : { name, isClosing, marks };
}

/**
 * For each of the nodes of a line its partner: the tag that closes what this one opens, and the other way round. Tags
 * without a partner among the nodes have none.
 */
export function pairTags(nodes: readonly { type: string; value?: string }[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: { name: string; at: number }[] = [];
  for (const [at, node] of nodes.entries()) {
    const tag = node.type === 'html' ? readInlineTag(node.value ?? '') : null;
    if (tag === null) continue;
    const known = open.findLastIndex(({ name }) => name === tag.name);
    const closes = tag.isClosing || (tag.name === '~~' && known >= 0);
    if (!closes) open.push({ name: tag.name, at });
    else if (known >= 0) {
      const opener = open[known];
      if (opener) {
        pairs.set(opener.at, at);
        pairs.set(at, opener.at);
      }
      open.splice(known);
    }
  }
  return pairs;
}
