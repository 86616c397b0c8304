import { readFrontMatter } from '../frontMatter.ts';
import {
  type MarkdownNode,
  type MarkdownRoot,
  markdownTree,
  pairTags,
  readInlineTag,
} from '../markdownSyntax.ts';
import { BookStyles } from './bookStyles.ts';
import { readHtml } from './htmlTree.ts';
import type { Marks } from './marksOfElement.ts';
import type { MeterLine, MeterRun } from './meterLine.ts';
import { bitsOf, pageLines } from './pageLines.ts';

/** All text that Markdown shows, paragraph by paragraph, footnotes where they are written; signs of tables are none. */
export function* markdownLines(text: string, where: string): Generator<MeterLine> {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  yield* linesIn(markdownTree(readFrontMatter(clean).body), where);
}

function* linesIn(node: MarkdownRoot | MarkdownNode, where: string): Generator<MeterLine> {
  if (node.type === 'code')
    yield { where, runs: [{ text: node.value, marks: bitsOf({ code: true }) }] };
  else if (node.type === 'html') {
    if (node.value.startsWith('<'))
      yield* pageLines(readHtml(node.value), new BookStyles(), 'en', where);
  } else if (node.type === 'paragraph' || node.type === 'heading') {
    const runs: MeterRun[] = [];
    collect(node.children, {}, runs);
    yield* splitLines(runs, where);
  } else if ('children' in node) for (const child of node.children) yield* linesIn(child, where);
}

function collect(nodes: readonly MarkdownNode[], outer: Marks, runs: MeterRun[]): void {
  const pairs = pairTags(nodes.map((node) => ('value' in node ? node : { type: node.type })));
  const open: Marks[] = [];
  let marks = outer;
  for (const [at, node] of nodes.entries()) {
    const partner = pairs.get(at);
    if (node.type === 'html' && partner !== undefined) {
      if (partner > at) {
        open.push(marks);
        marks = { ...marks, ...readInlineTag(node.value)?.marks };
      } else marks = open.pop() ?? outer;
    } else if (node.type === 'text') runs.push({ text: node.value, marks: bitsOf(marks) });
    else if (node.type === 'inlineCode') {
      runs.push({ text: node.value, marks: bitsOf({ ...marks, code: true }) });
    } else if (node.type === 'break') runs.push({ text: '\u2028', marks: 0 });
    else if (node.type === 'html') runs.push({ text: node.value === '|' ? ' ' : '', marks: 0 });
    else if ('children' in node) collect(node.children, withNode(node, marks), runs);
  }
}

function withNode(node: MarkdownNode, marks: Marks): Marks {
  if (node.type === 'emphasis') return { ...marks, emphasis: true };
  if (node.type === 'strong') return { ...marks, strong: true };
  const isLink = node.type === 'link' && /^(?:https?:|mailto:)/i.test(node.url);
  return isLink ? { ...marks, link: node.url } : marks;
}

/** Lines as the author broke them, which is where a mark begins anew in a stanza. */
function* splitLines(runs: readonly MeterRun[], where: string): Generator<MeterLine> {
  let line: MeterRun[] = [];
  for (const run of runs) {
    if (run.text === '\u2028') {
      yield { where, runs: line };
      line = [];
    } else line.push(run);
  }
  yield { where, runs: line };
}
